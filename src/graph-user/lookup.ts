import { closest } from '../closest.ts';
import { directoryUser, manager, type GraphObject, type GraphType } from './graph-type.ts';
import { insteadOfRelationship, isExtensionName, relationships, replacementOf, singleUserProperties } from './names.ts';

/** Why a name cannot be read, in words for the person who wrote it. */
export interface PropertyFault {
  readonly message: string;
  readonly hint: string;
}

/** A fault in a path, and which of its segments it is. */
export interface PathFault extends PropertyFault {
  readonly segment: number;
}

const any: GraphType = { kind: 'any' };
const allProperties = 'All of them: https://learn.microsoft.com/graph/api/resources/user#properties';
const documentation: ReadonlyMap<string, string> = new Map([
  ['ManagedDevice', 'All of them: https://learn.microsoft.com/graph/api/resources/intune-devices-manageddevice#properties'],
]);

/** The type of one property of a directory user or of an object inside of one. */
export function propertyOf(object: GraphObject, name: string): GraphType | PropertyFault {
  if (object === directoryUser) return unlistedFault(name) ?? object.properties.get(name) ?? extensionOrFault(name);
  if (object === manager && isExtensionName(name)) return any;
  return object.properties.get(name) ?? nestedFault(object, name);
}

/**
 * The name under which a path asks Graph for what it needs: of most objects Graph returns all properties or none, but
 * those of a manager or a device are asked for one by one.
 */
export function propertyAskedFor(path: readonly [string, ...(string | number)[]]): string {
  const [first, second] = path.filter((step) => typeof step === 'string');
  return second !== undefined && (first === 'manager' || first === 'devices') ? `${first}.${second}` : path[0];
}

/** The type of what stands at a path such as `['businessPhones', 0]`, from the directory user inwards. */
export function propertyAt(path: readonly (string | number)[]): GraphType | PathFault {
  let type: GraphType = directoryUser;
  for (const [segment, step] of path.entries()) {
    const found: GraphType | PropertyFault = typeof step === 'number' ? elementOf(type) : propertyIn(type, step);
    if (isFault(found)) return { ...found, segment };
    type = found;
  }
  return type;
}

/** Tells a fault from a type. */
export function isFault<Fault extends PropertyFault>(found: GraphType | Fault): found is Fault {
  return 'message' in found;
}

function propertyIn(type: GraphType, name: string): GraphType | PropertyFault {
  if (type.kind === 'any') return any;
  if (type.kind === 'object') return propertyOf(type, name);
  const what = type.kind === 'list' ? 'a list' : 'no object';
  const hint = type.kind === 'list' ? `Name one element, such as \`[0].${name}\`.` : `Remove \`.${name}\`.`;
  return { message: `What stands before \`.${name}\` is ${what} and has no properties.`, hint };
}

function elementOf(type: GraphType): GraphType | PropertyFault {
  if (type.kind === 'any') return any;
  if (type.kind === 'list') return type.of;
  return { message: 'What stands before the index is no list.', hint: 'Remove the index.' };
}

function unlistedFault(name: string): PropertyFault | undefined {
  if (relationships.has(name)) {
    return {
      message: `\`${name}\` is a relationship, which Microsoft Graph does not return in a list of users.`,
      hint: insteadOfRelationship.get(name) ?? 'Use a property of the user itself.',
    };
  }
  if (!singleUserProperties.has(name)) return undefined;
  const replacement = replacementOf.get(name);
  return {
    message: `Microsoft Graph does not return \`${name}\` in a list of users.`,
    hint: replacement === undefined ? 'Use another property.' : `Use \`${replacement}\`.`,
  };
}

function extensionOrFault(name: string): GraphType | PropertyFault {
  const message = `A user in Microsoft Graph has no property \`${name}\`.`;
  const near = closest(name, readableNames());
  const meant = near === undefined ? undefined : `Did you mean \`${near}\`?`;
  // `given_name` follows the rules for schema extensions, but is what other products call `givenName`.
  const bare = name.includes('_') ? closest(spelling(name), readableNames().map(spelling)) : undefined;
  const isSlip = bare !== undefined && Math.abs(bare.length - spelling(name).length) <= 1 && !name.startsWith('ext');
  const meantBare = isSlip ? readableNames().find((known) => spelling(known) === bare) : undefined;
  if (meantBare !== undefined) return { message, hint: `Did you mean \`${meantBare}\`?` };
  if (near !== undefined && spelling(near) === spelling(name)) return { message, hint: `Did you mean \`${near}\`?` };
  if (isExtensionName(name)) return any;
  if (name.startsWith('extension_')) {
    return { message, hint: 'A directory extension is `extension_<application id without dashes>_<name>`.' };
  }
  if (/^extensionAttribute\d+$/.test(name)) return { message, hint: `Write \`onPremisesExtensionAttributes.${name}\`.` };
  return { message, hint: meant ?? allProperties };
}

function spelling(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Names of all properties that a list of users returns. */
export function readableNames(): readonly string[] {
  return [...directoryUser.properties.keys()].filter((name) => !singleUserProperties.has(name));
}

/** More names than this tell nobody anything. */
const mostNames = 20;

function nestedFault({ name: type, properties }: GraphObject, name: string): PropertyFault {
  const names = [...properties.keys()];
  const near = closest(name, names);
  const message = `\`${type}\` in Microsoft Graph has no property \`${name}\`.`;
  if (near !== undefined) return { message, hint: `Did you mean \`${near}\`?` };
  const listed = names.map((known) => `\`${known}\``).join(', ');
  return { message, hint: names.length > mostNames ? documentation.get(type) ?? allProperties : `It has ${listed}.` };
}
