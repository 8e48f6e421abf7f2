import { isFault, propertyAt, relationships, singleUserProperties, type GraphType } from '../graph-user/index.ts';
import type { Fault } from './fault.ts';
import { shown } from './wording.ts';

/** A path into a directory user, taken apart: names and list indexes, outermost first. */
export interface PathInUser {
  readonly text: string;
  readonly segments: readonly [string, ...(string | number)[]];
}

const name = '[A-Za-z_][A-Za-z0-9_]*';
const step = String.raw`\.${name}|\[[0-9]+\]`;

/** What {@link parseSourcePath} accepts, as two regular expressions: one that matches and one that does not. */
export const sourcePathPatterns = {
  matching: new RegExp(`^${name}(?:${step})*$`),
  notMatching: new RegExp(String.raw`^(?:${[...singleUserProperties, ...relationships].join('|')})(?:[.[]|$)`),
};

const firstName = new RegExp(name, 'y');
const nextStep = new RegExp(step, 'y');

/**
 * Reads `name(.name | [index])*`. A path that no user of Microsoft Graph has, or that no list of users returns, is a fault
 * as well: Graph would refuse the whole read.
 */
export function parseSourcePath(text: string): PathInUser | Fault {
  firstName.lastIndex = 0;
  const property = firstName.exec(text)?.[0];
  if (property === undefined) return syntaxFault(text, 0);
  const segments: [string, ...(string | number)[]] = [property];
  const starts = [0];
  for (let end = property.length; end < text.length; ) {
    nextStep.lastIndex = end;
    const found = nextStep.exec(text)?.[0];
    if (found === undefined) return syntaxFault(text, end);
    segments.push(found.startsWith('.') ? found.slice(1) : Number(found.slice(1, -1)));
    starts.push(found.startsWith('.') ? end + 1 : end);
    end += found.length;
  }
  const [first, second] = segments;
  if (first === 'user' && typeof second === 'string') {
    return { message: 'A source path starts at the user itself.', hint: `Write ${shown(text.slice('user.'.length))}.`, index: 0 };
  }
  const found = propertyAt(segments);
  if (!isFault(found)) return objectFault(text, found) ?? { text, segments };
  return { message: found.message, hint: found.hint, index: starts[found.segment] ?? 0 };
}

/** No field can hold an object, whoever the user is. */
function objectFault(text: string, type: GraphType): Fault | undefined {
  const object = type.kind === 'list' ? type.of : type;
  if (object.kind !== 'object') return undefined;
  const [name = ''] = object.properties.keys();
  const path = type.kind === 'list' ? `${text}[0].${name}` : `${text}.${name}`;
  return { message: `${shown(text)} is ${type.kind === 'list' ? 'a list of objects' : 'an object'}, which no field can hold.`, hint: `Name one of its properties, such as ${shown(path)}.`, index: 0 };
}

function syntaxFault(text: string, index: number): Fault {
  const hint =
    'A source path is property names and list indexes, such as `mail`, `businessPhones[0]` or ' +
    '`onPremisesExtensionAttributes.extensionAttribute3`. A constant is written `{ value: … }`.';
  if (text.trim() === '') return { message: 'A source path cannot be blank.', hint };
  const rest = text.slice(index);
  const isExpression = /[()+?"'=<>&|!]/.test(text);
  const message = `The source path ${shown(text)} goes wrong at ${shown(rest)}.`;
  const expression = `Write \`{ expression: '${text.replaceAll("'", "''")}' }\` for an expression, or a source path, such as \`mail\`.`;
  return { message, hint: isExpression && text.length < 100 ? expression : hint, index };
}
