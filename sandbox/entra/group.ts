/** A group of the tenant. */
export interface DirectoryGroup {
  readonly id: string;
  displayName: string;
  /** Ids of users and of other groups; groups may hold each other. */
  readonly members: Set<string>;
}

/** What to make a group of. */
export interface GroupSketch {
  readonly id?: string;
  readonly displayName?: string;
  readonly members?: readonly string[];
}
