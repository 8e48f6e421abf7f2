/*
 * What the vendor's connector calls the properties of a user, and what they are in Microsoft Graph. The connector reads
 * Azure AD Graph through azure-graphrbac, whose users have the commonest properties as attributes in snake_case and all
 * others under `additional_properties` by their own names (azure/graphrbac/models/user_py3.py in 0.61.1).
 */

/** Where azure-graphrbac keeps what it has no attribute for. */
const additional = 'additional_properties.';

/** Texts of an Azure AD Graph user that Microsoft Graph has under the same name. */
const sameTexts = [
  'ageGroup',
  'city',
  'companyName',
  'consentProvidedForMinor',
  'country',
  'creationType',
  'department',
  'displayName',
  'employeeId',
  'givenName',
  'jobTitle',
  'legalAgeGroupClassification',
  'mail',
  'mailNickname',
  'onPremisesDistinguishedName',
  'onPremisesSecurityIdentifier',
  'passwordPolicies',
  'postalCode',
  'preferredLanguage',
  'state',
  'streetAddress',
  'surname',
  'usageLocation',
  'userPrincipalName',
  'userType',
];

/** Texts that are called otherwise: https://learn.microsoft.com/graph/migrate-azure-ad-graph-property-differences */
const renamedTexts: readonly (readonly [string, string])[] = [
  ['facsimileTelephoneNumber', 'faxNumber'],
  ['immutableId', 'onPremisesImmutableId'],
  ['mobile', 'mobilePhone'],
  ['objectId', 'id'],
  ['physicalDeliveryOfficeName', 'officeLocation'],
  ['userState', 'externalUserState'],
];

/** What is no text, or may lack in a list; an expression would have to treat it with more care. */
const others: readonly (readonly [string, string])[] = [
  ['accountEnabled', 'accountEnabled'],
  ['createdDateTime', 'createdDateTime'],
  ['deletionTimestamp', 'deletedDateTime'],
  ['dirSyncEnabled', 'onPremisesSyncEnabled'],
  ['lastDirSyncDateTime', 'onPremisesLastSyncDateTime'],
  ['lastDirSyncTime', 'onPremisesLastSyncDateTime'],
  ['otherMails', 'otherMails'],
  ['proxyAddresses', 'proxyAddresses'],
  ['refreshTokensValidFromDateTime', 'signInSessionsValidFromDateTime'],
  ['showInAddressList', 'showInAddressList'],
  ['sipProxyAddress', 'imAddresses[0]'],
  ['telephoneNumber', 'businessPhones[0]'],
  ['userStateChangedOn', 'externalUserStateChangeDateTime'],
];

/** A property as Microsoft Graph has it. */
export interface GraphProperty {
  /** As a sync file writes it. */
  readonly path: string;
  readonly isText: boolean;
}

const properties: ReadonlyMap<string, GraphProperty> = new Map(
  [
    ...sameTexts.map((name) => [name, { path: name, isText: true }] as const),
    ...renamedTexts.map(([name, path]) => [name, { path, isText: true }] as const),
    ...others.map(([name, path]) => [name, { path, isText: false }] as const),
  ].flatMap(([name, property]) => [
    [snakeCase(name), property] as const,
    [`${additional}${name}`, property] as const,
  ]),
);

/**
 * The property behind a source of the connector's mapping, such as `given_name` or `additional_properties.jobTitle`;
 * `undefined` where Microsoft Graph has none that a field can hold.
 */
export function graphProperty(source: string): GraphProperty | undefined {
  const known = properties.get(source);
  if (known !== undefined) return known;
  const name = source.startsWith(additional) ? source.slice(additional.length) : source;
  // Directory extensions have the same name in both.
  return /^extension_[0-9a-f]{32}_\w+$/i.test(name) ? { path: name, isText: false } : undefined;
}

/** The connector's name for what `source` most likely means, where it is not one itself. */
export function connectorName(source: string): string | undefined {
  const name = snakeCase(source.slice(source.lastIndexOf('.') + 1));
  return properties.has(name) ? name : undefined;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
