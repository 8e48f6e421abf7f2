import { byCodePoint, textOf, type FieldValue } from '../field-value.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import { columnOf, type PlanBasis } from './basis.ts';

const guidInBraces = /^\{\s*([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\s*\}$/;

/** The form in which key values are compared: trimmed, in lower case, a GUID without braces. Empty means that there is no value. */
export function normaliseKey(value: FieldValue): string {
  const text = textOf(value).trim();
  const lower = text.toLowerCase();
  // It is a copy even where nothing changes, and there is a key for each record.
  const key = lower === text ? text : lower;
  return key.startsWith('{') ? key.replace(guidInBraces, '$1') : key;
}

/** What the keys of one user found among the current records. */
export interface Match {
  /** Slot of the record found. */
  readonly slot: number | undefined;
  /** The record found by the first key with a value that finds one. */
  readonly record: CurrentRecord | undefined;
  /** Index of the key that found it. */
  readonly key: number | undefined;
  /** Index of a key whose value several records have. */
  readonly several: number | undefined;
  /** Index of a later key that finds a different record. */
  readonly different: number | undefined;
  /** An archived record found by a key, where no key finds one in use. */
  readonly archived: CurrentRecord | undefined;
}

/** Finds current records by key values. */
export interface Matcher {
  /** How many records there are to find; each has a slot from 0 up. */
  readonly slots: number;
  /** The record of a slot. */
  at(slot: number): CurrentRecord | undefined;
  /** Slot of the record that has this value of one key, or the slots where several have it. */
  find(key: number, text: string): number | readonly number[] | undefined;
  /** @param keyTexts one for each key; empty where the user has none */
  match(keyTexts: readonly string[]): Match;
}

/** Finds by the keys of a basis. */
export function createMatcher({ current: records, view = asItIs, commons, ...basis }: PlanBasis): Matcher {
  const archived = records.filter((record) => record.archived);
  const inUse = archived.length === 0 ? records : records.filter((record) => !record.archived);
  const indexesOf = (some: readonly CurrentRecord[], name: string): readonly Index[] =>
    basis.syncKeys.map(({ field }) => {
      const index = (): Index => indexBy(some, view, columnOf(basis, field));
      return commons?.index(`${name} ${field}`, index) ?? index();
    });
  const current = indexesOf(inUse, 'in use');
  const gone = indexesOf(archived, 'archived');
  const at = (slot: number): CurrentRecord | undefined => viewed(inUse[slot], view);
  return {
    slots: inUse.length,
    at,
    find: (key, text) => found(current, key, text),
    match(keyTexts) {
      const match = matchInUse(at, current, keyTexts);
      if (match.slot !== undefined || match.several !== undefined) return match;
      const record = viewed(anyOf(archived, gone, keyTexts), view);
      return record === undefined ? nothing : { ...nothing, archived: record };
    },
  };
}

type View = (record: CurrentRecord) => CurrentRecord;

const asItIs: View = (record) => record;

function viewed(record: CurrentRecord | undefined, view: View): CurrentRecord | undefined {
  return record && view(record);
}

/** Slots by normalised value of one key. */
export type Index = ReadonlyMap<string, number | readonly number[]>;

const nothing: Match = { slot: undefined, record: undefined, key: undefined, several: undefined, different: undefined, archived: undefined };

function matchInUse(at: Matcher['at'], indexes: readonly Index[], keyTexts: readonly string[]): Match {
  let match = nothing;
  for (const [key, text] of keyTexts.entries()) {
    const slot = found(indexes, key, text);
    if (slot === undefined) continue;
    if (typeof slot !== 'number') match = { ...match, several: match.several ?? key };
    else if (match.slot === undefined) match = { ...match, slot, record: at(slot), key };
    else if (match.slot !== slot) match = { ...match, different: match.different ?? key };
  }
  return match;
}

function anyOf(records: readonly CurrentRecord[], indexes: readonly Index[], keyTexts: readonly string[]): CurrentRecord | undefined {
  for (const [key, text] of keyTexts.entries()) {
    const slot = found(indexes, key, text);
    if (slot === undefined) continue;
    const several = (typeof slot === 'number' ? [slot] : slot).flatMap((index) => records[index] ?? []);
    // Any of them would do, but the order of reading must not decide which one a report names.
    return several.sort((left, right) => byCodePoint(left.userId, right.userId))[0];
  }
  return undefined;
}

function found(indexes: readonly Index[], key: number, text: string): number | readonly number[] | undefined {
  return text === '' ? undefined : indexes[key]?.get(normaliseKey(text));
}

function indexBy(records: readonly CurrentRecord[], view: View, column: number): Index {
  const index = new Map<string, number | number[]>();
  for (const [slot, record] of records.entries()) {
    const value = normaliseKey(view(record).values[column] ?? null);
    if (value === '') continue;
    const known = index.get(value);
    if (known === undefined) index.set(value, slot);
    else if (typeof known === 'number') index.set(value, [known, slot]);
    else known.push(slot);
  }
  return index;
}
