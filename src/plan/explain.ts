import type { CreateDefault, FieldRule } from '../config/index.ts';
import { isEmpty, textOf, type FieldValue } from '../field-value.ts';
import type { DesiredRecord } from '../mapping/index.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import type { PlanBasis } from './basis.ts';
import { appliesToUpdate, isSame } from './diff.ts';
import { keptFromLinking } from './linking.ts';
import { createMatcher, normaliseKey } from './match.ts';
import { assignmentStories } from './saas.ts';

/** What one key found. */
export interface KeyStory {
  readonly field: string;
  /** Empty where the user has none; then the key is not tried. */
  readonly value: string;
  readonly found: readonly Pick<CurrentRecord, 'userId' | 'username' | 'archived'>[];
}

/** What would become of one field, and why. */
export interface FieldStory {
  readonly field: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
  readonly verdict: string;
}

/** How one user is held against the records. */
export interface MatchStory {
  readonly keys: readonly KeyStory[];
  /** The record whose fields are compared; `undefined` for somebody who is new, or where it is not clear which record. */
  readonly record: CurrentRecord | undefined;
  readonly fields: readonly FieldStory[];
}

/** The keys tried, the record found and the verdict on each field, whatever else keeps the user from being written. */
export function explainMatch(basis: PlanBasis, user: DesiredRecord): MatchStory {
  const columns = basis.syncKeys.map(({ field }) => basis.rules.findIndex((rule) => rule.field === field));
  const keyTexts = columns.map((column) => textOf(user.values[column] ?? null).trim());
  const { record, several, key } = createMatcher(basis).match(keyTexts);
  const kept = record === undefined ? [] : keptFromLinking(basis, user, record, basis.identity !== undefined && key === 0);
  return {
    keys: basis.syncKeys.map(({ field }, key) => ({ field, value: keyTexts[key] ?? '', found: having(basis.current, columns[key] ?? -1, keyTexts[key] ?? '') })),
    record,
    fields: record === undefined && several !== undefined ? [] : [...fieldStories(basis, user, record, kept), ...assignmentStories(basis.assignments, user, record)],
  };
}

function having(records: readonly CurrentRecord[], column: number, text: string): readonly CurrentRecord[] {
  const wanted = normaliseKey(text);
  return wanted === '' ? [] : records.filter(({ values }) => normaliseKey(values[column] ?? null) === wanted);
}

function fieldStories({ rules, defaults, identity }: PlanBasis, user: DesiredRecord, record: CurrentRecord | undefined, kept: readonly number[]): FieldStory[] {
  const stories = rules.map((rule, index): FieldStory => {
    const before = record?.values[index] ?? null;
    const after = user.values[index] ?? null;
    const flaw = user.flaws.find((each) => each.rule === index);
    const verdict = flaw === undefined ? (record === undefined ? ofNew(rule, after, defaults) : ofUpdate(rule, before, after, { isIdentity: rule.field === identity?.field, isKept: kept.includes(index) })) : `not usable: ${flaw.message}`;
    return { field: rule.field, before, after: record === undefined && isEmpty(after) ? defaultOf(rule, defaults) : after, verdict };
  });
  if (record !== undefined) return stories;
  const ruled = new Set(rules.map(({ field }) => field));
  const added = defaults.filter(({ field }) => !ruled.has(field));
  return [...stories, ...added.map(({ field, value }) => ({ field, before: null, after: value, verdict: byDefaults }))];
}

const notTheirs = 'left alone, since the account is disabled and the record may be that of somebody else';
const byDefaults = 'set, by `defaults`';

function defaultOf({ field }: FieldRule, defaults: readonly CreateDefault[]): FieldValue {
  return defaults.find((each) => each.field === field)?.value ?? null;
}

function ofNew(rule: FieldRule, after: FieldValue, defaults: readonly CreateDefault[]): string {
  if (!isEmpty(after)) return 'set';
  return defaultOf(rule, defaults) === null ? 'left empty, since there is no value' : byDefaults;
}

function ofUpdate(rule: FieldRule, before: FieldValue, after: FieldValue, { isIdentity, isKept }: { readonly isIdentity: boolean; readonly isKept: boolean }): string {
  if (rule.apply === 'on-create') return 'left alone, since the rule is for new people only (`apply: on-create`)';
  if (!appliesToUpdate(rule, before)) return 'left alone, since Oomnitza has a value (`apply: if-empty`)';
  if (isEmpty(after) && isEmpty(before)) return 'empty on both sides';
  if (isEmpty(after) && rule.whenEmpty === 'keep') return 'kept, since the directory has no value (`when-empty: keep`)';
  if (!isEmpty(after) && isSame(before, after, isIdentity)) return 'the same';
  if (isKept) return notTheirs;
  return isEmpty(after) ? 'cleared (`when-empty: clear`)' : 'changed';
}
