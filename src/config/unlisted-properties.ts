/**
 * Properties that Graph v1.0 has for one user but not for a list of users: asking for one is a 501.
 * https://learn.microsoft.com/graph/api/user-list
 */
export const singleUserProperties: ReadonlySet<string> = new Set([
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

/** What holds the same fact and can be listed. */
export const replacementOf: ReadonlyMap<string, string> = new Map([['hireDate', 'employeeHireDate']]);

/**
 * Relationships of a user in Graph v1.0. They are no properties: `$select` cannot name them.
 * https://learn.microsoft.com/graph/api/resources/user#relationships
 */
export const graphRelationships: ReadonlySet<string> = new Set([
  'activities',
  'agreementAcceptances',
  'appRoleAssignments',
  'authentication',
  'calendar',
  'calendarGroups',
  'calendarView',
  'calendars',
  'chats',
  'contactFolders',
  'contacts',
  'createdObjects',
  'directReports',
  'drive',
  'drives',
  'employeeExperience',
  'events',
  'extensions',
  'followedSites',
  'inferenceClassification',
  'insights',
  'joinedTeams',
  'licenseDetails',
  'mailFolders',
  'managedAppRegistrations',
  'managedDevices',
  'manager',
  'memberOf',
  'messages',
  'oauth2PermissionGrants',
  'onenote',
  'onlineMeetings',
  'outlook',
  'ownedDevices',
  'ownedObjects',
  'people',
  'permissionGrants',
  'photo',
  'photos',
  'planner',
  'presence',
  'registeredDevices',
  'scopedRoleMemberOf',
  'settings',
  'solutions',
  'sponsors',
  'teamwork',
  'todo',
  'transitiveMemberOf',
  'transitiveReports',
]);
