import { unfilledFields } from '../config/index.ts';
import { byCodePoint } from '../field-value.ts';
import { unknownField, type InstanceField } from '../instance-field/index.ts';
import { defaultsFor } from './defaults.ts';
import { chooseIdentity, chooseSyncKeys, withoutIdentity } from './keys.ts';
import { isOfInterest, longestName, matchFields, type MatchedField } from './match-fields.ts';
import type { Pair, SampledUser } from './pairs.ts';
import { render } from './render.ts';
import { rank, ruleFor, type SuggestedRule } from './rules.ts';
import type { Shares } from './shares.ts';

/** What a suggestion is made from. */
export interface SuggestionBasis {
  /** The sample of the directory. */
  readonly users: readonly SampledUser[];
  /** The people whom both sides have, with one value for each of {@link fieldsToCompare}. */
  readonly pairs: readonly Pair[];
  /** All fields of the instance. */
  readonly fields: ReadonlyMap<string, InstanceField>;
  /** Whether the instance tells more of its fields than their names. */
  readonly isDescribed: boolean;
  readonly shares: Shares;
}

/** A sync file to start from. */
export interface Suggestion {
  /** The sync file, comments and all. */
  readonly text: string;
  /** Users of the directory that were looked at. */
  readonly users: number;
  /** People whom both sides have. */
  readonly people: number;
  /** Fields whose source the values prove. */
  readonly proven: number;
  /** Fields whose source is a guess, and says so. */
  readonly guesses: number;
  /** Fields for which there is nothing to suggest. */
  readonly unmatched: number;
}

/** The fields of which values are needed, in the order in which they are wanted; `username` and `email` are always there. */
export function fieldsToCompare(fields: ReadonlyMap<string, InstanceField>): readonly InstanceField[] {
  const required = ['username', 'email'].map((name) => fields.get(name) ?? unknownField(name));
  const others = [...fields.values()].filter(({ name }) => name !== 'username' && name !== 'email' && isOfInterest(name));
  return [...required, ...others.toSorted((left, right) => byCodePoint(left.name, right.name))];
}

/** Makes a sync file of what both sides have: the same one of the same sample, with nobody's values in it. */
export function suggest({ users, pairs, fields, isDescribed, shares }: SuggestionBasis): Suggestion {
  const matched = matchFields(fieldsToCompare(fields), pairs, users);
  const all = matched.flatMap((found) => ruleFor(found) ?? []);
  const identity = chooseIdentity(matched, isDescribed);
  const identityRule = all.find((rule) => rule.matched === identity);
  const rules = all.filter((rule) => rule !== identityRule).toSorted((left, right) => rank(left) - rank(right));
  const unmatched = matched.filter((found) => !all.some((rule) => rule.matched === found));
  const defaults = defaultsFor(fields);
  const filled = [...Object.keys(defaults.values), ...(identity === undefined ? [] : [identity.field.name])];
  const demanded = unfilledFields(fields, filled).filter(({ name }) => name.length <= longestName);
  const textWith = (kept: readonly SuggestedRule[], others: readonly MatchedField[] | number): string =>
    render({
      users: users.length,
      people: pairs.length,
      shares,
      identity: identityRule === undefined ? { none: withoutIdentity(matched, isDescribed) } : { ...identityRule, apply: 'always' },
      syncKeys: chooseSyncKeys(kept, users),
      defaults,
      rules: kept,
      unmatched: others,
      unfilled: demanded.filter(({ name }) => !kept.some((rule) => rule.matched.field.name === name)),
    });
  const whole = textWith(rules, unmatched);
  const kept = fits(whole) ? rules : rules.slice(0, mostOf(rules.length, (count) => fits(textWith(rules.slice(0, count), matched.length))));
  const given = [...kept, ...(identityRule === undefined ? [] : [identityRule])];
  const left = matched.length - given.length;
  const guesses = given.filter(({ isGuess }) => isGuess).length;
  return { text: fits(whole) ? whole : textWith(kept, left), users: users.length, people: pairs.length, proven: given.length - guesses, guesses, unmatched: left };
}

/** A sync file has 256 KiB at most, and a person is to have room for more. */
const mostBytes = 250 * 1024;

function fits(text: string): boolean {
  return Buffer.byteLength(text) <= mostBytes;
}

/** The largest number up to `most` that is not too many, where every smaller one is not either. */
function mostOf(most: number, isEnough: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isEnough(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
