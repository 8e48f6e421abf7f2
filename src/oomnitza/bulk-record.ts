import { epochSeconds } from '../converters/index.ts';
import type { FieldValue } from '../field-value.ts';
import type { InstanceField } from '../instance-field/index.ts';
import { normaliseKey, type PlanEntry } from '../plan/index.ts';

export type Fields = ReadonlyMap<string, InstanceField>;

/** The most that the vendor's own connector sends at once. */
const mostRecords = 100;

/** What one bulk call does to records that are there, and to those that are not. */
export interface BulkBatch {
  readonly entries: readonly PlanEntry[];
  /** By internal id of the field, a record for each entry. */
  readonly records: readonly Readonly<Record<string, FieldValue>>[];
  /** Internal ids of the fields by which a record is found. */
  readonly syncField: readonly string[];
  /** Makes the records that are not there, or changes those that are. */
  readonly action: 'create' | 'update';
}

/**
 * Whether the bulk API can express a change. It knows nothing of SaaS applications. It finds records by their keys, so that it cannot change those. That its
 * calls heed the header for fields that are not editable is not known.
 */
export function isForBulk(entry: PlanEntry, fields: Fields, keyFields: readonly string[]): boolean {
  if (entry.saas !== undefined || !entry.fields.every(({ field }) => isKnown(fields.get(field)))) return false;
  if (entry.action === 'create') return keysOf(entry, keyFields).length > 0;
  const { action, foundBy } = entry;
  if (action !== 'update' || foundBy === undefined || normaliseKey(foundBy.value) === '') return false;
  return fields.get(foundBy.field)?.internalId !== undefined && !entry.fields.some(({ field }) => keyFields.includes(field));
}

function isKnown(field: InstanceField | undefined): boolean {
  return field?.internalId !== undefined && field.editable;
}

/**
 * The calls that carry out changes which {@link isForBulk} holds for. Creates and updates never share one, and all
 * records of a call are found by the same fields.
 */
export function batchesOf(entries: readonly PlanEntry[], fields: Fields, keyFields: readonly string[]): readonly BulkBatch[] {
  const alike = Map.groupBy(entries, (entry) => JSON.stringify([entry.action, findersOf(entry, keyFields)]));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const action = first.action === 'create' ? 'create' : 'update';
    const syncField = findersOf(first, keyFields).map((field) => idOf(field, fields));
    const starts = Array.from({ length: Math.ceil(group.length / mostRecords) }, (_each, index) => index * mostRecords);
    return starts.map((start) => {
      const part = group.slice(start, start + mostRecords);
      return { entries: part, records: part.map((entry) => recordOf(entry, fields)), syncField, action };
    });
  });
}

/** For an update the key that found the record is enough; nobody may be created whom any key finds. */
function findersOf({ foundBy, ...entry }: PlanEntry, keyFields: readonly string[]): readonly string[] {
  return foundBy === undefined ? keysOf(entry, keyFields) : [foundBy.field];
}

/** The keys of which a change has a value. */
function keysOf(entry: PlanEntry, keyFields: readonly string[]): readonly string[] {
  return keyFields.filter((key) => entry.fields.some(({ field, after }) => field === key && normaliseKey(after) !== ''));
}

function recordOf({ foundBy, fields: changes }: PlanEntry, fields: Fields): Readonly<Record<string, FieldValue>> {
  const key = foundBy === undefined ? [] : [{ field: foundBy.field, after: foundBy.value }];
  // A field that is left out stays as it is; null clears it.
  return Object.fromEntries([...key, ...changes].map(({ field, after }) => [idOf(field, fields), bulkValue(after, fields.get(field))]));
}

function idOf(field: string, fields: Fields): string {
  return fields.get(field)?.internalId ?? field;
}

/** The vendor's connector sends dates as seconds since 1970. */
function bulkValue(value: FieldValue, field: InstanceField | undefined): FieldValue {
  if (field?.type !== 'date' || value === null || typeof value === 'boolean') return value;
  const seconds = epochSeconds.convert(/^\d+$/.test(String(value)) ? Number(value) : value);
  return typeof seconds === 'number' ? seconds : value;
}
