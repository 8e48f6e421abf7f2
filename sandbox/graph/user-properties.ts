/** What a property of a Graph user holds, in the terms of OData. */
export type PropertyType = 'String' | 'Boolean' | 'DateTimeOffset' | 'Int32' | 'Collection' | 'Complex';

/** How Graph v1.0 treats one property of the `user` resource. */
export interface UserProperty {
  readonly type: PropertyType;
  /** `never`: a `$filter` on it is refused; `advanced`: only with `ConsistencyLevel` and `$count`. */
  readonly filter: 'default' | 'advanced' | 'equality' | 'never';
}

function properties(type: PropertyType, filter: UserProperty['filter'], names: string): [string, UserProperty][] {
  return names.trim().split(/\s+/).map((name) => [name, { type, filter }]);
}

/**
 * Properties of `microsoft.graph.user` in v1.0, inherited ones included, navigation properties not.
 * Which may be filtered by what: https://learn.microsoft.com/graph/aad-advanced-queries
 */
export const USER_PROPERTIES: ReadonlyMap<string, UserProperty> = new Map([
  ...properties('String', 'equality', 'id'),
  ...properties(
    'String',
    'default',
    `ageGroup city consentProvidedForMinor country creationType department displayName employeeId externalUserState
    givenName jobTitle mail mailNickname onPremisesImmutableId onPremisesSecurityIdentifier passwordPolicies
    preferredDataLocation state surname usageLocation userPrincipalName userType`,
  ),
  ...properties(
    'String',
    'advanced',
    `companyName employeeType faxNumber mobilePhone officeLocation onPremisesDistinguishedName onPremisesDomainName
    onPremisesSamAccountName onPremisesUserPrincipalName postalCode preferredLanguage streetAddress`,
  ),
  ...properties('String', 'never', 'aboutMe legalAgeGroupClassification mySite preferredName securityIdentifier'),
  ...properties('Boolean', 'default', 'accountEnabled onPremisesSyncEnabled'),
  ...properties('Boolean', 'advanced', 'showInAddressList'),
  ...properties('Boolean', 'never', 'isManagementRestricted isResourceAccount'),
  ...properties('Int32', 'never', 'deviceEnrollmentLimit'),
  ...properties('DateTimeOffset', 'default', 'createdDateTime externalUserStateChangeDateTime onPremisesLastSyncDateTime'),
  ...properties('DateTimeOffset', 'advanced', 'employeeHireDate employeeLeaveDateTime'),
  ...properties(
    'DateTimeOffset',
    'never',
    'birthday deletedDateTime hireDate lastPasswordChangeDateTime signInSessionsValidFromDateTime',
  ),
  ...properties(
    'Collection',
    'never',
    `assignedLicenses assignedPlans businessPhones identities imAddresses interests licenseAssignmentStates
    onPremisesProvisioningErrors otherMails pastProjects provisionedPlans proxyAddresses responsibilities schools
    serviceProvisioningErrors skills`,
  ),
  ...properties(
    'Complex',
    'never',
    `authorizationInfo customSecurityAttributes employeeOrgData mailboxSettings passwordProfile print signInActivity`,
  ),
  ...properties('Complex', 'advanced', 'onPremisesExtensionAttributes'),
]);

/** What a request without `$select` is answered with. */
export const DEFAULT_PROPERTIES: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'id',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
];

/** Properties that Graph gives for one user only, because they live in other services; the list answers 501. */
export const UNLISTABLE_PROPERTIES: ReadonlySet<string> = new Set([
  'aboutMe',
  'birthday',
  'hireDate',
  'interests',
  'mailboxSettings',
  'mySite',
  'pastProjects',
  'preferredName',
  'responsibilities',
  'schools',
  'skills',
]);

/** `extension_<application id without dashes>_<name>`, or a schema extension such as `ext1a2b3c4d_name`. */
export const EXTENSION_NAME = /^(extension_[0-9a-f]{32}_[A-Za-z0-9_]+|ext[a-z0-9]{8}_[A-Za-z0-9]+)$/;
