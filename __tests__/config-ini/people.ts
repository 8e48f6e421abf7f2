import type { VendorRecord } from './vendor.ts';

/** Directory users as Microsoft Graph has them. */
export const people: readonly Readonly<Record<string, unknown>>[] = [
  {
    id: '3b1f9c1e-6c0d-4d8b-9a35-8f6f3f0d6a11',
    userPrincipalName: 'Ada.Lovelace@example.com',
    mail: 'Ada.Lovelace@example.com',
    mailNickname: 'ada.lovelace',
    accountEnabled: true,
    givenName: 'ADA',
    surname: 'Lovelace',
    displayName: 'Ada King Lovelace',
    jobTitle: 'Analyst / Engines',
    department: 'Research',
    officeLocation: 'London',
    businessPhones: ['+44 20 1', '+44 20 2'],
    mobilePhone: '+44 7 1',
    otherMails: ['a@example.org', 'b@example.org'],
    createdDateTime: '2019-02-12T08:13:35Z',
    employeeId: '131947688150000000',
    onPremisesImmutableId: 'q1w2',
    externalUserState: 'Accepted',
    extension_0123456789abcdef0123456789abcdef_badge: 'B-17',
  },
  // A guest of whom little is known.
  {
    id: '9d2c7f52-0f5e-4c58-8f0a-0a5d7c1b2e90',
    userPrincipalName: 'guest_example.org#EXT#@example.com',
    mail: null,
    mailNickname: null,
    accountEnabled: false,
    givenName: null,
    surname: 'Guest',
    displayName: 'Guest',
    jobTitle: null,
    department: null,
    officeLocation: null,
    businessPhones: [],
    mobilePhone: null,
    otherMails: [],
    createdDateTime: null,
    employeeId: 'none',
    onPremisesImmutableId: null,
    externalUserState: null,
  },
];

const attributes: Readonly<Record<string, string>> = {
  object_id: 'id',
  user_principal_name: 'userPrincipalName',
  mail: 'mail',
  mail_nickname: 'mailNickname',
  account_enabled: 'accountEnabled',
  given_name: 'givenName',
  surname: 'surname',
  display_name: 'displayName',
  immutable_id: 'onPremisesImmutableId',
};

const additional: Readonly<Record<string, string>> = {
  jobTitle: 'jobTitle',
  department: 'department',
  physicalDeliveryOfficeName: 'officeLocation',
  mobile: 'mobilePhone',
  otherMails: 'otherMails',
  createdDateTime: 'createdDateTime',
  employeeId: 'employeeId',
  userState: 'externalUserState',
  extension_0123456789abcdef0123456789abcdef_badge: 'extension_0123456789abcdef0123456789abcdef_badge',
};

/**
 * The same user as the connector's library hands it on: attributes in snake_case, the rest under
 * `additional_properties`. WIRE.md has the rest in snake_case as well, so it stands in both places.
 */
export function asConnectorRecord(user: Readonly<Record<string, unknown>>): VendorRecord {
  const phones: unknown = user['businessPhones'];
  const telephoneNumber: unknown = Array.isArray(phones) ? (phones[0] ?? null) : null;
  const rest = { ...renamed(user, additional), telephoneNumber };
  const snakes = Object.entries(rest).map(([name, value]): [string, unknown] => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]);
  return { ...Object.fromEntries<unknown>(snakes), ...renamed(user, attributes), additional_properties: rest };
}

function renamed(user: Readonly<Record<string, unknown>>, names: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(names).map(([name, property]) => [name, user[property] ?? null]));
}
