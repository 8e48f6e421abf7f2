import type { FieldValue } from '../field-value.ts';
import type { PlanEntry } from '../plan/index.ts';

/** What a write sends: the fields that change, and no other. */
export function bodyOf(entry: PlanEntry): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(entry.fields.map(({ field, after }) => [field, after]));
}
