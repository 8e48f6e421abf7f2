import { normaliseKey, type PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { fieldValue } from './record.ts';

/**
 * Looks for the record that a create would have made: one that has the values of the sync keys.
 *
 * @returns whether there is one; `undefined` where Oomnitza does not say
 */
export async function isThere(oomnitza: Oomnitza, entry: PlanEntry, keyFields: readonly string[]): Promise<boolean | undefined> {
  const keys = entry.fields.filter(({ field, after }) => keyFields.includes(field) && normaliseKey(after) !== '');
  for (const { field, after } of keys) {
    const literal = quoted(String(after));
    if (literal === undefined) continue;
    const { status, json } = await oomnitza.call({
      method: 'GET',
      path: '/api/v3/users',
      parameters: { limit: '10', skip: '0', filter: `${field} eq ${literal}` },
      doing: 'looking a person up',
    });
    if (status !== 200) return undefined;
    // An instance that ignores a filter it does not understand would answer with anybody.
    return Array.isArray(json) && json.some((record: unknown) => hasValue(record, field, after));
  }
  return undefined;
}

function hasValue(record: unknown, field: string, value: PlanEntry['fields'][number]['after']): boolean {
  return normaliseKey(fieldValue(Reflect.get(Object(record), field))) === normaliseKey(value);
}

/** How a quote inside a value is escaped is not documented, so the other kind of quotes goes around it. */
function quoted(value: string): string | undefined {
  if (!value.includes("'")) return `'${value}'`;
  return value.includes('"') ? undefined : `"${value}"`;
}
