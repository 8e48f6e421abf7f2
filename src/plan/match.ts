import { byCodePoint, textOf, type FieldValue } from '../field-value.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';

/** The form in which key values are compared: trimmed, and in lower case. Empty means that there is no value. */
export function normaliseKey(value: FieldValue): string {
  return textOf(value).trim().toLowerCase();
}

/** What the keys of one user found among the current records. */
export interface Match {
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

type Index = ReadonlyMap<string, CurrentRecord | readonly CurrentRecord[]>;

/** Finds current records by key values. */
export interface Matcher {
  /** @param keyTexts one for each key; empty where the user has none */
  match(keyTexts: readonly string[]): Match;
}

/** @param keyColumns for each key in order, the index of its field among the values of a record */
export function createMatcher(records: readonly CurrentRecord[], keyColumns: readonly number[]): Matcher {
  const archived = records.filter((record) => record.archived);
  const inUse = archived.length === 0 ? records : records.filter((record) => !record.archived);
  const current = keyColumns.map((column) => indexBy(inUse, column));
  const gone = keyColumns.map((column) => indexBy(archived, column));
  return {
    match(keyTexts) {
      const match = matchInUse(current, keyTexts);
      if (match.record !== undefined || match.several !== undefined) return match;
      const record = firstFound(gone, keyTexts);
      return record === undefined ? nothing : { ...nothing, archived: record };
    },
  };
}

const nothing: Match = { record: undefined, key: undefined, several: undefined, different: undefined, archived: undefined };

function matchInUse(indexes: readonly Index[], keyTexts: readonly string[]): Match {
  let match = nothing;
  for (const [key, text] of keyTexts.entries()) {
    const found = text === '' ? undefined : indexes[key]?.get(text.toLowerCase());
    if (found === undefined) continue;
    if (isList(found)) match = { ...match, several: match.several ?? key };
    else if (match.record === undefined) match = { ...match, record: found, key };
    else if (match.record !== found) match = { ...match, different: match.different ?? key };
  }
  return match;
}

function firstFound(indexes: readonly Index[], keyTexts: readonly string[]): CurrentRecord | undefined {
  for (const [key, text] of keyTexts.entries()) {
    const found = text === '' ? undefined : indexes[key]?.get(text.toLowerCase());
    if (found === undefined) continue;
    // Any of them would do, but the order of reading must not decide which one a report names.
    return isList(found) ? found.toSorted((left, right) => byCodePoint(left.userId, right.userId))[0] : found;
  }
  return undefined;
}

function isList(found: CurrentRecord | readonly CurrentRecord[]): found is readonly CurrentRecord[] {
  return Array.isArray(found);
}

function indexBy(records: readonly CurrentRecord[], column: number): Index {
  const index = new Map<string, CurrentRecord | CurrentRecord[]>();
  for (const record of records) {
    const value = normaliseKey(record.values[column] ?? null);
    if (value === '') continue;
    const known = index.get(value);
    if (known === undefined) index.set(value, record);
    else if (Array.isArray(known)) known.push(record);
    else index.set(value, [known, record]);
  }
  return index;
}
