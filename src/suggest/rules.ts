import type { Apply } from '../config/index.ts';
import type { Source } from './conversion.ts';
import { directoryProperties } from './directory-property.ts';
import type { MatchedField } from './match-fields.ts';
import type { Verdict } from './verdict.ts';

/** A line of the suggested `fields`. */
export interface SuggestedRule {
  readonly matched: MatchedField;
  readonly source: Source;
  /** A guess that could overwrite what is right writes less. */
  readonly apply: Apply;
  readonly isGuess: boolean;
}

/** Fields without which nobody can be created; each gets a rule, whatever speaks for it. */
const essential: ReadonlyMap<string, string> = new Map([['username', 'userPrincipalName'], ['email', 'mail']]);

/** The rule for a field; `undefined` where there is none to suggest. */
export function ruleFor(matched: MatchedField): SuggestedRule | undefined {
  const { field, verdict, dismissed } = matched;
  const fallback = essential.get(field.name);
  if (verdict !== undefined && (field.editable || fallback !== undefined)) {
    return { matched, source: verdict.best, apply: applyOf(matched, verdict), isGuess: verdict.doubt !== undefined };
  }
  const property = directoryProperties.find(({ path }) => path === fallback);
  if (property === undefined) return undefined;
  // As a name for everybody it would be wrong, but without one nobody can be created.
  return { matched, source: { property, convert: [] }, apply: dismissed?.isUsed === true ? 'on-create' : 'always', isGuess: true };
}

/** The required fields first, then what is proven, then guesses, each by name. */
export function rank({ matched: { field }, isGuess }: SuggestedRule): number {
  const place = [...essential.keys()].indexOf(field.name);
  return place === -1 ? essential.size + Number(isGuess) : place;
}

/** Where nobody seen has a value, the rule of the preset overwrites nothing that is known. */
function applyOf({ field, held }: MatchedField, { best, doubt }: Verdict): Apply {
  if (doubt === undefined || (held === 0 && doubt === 'name' && best.isUsual)) return 'always';
  return essential.has(field.name) ? 'on-create' : 'if-empty';
}
