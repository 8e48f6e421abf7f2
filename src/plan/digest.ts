import { createHash } from 'node:crypto';
import { byCodePoint } from '../field-value.ts';
import { isWrite, type PlanEntry } from './plan.ts';

/** The parts of an entry that tell what it would write. */
type DigestedEntry = Pick<PlanEntry, 'action' | 'oomnitzaId' | 'syncKey' | 'fields'>;

/**
 * Identifies a plan by what it would write: lower-case hex SHA-256 of the canonical JSON of
 * `[action, Oomnitza id or sync key, field, before, after]` of every field, sorted by code point.
 */
export function digestOf(entries: readonly DigestedEntry[]): string {
  const hash = createHash('sha256').update('[');
  // The text of a large plan is larger than the plan, so no more of it is made at a time than is about one record.
  const keys: string[] = [];
  for (const [index, entry] of entries.entries()) if (isWrite(entry)) keys.push(`${headOf(entry)}\0${index}`);
  keys.sort(byCodePoint);
  let rows: string[] = [];
  let last = '';
  let separator = '';
  const give = (): void => {
    for (const row of rows.sort(byCodePoint)) {
      hash.update(`${separator}${row}`);
      separator = ',';
    }
    rows = [];
  };
  for (const key of keys) {
    const [head = '', index] = key.split('\0');
    if (head !== last) give();
    last = head;
    for (const { field, before, after } of entries[Number(index)]?.fields ?? []) rows.push(`${head},${JSON.stringify([field, before, after]).slice(1)}`);
  }
  give();
  return hash.update(']').digest('hex');
}

/** With what the rows of an entry begin; none is the beginning of another, so sorting by it is sorting the rows. */
function headOf({ action, oomnitzaId, syncKey }: DigestedEntry): string {
  return `["${action}",${JSON.stringify(oomnitzaId ?? syncKey)}`;
}
