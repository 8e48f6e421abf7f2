import type { Scalar } from '../field-value.ts';
import { directoryUser, propertyAskedFor, readableNames, type GraphType } from '../graph-user/index.ts';
import type { ValueKind } from '../instance-field/index.ts';

/** Something that the directory knows of a user and a field may take. */
export interface DirectoryProperty {
  /** As a sync file writes it, such as `businessPhones[0]`. */
  readonly path: string;
  readonly steps: readonly [string, ...(string | number)[]];
  readonly kind: ValueKind;
}

/**
 * What is never asked for: it takes a permission of its own, tells of the account rather than of the person, is about
 * minors, or is documented as not to be used. https://learn.microsoft.com/graph/api/resources/user#properties
 */
const leftOut: ReadonlySet<string> = new Set([
  'ageGroup',
  'consentProvidedForMinor',
  'customSecurityAttributes',
  'deletedDateTime',
  'deviceEnrollmentLimit',
  'employeeLeaveDateTime',
  'isManagementRestricted',
  'isResourceAccount',
  'lastPasswordChangeDateTime',
  'legalAgeGroupClassification',
  'onPremisesLastSyncDateTime',
  'passwordPolicies',
  'proxyAddresses',
  'showInAddressList',
  'signInActivity',
  'signInSessionsValidFromDateTime',
]);

/** Objects whose properties are of interest. */
const opened: ReadonlySet<string> = new Set(['employeeOrgData', 'onPremisesExtensionAttributes']);

/** What of somebody's manager is of interest; all of it comes along in the same answers. */
const ofManager = ['mail', 'userPrincipalName', 'displayName', 'employeeId'];

/** Properties that every tenant has and every list of users gives. */
const usual: ReadonlySet<string> = new Set([
  'accountEnabled',
  'businessPhones',
  'city',
  'companyName',
  'country',
  'department',
  'displayName',
  'employeeId',
  'employeeType',
  'givenName',
  'id',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'onPremisesExtensionAttributes',
  'postalCode',
  'preferredLanguage',
  'state',
  'streetAddress',
  'surname',
  'usageLocation',
  'userPrincipalName',
  'userType',
]);

/** Everything that a field may be filled from, in a fixed order. */
export const directoryProperties: readonly DirectoryProperty[] = [
  ...readableNames().flatMap((name) => (leftOut.has(name) ? [] : propertiesIn([name], directoryUser.properties.get(name)))),
  ...ofManager.map((name) => property(['manager', name], 'text')),
];

/** The names under which Graph is asked for all of them. */
export const allNames: readonly string[] = namesOf(directoryProperties);

/** The names of those that Graph is not known to refuse anywhere. */
export const usualNames: readonly string[] = namesOf(directoryProperties.filter(({ steps }) => usual.has(steps[0])));

function namesOf(properties: readonly DirectoryProperty[]): readonly string[] {
  return [...new Set(properties.map(({ steps }) => propertyAskedFor(steps)))];
}

function propertiesIn(steps: DirectoryProperty['steps'], type: GraphType | undefined): readonly DirectoryProperty[] {
  switch (type?.kind) {
    case 'text':
      return [property(steps, 'text')];
    case 'boolean':
      return [property(steps, 'boolean')];
    case 'integer':
      return [property(steps, 'number')];
    case 'date-time':
      return [property(steps, 'time')];
    case 'list':
      return type.of.kind === 'text' && steps[0] !== 'groups' ? [property([...steps, 0], 'text')] : [];
    case 'object':
      return opened.has(steps[0]) ? [...type.properties].flatMap(([name, inner]) => propertiesIn([...steps, name], inner)) : [];
    case 'any':
    case undefined:
      return [];
  }
}

function property(steps: DirectoryProperty['steps'], kind: ValueKind): DirectoryProperty {
  const [first, ...others] = steps;
  return { path: first + others.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join(''), steps, kind };
}

/** What a user has there; `null` where there is nothing. */
export function valueOf(user: Readonly<Record<string, unknown>>, { steps }: DirectoryProperty): Scalar | null {
  let value: unknown = user;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return null;
    value = Object.hasOwn(value, step) ? Reflect.get(value, step) : null;
  }
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
