import type { BulkPortion, BulkRecord } from './bulk-portion.ts';
import { OomnitzaError } from './errors.ts';
import type { OomnitzaInstance } from './instance.ts';
import { foldValue, type OomnitzaRecord } from './record.ts';
import { readValue } from './values.ts';
import { changeRecord, createRecord } from './write.ts';

/** Does with one record what its call asked for, by the rules that hold for every write. */
export function processRecord(instance: OomnitzaInstance, portion: BulkPortion, record: BulkRecord): void {
  if (record.state !== 'processing') return;
  if (portion.canceled) {
    record.state = 'canceled';
    return;
  }
  try {
    record.state = write(instance, record);
  } catch (error) {
    if (!(error instanceof OomnitzaError)) throw error;
    record.state = 'failed';
    record.words = error.message;
  }
}

function write(instance: OomnitzaInstance, record: BulkRecord): BulkRecord['state'] {
  const values = byName(instance, record.content);
  const holder = find(instance, record, values);
  if (holder === undefined && !record.updateOnly) {
    createRecord(instance, values, record.ignoreRestriction);
    return 'added';
  }
  if (holder === undefined || record.insertOnly) {
    record.words = holder === undefined ? 'No object to update was found.' : 'An object with this sync field exists.';
    return 'skipped';
  }
  const differs = Object.entries(values).some(([name, sent]) => {
    const field = instance.field(name);
    const read = readValue(field, sent);
    return 'problem' in read || (holder[name] ?? null) !== (field.stores?.(read.value) ?? read.value);
  });
  if (!differs) return 'unchanged';
  changeRecord(instance, holder, values, record.ignoreRestriction);
  return 'updated';
}

function byName(instance: OomnitzaInstance, content: BulkRecord['content']): Record<string, unknown> {
  const names = new Map([...instance.fields.values()].map(({ name, internalId }) => [internalId, name]));
  return Object.fromEntries(
    Object.entries(content).map(([id, value]) => {
      const name = names.get(id);
      if (name === undefined) throw new OomnitzaError(400, `Unknown field '${id}'.`);
      return [name, value];
    }),
  );
}

/** The one record that the sync fields find. */
function find(instance: OomnitzaInstance, { syncField }: BulkRecord, values: Readonly<Record<string, unknown>>): OomnitzaRecord | undefined {
  const names = syncField.map((id) => [...instance.fields.values()].find(({ internalId }) => internalId === id)?.name);
  const found = names.map((name) => {
    if (name === undefined) throw new OomnitzaError(400, 'Unknown sync field.');
    const value = values[name];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return instance.holders(name, value).filter((record) => foldValue(record['deleted']) === '');
  });
  const [first = [], ...others] = instance.behaviour.bulkMatching === 'any' ? [found.find((holders) => holders.length > 0) ?? []] : found;
  const holders = first.filter((record) => others.every((other) => other.includes(record)));
  if (holders.length > 1) throw new OomnitzaError(400, 'Several objects have this sync field.');
  return holders[0];
}
