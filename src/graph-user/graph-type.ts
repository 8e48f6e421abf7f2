import { singleUserProperties } from './names.ts';
import { deviceProperties, objectTypes, userProperties } from './properties.generated.ts';

/** What a value of a directory user is, in the words of the sync file. Each may be null, whatever its type. */
export type GraphType =
  | { readonly kind: 'text' | 'date-time' | 'boolean' | 'integer' | 'any' }
  | { readonly kind: 'list'; readonly of: GraphType }
  | GraphObject;

/** A directory user, or an object inside of one. `date-time` is a text in ISO 8601; `any` is what each tenant defines. */
export interface GraphObject {
  readonly kind: 'object';
  /** Graph's name of the type, such as `EmployeeOrgData`. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, GraphType>;
}

const known = new Map<string, GraphType>(
  (['text', 'date-time', 'boolean', 'integer', 'any'] as const).map((kind) => [kind, { kind }]),
);

/** Reads the notation of the generated file: `text`, `AssignedLicense`, and either with `[]` behind it. */
function typeOf(notation: string): GraphType {
  if (notation.endsWith('[]')) return { kind: 'list', of: typeOf(notation.slice(0, -2)) };
  const type = known.get(notation);
  if (type !== undefined) return type;
  const table = new Map(Object.entries(objectTypes)).get(notation) ?? {};
  const object = { kind: 'object', name: notation, properties: propertiesOf(table) } as const;
  known.set(notation, object);
  return object;
}

function propertiesOf(table: Readonly<Record<string, string>>): Map<string, GraphType> {
  return new Map(Object.entries(table).map(([name, notation]) => [name, typeOf(notation)]));
}

/** What takes a permission or a request that Graph does not give for somebody's manager. */
const notOfManagers: ReadonlySet<string> = new Set([...singleUserProperties, 'customSecurityAttributes', 'signInActivity']);

/** Somebody's manager: a user, without the relationships of their own. */
export const manager: GraphObject = {
  kind: 'object',
  name: 'Manager',
  properties: new Map([...propertiesOf(userProperties)].filter(([name]) => !notOfManagers.has(name))),
};

/** A device that Intune manages, with what a list of devices returns. */
export const managedDevice: GraphObject = { kind: 'object', name: 'ManagedDevice', properties: propertiesOf(deviceProperties) };

/**
 * What a run adds to the properties that Graph gives a user: relationships that it resolves. A name found here counts
 * before anything else.
 */
const added: ReadonlyMap<string, GraphType> = new Map<string, GraphType>([
  ['devices', { kind: 'list', of: managedDevice }],
  ['extensions', { kind: 'list', of: { kind: 'any' } }],
  ['groups', { kind: 'list', of: { kind: 'text' } }],
  ['manager', manager],
]);

/** The directory user itself: all properties of Graph's `user`, those that no list returns included, and {@link added} ones. */
export const directoryUser: GraphObject = {
  kind: 'object',
  name: 'User',
  properties: new Map([...propertiesOf(userProperties), ...added]),
};

/**
 * The objects whose properties Graph returns only where each is asked for by name, with what stands before that name:
 * `mail`, `manager.mail`, `devices.deviceName`.
 */
export const askedByName: ReadonlyMap<GraphObject, string> = new Map([
  [directoryUser, ''],
  [manager, 'manager.'],
  [managedDevice, 'devices.'],
]);
