import type { FieldValue } from '../field-value.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import type { OrderedWrite, PlanEntry } from '../plan/index.ts';

/** People as they were read for a plan. */
export interface RecordsRead {
  /** The fields whose values the records have, in that order. */
  readonly fields: readonly string[];
  readonly records: readonly CurrentRecord[];
}

/**
 * What the record of a change held when it was read, but for fields that some change of the same record writes: the answer to the change
 * tells by it whether somebody edited the record since.
 */
export function valuesRead({ fields, records }: RecordsRead, writes: readonly OrderedWrite[]): (entry: PlanEntry) => readonly (readonly [field: string, value: FieldValue])[] {
  const written = Map.groupBy(writes, ({ entry }) => entry.oomnitzaId);
  const read = new Map(records.flatMap((record) => (written.has(record.userId) ? [[record.userId, record.values]] : [])));
  return ({ oomnitzaId }) => {
    const values = oomnitzaId === null ? undefined : read.get(oomnitzaId);
    if (values === undefined) return [];
    const own = new Set(written.get(oomnitzaId)?.flatMap(({ entry }) => entry.fields.map(({ field }) => field)));
    return fields.flatMap((field, index) => (own.has(field) ? [] : [[field, values[index] ?? null] as const]));
  };
}
