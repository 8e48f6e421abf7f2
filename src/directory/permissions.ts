import { SyncError, type Position, type Problem } from '../errors.ts';
import type { DirectoryQuery } from './query.ts';

/** An application permission of Microsoft Graph that a read takes. */
export interface Need {
  /** The one that allows least. */
  readonly permission: string;
  /** Others that include it. */
  readonly instead: readonly string[];
  /** What is read with it: `users`, `groups`, `devices`, or a property of users. */
  readonly subject: string;
  /** What it is needed for, in words. */
  readonly feature: string;
  /** Where the sync file asks for that; `undefined` for what every run needs. */
  readonly position: Position | undefined;
  /** Without it Graph gives null instead of refusing, as if nobody had a value. */
  readonly silent: boolean;
}

type Permission = Pick<Need, 'permission' | 'instead' | 'silent'>;

const everything = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const users: Permission = { permission: 'User.Read.All', instead: ['User.ReadWrite.All', ...everything], silent: false };
const groups: Permission = {
  permission: 'GroupMember.Read.All',
  instead: ['GroupMember.ReadWrite.All', 'Group.Read.All', 'Group.ReadWrite.All', ...everything],
  silent: false,
};
const devices: Permission = {
  permission: 'DeviceManagementManagedDevices.Read.All',
  instead: ['DeviceManagementManagedDevices.ReadWrite.All'],
  silent: false,
};

/** Properties that take a permission of their own. https://learn.microsoft.com/graph/api/resources/user#properties */
const ofProperties: ReadonlyMap<string, Permission> = new Map([
  ['customSecurityAttributes', { permission: 'CustomSecAttributeAssignment.Read.All', instead: ['CustomSecAttributeAssignment.ReadWrite.All'], silent: true }],
  // What Graph does without the permission is not known: it may refuse, or give null.
  ['employeeLeaveDateTime', { permission: 'User-LifeCycleInfo.Read.All', instead: ['User-LifeCycleInfo.ReadWrite.All'], silent: true }],
  ['signInActivity', { permission: 'AuditLog.Read.All', instead: [], silent: false }],
]);

/** All permissions that a query takes, each once. */
export function needsOf(query: DirectoryQuery): readonly Need[] {
  return [
    { ...users, subject: 'users', feature: 'reading users', position: undefined },
    ...query.groups.slice(0, 1).map(({ position }) => ({ ...groups, subject: 'groups', feature: '`source.groups`', position })),
    ...(query.kind === 'intune' ? [{ ...devices, subject: 'devices', feature: '`source.kind: intune`', position: query.kindPosition }] : []),
    ...query.properties.flatMap(({ name, position }) => {
      const permission = ofProperties.get(name);
      return permission === undefined ? [] : [{ ...permission, subject: name, feature: `\`${name}\``, position }];
    }),
  ];
}

/** What a request takes that reads no more than these. */
export function needsFor(needs: readonly Need[], subjects: readonly string[]): readonly Need[] {
  return needs.filter(({ subject }) => subjects.includes(subject));
}

/** Those of the permissions that are not among the granted ones. */
export function lackingOf(needs: readonly Need[], granted: readonly string[]): readonly Need[] {
  return needs.filter(({ permission, instead }) => ![permission, ...instead].some((name) => granted.includes(name)));
}

/** The failure of an app registration that lacks permissions; at least one is lacking. */
export function lackingPermissions(lacking: readonly Need[], granted: readonly string[]): SyncError {
  const missing = inWords(lacking.map(({ permission, feature }) => `${permission} for ${feature}`));
  const has = granted.length === 0 ? 'no application permission at all' : `only ${granted.join(', ')}`;
  return new SyncError('permission', `The app registration lacks ${missing}: it has ${has}.`, { hint: grantHint(lacking), problems: problemsOf(lacking) });
}

/** What to do about permissions that are lacking. */
export function grantHint(lacking: readonly Need[]): string {
  const names = lacking.map(({ permission }) => permission);
  const [them, what] = names.length === 1 ? ['it', 'permission'] : ['them', 'permissions'];
  return `Give the app registration the application ${what} ${inWords(names)} of Microsoft Graph and grant admin consent for ${them}.`;
}

/** A problem for each that is needed because of one place of the sync file. */
export function problemsOf(lacking: readonly Need[]): readonly Problem[] {
  return lacking.flatMap(({ permission, feature, position }) => {
    const hint = 'Grant it to the app registration, or take this out of the sync file.';
    return position === undefined ? [] : [{ message: `${capitalized(feature)} needs the application permission ${permission}.`, hint, position }];
  });
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function inWords(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}

/**
 * The application permissions in an access token. Graph's tokens are meant for Graph alone, so one that cannot be read
 * proves nothing, and gives `undefined`.
 */
export function rolesIn(token: string): readonly string[] | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const roles: unknown = Reflect.get(Object(claims), 'roles') ?? [];
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : undefined;
  } catch {
    return undefined;
  }
}
