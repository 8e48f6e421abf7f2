import { objectTypes, userProperties } from './properties.generated.ts';

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

/**
 * Names that this action adds to what Graph calls a user's properties. Relationships that a run resolves belong here:
 * a name found here counts before anything else.
 */
const added: ReadonlyMap<string, GraphType> = new Map();

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

/** The directory user itself: all properties of Graph's `user`, those that no list returns included. */
export const directoryUser: GraphObject = {
  kind: 'object',
  name: 'User',
  properties: new Map([...propertiesOf(userProperties), ...added]),
};
