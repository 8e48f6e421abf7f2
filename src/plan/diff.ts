import type { CreateDefault, FieldRule } from '../config/index.ts';
import { byCodePoint, equalValues, isEmpty, type FieldValue } from '../field-value.ts';
import type { Flaw } from '../mapping/index.ts';
import { normaliseKey } from './match.ts';
import type { FieldChange } from './plan.ts';

/**
 * What to write for a new person: every value there is, and the defaults where there is none. Sorted by field.
 *
 * @param flaws rules whose value is no good for this user: their fields are left out
 */
export function fieldsOfCreate(
  rules: readonly FieldRule[],
  defaults: readonly CreateDefault[],
  values: readonly FieldValue[],
  flaws: readonly Flaw[],
): readonly FieldChange[] {
  const after = new Map<string, FieldValue>(defaults.map(({ field, value }) => [field, value]));
  for (const [index, { field }] of rules.entries()) {
    const value = values[index] ?? null;
    if (!isEmpty(value)) after.set(field, value);
    if (flaws.some(({ rule }) => rule === index)) after.delete(field);
  }
  return [...after]
    .map(([field, value]) => ({ field, before: null, after: value }))
    .sort((left, right) => byCodePoint(left.field, right.field));
}

/**
 * What to write so that a record gets the desired values. Sorted by field, since the rules are.
 *
 * @param flaws rules whose value is no good for this user: their fields are left as they are
 * @param kept rules whose fields are left as they are for another reason
 * @param identity field of the Entra id, if there is one
 */
export function fieldsOfUpdate(
  rules: readonly FieldRule[],
  desired: readonly FieldValue[],
  current: readonly FieldValue[],
  flaws: readonly Flaw[],
  kept: readonly number[],
  identity?: string,
): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [index, rule] of rules.entries()) {
    if (kept.includes(index) || flaws.some((flaw) => flaw.rule === index)) continue;
    const before = current[index] ?? null;
    if (!appliesToUpdate(rule, before)) continue;
    const after = desired[index] ?? null;
    if (isEmpty(after)) {
      if (rule.whenEmpty === 'clear' && !isEmpty(before)) changes.push({ field: rule.field, before, after: null });
    } else if (!isSame(before, after, rule.field === identity)) {
      changes.push({ field: rule.field, before, after });
    }
  }
  // A list that grew keeps room for many more, and there is one of almost every person.
  return changes.slice();
}

/** Whether a field needs no change; an Entra id is the same in any spelling. */
export function isSame(before: FieldValue, after: FieldValue, isIdentity: boolean): boolean {
  return equalValues(before, after) || (isIdentity && normaliseKey(before) === normaliseKey(after));
}

/** Whether a rule has a say in an update of a record that holds `before`. */
export function appliesToUpdate(rule: FieldRule, before: FieldValue): boolean {
  return rule.apply === 'always' || (rule.apply === 'if-empty' && isEmpty(before));
}
