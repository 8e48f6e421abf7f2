import type { Fault } from './fault.ts';
import { graphRelationships, replacementOf, singleUserProperties } from './unlisted-properties.ts';
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
  notMatching: new RegExp(String.raw`^(?:${[...singleUserProperties, ...graphRelationships].join('|')})(?:[.[]|$)`),
};

const firstName = new RegExp(name, 'y');
const nextStep = new RegExp(step, 'y');

/**
 * Reads `name(.name | [index])*`. Paths whose first property no list of users can return are faults as well: Graph
 * would refuse the whole read (WIRE.md, section 2).
 */
export function parseSourcePath(text: string): PathInUser | Fault {
  firstName.lastIndex = 0;
  const property = firstName.exec(text)?.[0];
  if (property === undefined) return syntaxFault(text, 0);
  const segments: [string, ...(string | number)[]] = [property];
  for (let end = property.length; end < text.length; ) {
    nextStep.lastIndex = end;
    const found = nextStep.exec(text)?.[0];
    if (found === undefined) return syntaxFault(text, end);
    segments.push(found.startsWith('.') ? found.slice(1) : Number(found.slice(1, -1)));
    end += found.length;
  }
  return unlistedFault(property) ?? { text, segments };
}

function syntaxFault(text: string, index: number): Fault {
  const hint =
    'A source path is property names and list indexes, such as `mail`, `businessPhones[0]` or ' +
    '`onPremisesExtensionAttributes.extensionAttribute3`. A constant is written `{ value: … }`.';
  if (text.trim() === '') return { message: 'A source path cannot be blank.', hint };
  const rest = text.slice(index);
  const message = `The source path ${shown(text)} goes wrong at ${shown(rest)}.`;
  return { message, hint, index };
}

function unlistedFault(property: string): Fault | undefined {
  if (graphRelationships.has(property)) {
    return {
      message: `${shown(property)} is a relationship, which Microsoft Graph does not return in a list of users.`,
      hint: 'Use a property of the user itself.',
    };
  }
  if (singleUserProperties.has(property)) {
    const replacement = replacementOf.get(property);
    return {
      message: `Microsoft Graph does not return ${shown(property)} in a list of users.`,
      hint: replacement === undefined ? 'Use another property.' : `Use ${shown(replacement)}.`,
    };
  }
  return undefined;
}
