import { flow } from '../yaml-text.ts';
import type { MatchedField } from './match-fields.ts';
import { folded, type SampledUser } from './pairs.ts';
import { converted, type Source } from './conversion.ts';
import { valueOf } from './directory-property.ts';
import { rateOf } from './evidence.ts';

/** A field that finds the record of a user, with what speaks for it. */
export interface KeyField {
  readonly field: string;
  /** Source path of its rule. */
  readonly path: string;
  /** Share of the sampled users who have a value, 0 to 1. */
  readonly coverage: number;
  /** Values that several of them share. */
  readonly repeated: number;
}

/** Mail addresses change less often than names in the directory do, and this much coverage is worth as much. */
const preference = new Map([['email', 0.05]]);
const enoughForSecond = 0.9;
const mostKeys = 2;

/**
 * The fields by which records are to be found, the best first; at least one.
 *
 * @param rules the fields that get a rule, with its source; `username` is one of them
 */
export function chooseSyncKeys(rules: readonly { readonly matched: MatchedField; readonly source: Source }[], users: readonly SampledUser[]): readonly KeyField[] {
  const eligible = rules.flatMap(({ matched: { field, verdict, dismissed }, source }) => {
    const isStandard = field.name === 'email' || field.name === 'username';
    if (!isStandard && (!field.unique || verdict === undefined || verdict.doubt !== undefined)) return [];
    const key = keyField(field.name, source, users);
    const against = verdict?.best ?? dismissed;
    // Without anybody to compare, the directory alone has to tell.
    const agreement = against === undefined || against.evidence.compared === 0 ? 1 : rateOf(against.evidence);
    const worth = agreement * key.coverage * (key.repeated === 0 ? 1 : 0.5);
    return [{ key, worth, weight: worth + (preference.get(field.name) ?? 0) }];
  });
  const [best, ...others] = eligible.toSorted((left, right) => right.weight - left.weight);
  if (best === undefined) return [];
  return [best, ...others.filter(({ worth }) => worth >= enoughForSecond)].slice(0, mostKeys).map(({ key }) => key);
}

function keyField(field: string, { property, convert }: Source, users: readonly SampledUser[]): KeyField {
  const values = users.map((user) => folded(converted(valueOf(user, property), convert))).filter((value) => value !== '');
  return {
    field,
    path: property.path,
    coverage: users.length === 0 ? 1 : values.length / users.length,
    repeated: values.length - new Set(values).size,
  };
}

/**
 * The field that is fit to hold the Entra object id, for good: unique, of text, and filled with it or called after it.
 *
 * @param isDescribed whether the instance tells which of its fields are unique
 */
export function chooseIdentity(matched: readonly MatchedField[], isDescribed: boolean): MatchedField | undefined {
  const fit = holdersOfId(matched).filter((holder) => unfitness(holder, isDescribed) === undefined);
  return fit.find(isProven) ?? fit[0];
}

/** Why there is no identity, and what to do about it. */
export function withoutIdentity(matched: readonly MatchedField[], isDescribed: boolean): string {
  const holders = holdersOfId(matched);
  const nearest = holders.find(isProven) ?? holders[0];
  const why = nearest && unfitness(nearest, isDescribed);
  if (nearest === undefined || why === undefined) return 'no field holds the Entra object id. Make a unique text field for it in Oomnitza, such as `entra_object_id`';
  return `${flow(nearest.field.name)} ${isProven(nearest) ? 'holds the Entra object id' : 'is called after the Entra object id'}, but ${why}`;
}

/** Fields that have the object id as it is, or are called after it. */
function holdersOfId(matched: readonly MatchedField[]): readonly MatchedField[] {
  return matched.filter(({ field: { name }, verdict }) => name !== 'username' && name !== 'email' && verdict?.best.property.path === 'id' && verdict.best.convert.length === 0);
}

function isProven({ verdict }: MatchedField): boolean {
  return verdict?.doubt === undefined;
}

/** Goes on after "but". */
function unfitness(holder: MatchedField, isDescribed: boolean): string | undefined {
  const { type, options, editable, unique } = holder.field;
  if ((type !== 'text' && type !== 'unknown') || options.length > 0) return 'it is no field of free text. Make a unique text field for the id in Oomnitza';
  if (!editable) return 'Oomnitza marks it as not editable. Have that changed there';
  if (isDescribed && unique !== true) return 'it is not unique in Oomnitza. Mark it so there';
  if (!isDescribed && !isProven(holder)) return 'nobody has an id there, and whether it is unique is not known. See to that, and name it here';
  return undefined;
}
