import { createHash } from 'node:crypto';
import { byCodePoint } from '../field-value.ts';
import { isWrite, type PlanEntry } from './plan.ts';

/**
 * Identifies a plan by what it would write: lower-case hex SHA-256 of the canonical JSON of
 * `[action, Oomnitza id or sync key, field, before, after]` of every field, sorted by code point.
 */
export function digestOf(entries: readonly Pick<PlanEntry, 'action' | 'oomnitzaId' | 'syncKey' | 'fields'>[]): string {
  const rows: string[] = [];
  for (const entry of entries) {
    if (!isWrite(entry)) continue;
    for (const { field, before, after } of entry.fields) {
      rows.push(JSON.stringify([entry.action, entry.oomnitzaId ?? entry.syncKey, field, before, after]));
    }
  }
  return createHash('sha256').update(`[${rows.sort(byCodePoint).join(',')}]`).digest('hex');
}
