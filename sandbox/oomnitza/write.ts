import { isRecord } from '../http/exchange.ts';
import { OomnitzaError } from './errors.ts';
import type { FieldDefinition } from './fields.ts';
import type { OomnitzaInstance } from './instance.ts';
import { foldValue, type FieldValue, type FieldValues, type OomnitzaRecord } from './record.ts';
import { readValue } from './values.ts';

/** Creates a record by the rules of the API. @throws OomnitzaError 400 or 409 */
export function createRecord(instance: OomnitzaInstance, sent: unknown, ignoreRestriction: boolean): OomnitzaRecord {
  const values = readValues(instance, sent, ignoreRestriction);
  const missing = [...instance.fields.values()].filter(
    ({ name, optional, system }) => !optional && !system && isAbsent(values[name]),
  );
  if (missing.length > 0) throw new OomnitzaError(400, ...missing.map(({ name }) => `Field '${name}' is mandatory.`));
  checkUnique(instance, values, undefined);
  return instance.addRecord(values);
}

/** Changes a record by the rules of the API. @throws OomnitzaError 400 or 409 */
export function changeRecord(
  instance: OomnitzaInstance,
  record: OomnitzaRecord,
  sent: unknown,
  ignoreRestriction: boolean,
): OomnitzaRecord {
  const values = readValues(instance, sent, ignoreRestriction);
  for (const [name, value] of Object.entries(values)) {
    if (isAbsent(value) && !instance.field(name).optional) throw new OomnitzaError(400, `Field '${name}' is mandatory.`);
  }
  checkUnique(instance, values, record);
  return instance.updateRecord(record.user_id, { ...derived(record, values), changed_by: 'api' });
}

function readValues(instance: OomnitzaInstance, sent: unknown, ignoreRestriction: boolean): FieldValues {
  if (!isRecord(sent)) throw new OomnitzaError(400, 'The body has to be a JSON object.');
  const values: Record<string, FieldValue> = {};
  const problems: string[] = [];
  for (const [name, content] of Object.entries(sent)) {
    const field = instance.fields.get(name);
    if (field === undefined) problems.push(`Unknown field '${name}'.`);
    else if (!isWritable(field, ignoreRestriction)) problems.push(`Field '${name}' is not editable.`);
    else {
      const read = readValue(field, content);
      if ('problem' in read) problems.push(read.problem);
      else values[name] = field.stores?.(read.value) ?? read.value;
    }
  }
  if (problems.length > 0) throw new OomnitzaError(400, ...problems);
  return values;
}

function isWritable(field: FieldDefinition, ignoreRestriction: boolean): boolean {
  return field.editable || (ignoreRestriction && !field.system);
}

/** A value that a record already has may stay, even where old data breaks the rule. */
function checkUnique(instance: OomnitzaInstance, values: FieldValues, record: OomnitzaRecord | undefined): void {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (!instance.field(name).unique || isAbsent(value)) continue;
    if (record !== undefined && foldValue(record[name]) === foldValue(value)) continue;
    const taken = instance.holders(name, value).some((holder) => holder.user_id !== record?.user_id);
    if (taken) problems.push(`Another user has the ${name} '${value}'.`);
  }
  if (problems.length > 0) throw new OomnitzaError(409, ...problems);
}

/** The full name follows the names it is made of, unless it is given. */
function derived(record: OomnitzaRecord, values: FieldValues): FieldValues {
  if ('full_name' in values || !('first_name' in values || 'last_name' in values)) return values;
  const named = { ...record, ...values };
  return { ...values, full_name: [named['first_name'], named['last_name']].filter(Boolean).join(' ') || null };
}

function isAbsent(value: FieldValue | undefined): boolean {
  return value === null || value === undefined || value === '';
}
