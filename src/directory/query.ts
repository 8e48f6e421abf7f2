import type { Position } from '../errors.ts';

/** Which users to read, and which of their properties. */
export interface DirectoryQuery {
  /** `intune`: only users who have a managed device. */
  readonly kind: 'entra' | 'intune';
  /** Where the sync file has the kind. */
  readonly kindPosition?: Position;
  /** Besides `id`, `userPrincipalName` and `accountEnabled`, which are always read; with the place that asks for each. */
  readonly properties: readonly AskedProperty[];
  /** `$filter`, sent as written. */
  readonly filter: { readonly text: string; readonly position: Position } | undefined;
  /** Object ids of groups whose members, nested ones included, are read alone; none: everybody. */
  readonly groups: readonly AskedGroup[];
  /** User principal names, mail addresses or Entra ids of the only users to read; without it, everybody. */
  readonly only?: readonly string[];
  /** The only users to read are those of whom a property begins with one of these texts; without it, everybody. */
  readonly having?: readonly PropertyText[];
  /** About as many users as are to be read: the pages end once there are so many. Without it, all of them. */
  readonly most?: number;
}

/** A `$filter`, and where the sync file has it. */
export interface AskedFilter {
  readonly text: string;
  readonly position: Position | undefined;
}

/** What one of the {@link askable} properties begins with, in whatever letter case. */
export interface PropertyText {
  readonly property: string;
  readonly text: string;
}

/**
 * Properties by whose text users can be asked for, as far as they tell people apart. Of others Graph has lists, or it compares them in
 * another way. https://learn.microsoft.com/graph/api/resources/user#properties
 */
export const askable: ReadonlySet<string> = new Set(['employeeId', 'mail', 'mailNickname', 'onPremisesSamAccountName', 'onPremisesUserPrincipalName', 'userPrincipalName']);

/** A property as the sync file names it, such as `mail`, `manager.mail` or `devices.deviceName`. */
export interface AskedProperty {
  readonly name: string;
  readonly position: Position;
}

export interface AskedGroup {
  readonly id: string;
  readonly position: Position;
}

/** What of a user is to be read, by the way in which Graph gives it. */
export interface Wanted {
  /** For `$select`. */
  readonly select: readonly string[];
  /** For `$expand`. Graph is not known to take two relationships of users in one request, so they are asked for apart. */
  readonly expands: readonly string[];
  /** Properties of managed devices. */
  readonly devices: readonly string[];
  readonly groups: boolean;
}

const alwaysRead = ['id', 'userPrincipalName', 'accountEnabled'];
const added = new Set(['devices', 'extensions', 'groups', 'manager']);

export function wantedOf({ properties, only }: DirectoryQuery): Wanted {
  const names = properties.map(({ name }) => name);
  const below = (prefix: string): string[] => names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const hasManager = names.some((name) => name.split('.')[0] === 'manager');
  // A `$select` inside of `$expand=manager` needs `$levels`.
  const manager = `manager($levels=1;$select=${[...new Set(['id', ...below('manager.')])].join(',')})`;
  return {
    // Only with the mail address can be told whom an entry of `only` means.
    select: [...new Set([...alwaysRead, ...(only === undefined ? [] : ['mail']), ...names.filter((name) => !added.has(name) && !name.includes('.'))])],
    expands: [...(hasManager ? [manager] : []), ...(names.includes('extensions') ? ['extensions'] : [])],
    devices: [...new Set(below('devices.'))],
    groups: names.includes('groups'),
  };
}
