import { userRelationships } from './properties.generated.ts';

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

/** What holds the same fact as one of those and can be listed. */
export const replacementOf: ReadonlyMap<string, string> = new Map([['hireDate', 'employeeHireDate']]);

/** Relationships that a run resolves, and that may be read as if they were properties. */
const resolved: ReadonlySet<string> = new Set(['extensions', 'manager']);

/** Relationships of a user in Graph v1.0 that nothing resolves. They are no properties: `$select` cannot name them. */
export const relationships: ReadonlySet<string> = new Set(userRelationships.filter((name) => !resolved.has(name)));

/** What a run offers in place of a relationship. */
export const insteadOfRelationship: ReadonlyMap<string, string> = new Map([
  ['managedDevices', 'Use `devices`, with `source.kind: intune`.'],
  ['memberOf', 'Use `groups`, the ids of those `source.groups` that hold the user.'],
  ['transitiveMemberOf', 'Use `groups`, the ids of those `source.groups` that hold the user.'],
]);

/** `extension_<application id without dashes>_<name>`. https://learn.microsoft.com/graph/extensibility-overview */
const directoryExtension = /^extension_[0-9a-f]{32}_[A-Za-z0-9_]+$/i;

/** `<domain>_<name>` or `ext<8 characters>_<name>`: the id of a schema extension. */
const schemaExtension = /^[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]*[A-Za-z0-9]$/;

/** Whether a name follows the rules for extensions, which each tenant defines: Graph alone knows which there are. */
export function isExtensionName(name: string): boolean {
  return name.startsWith('extension_') ? directoryExtension.test(name) : schemaExtension.test(name);
}
