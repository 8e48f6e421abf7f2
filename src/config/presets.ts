export const presetNames = ['entra', 'intune', 'none'] as const;
export type Preset = (typeof presetNames)[number];

/** Source paths of a rule, the first that is not empty wins. */
type Paths = readonly [string, ...string[]];

const person: readonly (readonly [string, Paths])[] = [
  ['username', ['userPrincipalName']],
  ['email', ['mail']],
  ['first_name', ['givenName']],
  ['last_name', ['surname']],
  ['position', ['jobTitle']],
];

const entra = new Map<string, Paths>([
  ...person,
  ['department', ['department']],
  ['account_enabled', ['accountEnabled']],
  ['mail_nickname', ['mailNickname']],
]);

/** The fields that the vendor's Intune integration maps. */
const intune = new Map<string, Paths>([
  ...person,
  ['phone_number', ['mobilePhone', 'businessPhones[0]']],
  ['display_name', ['displayName']],
  ['office_location', ['officeLocation']],
  ['microsoft_intune_user_id', ['id']],
]);

/** The rules that each preset lays under the user's own: source paths by Oomnitza field. */
export const presets: Readonly<Record<Preset, ReadonlyMap<string, Paths>>> = { entra, intune, none: new Map() };

/** The values for newly created people where a sync file names none: 25 is Oomnitza's role Employee. */
export const standardDefaults = { role: 25, position: 'Employee' } as const;
