export const presetNames = ['entra', 'none'] as const;
export type Preset = (typeof presetNames)[number];

/** The preset where a sync file names none. */
export const defaultPreset: Preset = 'entra';

const entra = new Map([
  ['username', 'userPrincipalName'],
  ['email', 'mail'],
  ['first_name', 'givenName'],
  ['last_name', 'surname'],
  ['position', 'jobTitle'],
  ['department', 'department'],
  ['account_enabled', 'accountEnabled'],
  ['mail_nickname', 'mailNickname'],
]);

/** The rules that each preset lays under the user's own: Oomnitza field, source path. */
export const presets: Readonly<Record<Preset, ReadonlyMap<string, string>>> = { entra, none: new Map() };

/** The values for newly created people where a sync file names none: 25 is Oomnitza's role Employee. */
export const standardDefaults = { role: 25, position: 'Employee' } as const;
