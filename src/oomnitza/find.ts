import type { FieldValue } from '../field-value.ts';
import { HttpFailure } from '../http/index.ts';
import { normaliseKey, type PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { fieldValue } from './record.ts';

/**
 * Looks for the record that a create would have made: one that has the value of a sync key.
 *
 * @param keyFields tried in this order
 * @returns the record, as Oomnitza answers it; `nobody` where there is none; `unknown` where Oomnitza does not say
 */
export async function findCreated(oomnitza: Oomnitza, entry: PlanEntry, keyFields: readonly string[]): Promise<object | 'nobody' | 'unknown'> {
  for (const field of keyFields) {
    const value = entry.fields.find((change) => change.field === field)?.after ?? null;
    const literal = quoted(String(value));
    if (normaliseKey(value) !== '' && literal !== undefined) return await recordHaving(oomnitza, field, value, literal);
  }
  return 'unknown';
}

async function recordHaving(oomnitza: Oomnitza, field: string, value: FieldValue, literal: string): Promise<object | 'nobody' | 'unknown'> {
  const records = await recordsWhere(oomnitza, `${field} eq ${literal}`);
  if (records === undefined) return 'unknown';
  const found = records.find((record) => hasValue(record, field, value));
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

function hasValue(record: unknown, field: string, value: FieldValue): boolean {
  return normaliseKey(fieldValue(Reflect.get(Object(record), field))) === normaliseKey(value);
}

/** How a quote inside a value is escaped is not documented, so the other kind of quotes goes around it. */
export function quoted(value: string): string | undefined {
  if (!value.includes("'")) return `'${value}'`;
  return value.includes('"') ? undefined : `"${value}"`;
}
