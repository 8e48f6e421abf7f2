import pMap from 'p-map';
import { normaliseKey, type PlanEntry } from '../plan/index.ts';
import { callForAnswer, type Oomnitza } from './client.ts';
import { quoted } from './find.ts';
import { readRecords } from './read.ts';
import { currentRecord, type CurrentRecord } from './record.ts';

const pageSize = 500;
/** Servers commonly refuse addresses above eight thousand characters. */
const mostValues = 100;
const longestList = 6_000;

/** Who is to be read again, and what of them. */
export interface Again {
  readonly entries: readonly PlanEntry[];
  /** With the sync keys among them. */
  readonly fields: readonly string[];
  /** People whom the instance has, about. */
  readonly people: number;
  /** In this order, whoever was to be created is looked for. */
  readonly keyFields: readonly string[];
  readonly concurrency: number;
  readonly notice: (sentence: string) => void;
}

/** Some people as they are now, with the fields asked for. */
export interface PeopleNow {
  /** The person whom a change was about, as far as there is one. */
  of(entry: PlanEntry): CurrentRecord | undefined;
}

/** A field by which records are looked up, with values of it. */
interface LookUp {
  readonly field: string;
  readonly values: readonly string[];
}

/**
 * Reads the people again whom changes were about: by filter, or all of the instance where that takes fewer calls, the
 * instance does not filter, or somebody is not found so.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readAgain(oomnitza: Oomnitza, again: Again): Promise<PeopleNow> {
  const { fields } = again;
  const lookUps = lookUpsOf(again);
  const fewer = lookUps !== undefined && lookUps.length <= Math.ceil(again.people / pageSize);
  const filtered = fewer ? await filteredRecords(oomnitza, lookUps, fields, again.concurrency) : undefined;
  const everybody = { fields, concurrency: again.concurrency, onProgress: () => undefined, notice: again.notice };
  const found = filtered === undefined ? undefined : indexed(filtered, fields, again.keyFields);
  // A filter may tell letters apart, or know a key in the form alone in which the instance keeps it.
  if (found !== undefined && again.entries.every((entry) => found.of(entry) !== undefined)) return found;
  return indexed((await readRecords(oomnitza, everybody)).records, fields, again.keyFields);
}

/** What a person is looked up by; a create has no id yet. */
function sought(entry: PlanEntry, keyFields: readonly string[]): { readonly field: string; readonly value: string } | undefined {
  if (entry.oomnitzaId !== null) return { field: 'user_id', value: entry.oomnitzaId };
  for (const key of keyFields) {
    const value = entry.fields.find(({ field }) => field === key)?.after ?? null;
    if (normaliseKey(value) !== '') return { field: key, value: String(value) };
  }
  return undefined;
}

/** `undefined` where a value cannot be written in a filter. */
function lookUpsOf({ entries, keyFields }: Again): readonly LookUp[] | undefined {
  const wanted = Map.groupBy(entries.flatMap((entry) => sought(entry, keyFields) ?? []), ({ field }) => field);
  if ([...wanted.values()].flat().some(({ value }) => quoted(value) === undefined)) return undefined;
  return [...wanted].flatMap(([field, people]) => inParts(people.map(({ value }) => value)).map((values) => ({ field, values })));
}

function inParts(values: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const value of values) {
    const more = encodeURIComponent(`"${value}",`).length;
    if (length + more > longestList || (parts.at(-1)?.length ?? 0) === mostValues) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(value);
    length += more;
  }
  return parts;
}

/** `undefined` where the instance answers with somebody who was not asked for: then the rest may be missing. */
async function filteredRecords(oomnitza: Oomnitza, lookUps: readonly LookUp[], fields: readonly string[], concurrency: number): Promise<readonly CurrentRecord[] | undefined> {
  const found = await pMap(lookUps, (lookUp) => matching(oomnitza, lookUp, fields), { concurrency });
  const known = found.filter((records) => records !== undefined);
  return known.length === found.length ? known.flat() : undefined;
}

async function matching(oomnitza: Oomnitza, { field, values }: LookUp, fields: readonly string[]): Promise<readonly CurrentRecord[] | undefined> {
  const asked = new Set(values.map(normaliseKey));
  const column = fields.indexOf(field);
  const records: CurrentRecord[] = [];
  const filter = `${field} IN [${values.map((value) => quoted(value) ?? '').join(',')}]`;
  for (let got = 1; got > 0 && records.length < values.length; ) {
    const parameters = { limit: String(pageSize), skip: String(records.length), sortby: 'user_id asc', filter };
    const { json } = await callForAnswer(oomnitza, { method: 'GET', path: '/api/v3/users', parameters, doing: 'reading people again' });
    if (!Array.isArray(json)) return undefined;
    const page = json.map((element: unknown) => currentRecord(element, fields));
    for (const record of page) {
      const value = record === undefined ? '' : normaliseKey(column === -1 ? record.userId : (record.values[column] ?? null));
      if (record === undefined || !asked.has(value)) return undefined;
      records.push(record);
    }
    got = page.length;
  }
  return records;
}

function indexed(records: readonly CurrentRecord[], fields: readonly string[], keyFields: readonly string[]): PeopleNow {
  const byId = new Map(records.map((record) => [record.userId, record]));
  const inUse = records.filter(({ archived }) => !archived);
  const byKey = new Map(keyFields.map((key) => [key, Map.groupBy(inUse, ({ values }) => normaliseKey(values[fields.indexOf(key)] ?? null))]));
  return {
    of(entry) {
      const by = sought(entry, keyFields);
      if (by === undefined) return undefined;
      return by.field === 'user_id' && entry.oomnitzaId !== null ? byId.get(by.value) : byKey.get(by.field)?.get(normaliseKey(by.value))?.[0];
    },
  };
}
