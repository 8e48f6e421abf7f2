/** A value of a directory user's property, as JSON has it. */
export type DirectoryValue =
  | string
  | number
  | boolean
  | null
  | readonly DirectoryValue[]
  | { readonly [key: string]: DirectoryValue };

/**
 * A user of the tenant: properties of the Graph v1.0 `user` resource. What is not there is null (or an empty
 * list) to Graph. A user is never changed in place: `EntraTenant.updateUser` puts a new one in its place.
 */
export interface DirectoryUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly mail: string | null;
  readonly mailNickname: string | null;
  readonly accountEnabled: boolean;
  readonly userType: string | null;
  readonly createdDateTime: string;
  readonly [property: string]: DirectoryValue;
}

/** Properties to give a user; `EntraTenant.addUser` fills in the rest. */
export interface UserProperties {
  readonly [property: string]: DirectoryValue;
}
