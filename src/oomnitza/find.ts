import type { FieldValue } from '../field-value.ts';
import { HttpFailure } from '../http/index.ts';
import { normaliseKey, type PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { fieldValue } from './record.ts';

/** The record, as Oomnitza answers it; `other` where somebody else has the key; `unknown` where Oomnitza does not say. */
export type Found = object | 'nobody' | 'other' | 'unknown';

/**
 * Looks for the record that a create would have made: one that has the value of a sync key, and the user name.
 *
 * @param keyFields tried in this order
 * @param thoroughly whether to ask in every way before believing that there is nobody: a filter may tell letters apart, and
 *   the instance may keep a key in a form of its own
 */
export async function findCreated(oomnitza: Oomnitza, entry: PlanEntry, keyFields: readonly string[], thoroughly = true): Promise<Found> {
  const [key] = keyFields.flatMap((field) => {
    const value = valueIn(entry, field);
    return normaliseKey(value) === '' || quoted(String(value)) === undefined ? [] : [{ field, value }];
  });
  if (key === undefined) return 'unknown';
  const username = valueIn(entry, 'username');
  const ways: (Key & { readonly is: Key })[] = [{ ...key, is: key }];
  if (thoroughly && normaliseKey(key.value) !== String(key.value)) ways.push({ field: key.field, value: normaliseKey(key.value), is: key });
  if (thoroughly && key.field !== 'username' && normaliseKey(username) !== '') ways.push({ field: 'username', value: username, is: { field: 'username', value: username } });
  for (const way of ways) {
    const found = await recordHaving(oomnitza, way);
    if (found === 'nobody') continue;
    if (found === 'unknown') return 'unknown';
    // Whether the instance changed the key beyond recognition, or the user name was somebody else's before, is not to be seen.
    if (!hasValue(found, key)) return 'unknown';
    return Object.hasOwn(found, 'username') && normaliseKey(username) !== '' && !hasValue(found, { field: 'username', value: username }) ? 'other' : found;
  }
  return 'nobody';
}

interface Key {
  readonly field: string;
  readonly value: FieldValue;
}

function valueIn(entry: PlanEntry, field: string): FieldValue {
  return entry.fields.find((change) => change.field === field)?.after ?? null;
}

async function recordHaving(oomnitza: Oomnitza, { field, value, is }: Key & { readonly is: Key }): Promise<object | 'nobody' | 'unknown'> {
  const literal = quoted(String(value));
  const records = literal === undefined ? undefined : await recordsWhere(oomnitza, `${field} eq ${literal}`);
  if (records === undefined) return 'unknown';
  const found = records.find((record) => hasValue(record, is));
  if (typeof found === 'object' && found !== null) return found;
  // An instance that does not understand a filter may ignore it and answer with anybody, which proves nothing.
  return records.length === 0 ? 'nobody' : 'unknown';
}

async function recordsWhere(oomnitza: Oomnitza, filter: string): Promise<readonly unknown[] | undefined> {
  try {
    const { status, json } = await oomnitza.call({ method: 'GET', path: '/api/v3/users', parameters: { limit: '10', skip: '0', filter }, doing: 'looking a person up' });
    return status === 200 && Array.isArray(json) ? json : undefined;
  } catch (thrown) {
    if (thrown instanceof HttpFailure) return undefined;
    throw thrown;
  }
}

function hasValue(record: unknown, { field, value }: Key): boolean {
  return normaliseKey(fieldValue(Reflect.get(Object(record), field))) === normaliseKey(value);
}

/** How a quote inside a value is escaped is not documented, so the other kind of quotes goes around it. */
export function quoted(value: string): string | undefined {
  if (!value.includes("'")) return `'${value}'`;
  return value.includes('"') ? undefined : `"${value}"`;
}
