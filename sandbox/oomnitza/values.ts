import type { InstanceBehaviour } from './behaviour.ts';
import { lengthOf, type FieldDefinition } from './fields.ts';
import type { FieldValue, OomnitzaRecord } from './record.ts';

/** A value as it will be stored, or what is wrong with it. */
export type ReadValue = { readonly value: FieldValue } | { readonly problem: string };

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads a value that a client sent for a field. */
export function readValue(field: FieldDefinition, sent: unknown): ReadValue {
  if (sent === null || sent === '') return { value: null };
  if (typeof sent === 'object') return problem(field, 'takes no list or object');
  const value = readScalar(field, sent);
  if (value === undefined) return problem(field, `does not take ${JSON.stringify(sent)}`);
  const limit = lengthOf(field.type);
  if (limit !== null && String(value).length > limit) return problem(field, `holds at most ${limit} characters`);
  if (field.options.length > 0 && !field.options.some(({ key }) => key === String(value))) {
    return problem(field, `has no option ${JSON.stringify(sent)}`);
  }
  return { value };
}

function readScalar(field: FieldDefinition, sent: unknown): FieldValue | undefined {
  switch (field.type) {
    case 'short-text':
    case 'long-text':
    case 'drop-down':
      return typeof sent === 'string' || typeof sent === 'number' ? String(sent) : undefined;
    case 'integer':
      return /^-?\d+$/.test(String(sent)) ? Number(sent) : undefined;
    case 'boolean':
      return readBoolean(sent);
    case 'date':
      return readDate(sent);
  }
}

function readBoolean(sent: unknown): boolean | undefined {
  if (sent === true || sent === 'true' || sent === 1 || sent === '1') return true;
  return sent === false || sent === 'false' || sent === 0 || sent === '0' ? false : undefined;
}

function readDate(sent: unknown): number | undefined {
  if (/^\d+$/.test(String(sent))) return Number(sent);
  if (typeof sent !== 'string' || !ISO_DATE.test(sent)) return undefined;
  // Oomnitza ignores an offset: what is written is taken for UTC.
  const seconds = Date.parse(`${sent.slice(0, 10)}T${sent.slice(11, 19) || '00:00:00'}Z`) / 1000;
  return Number.isNaN(seconds) ? undefined : seconds;
}

function problem(field: FieldDefinition, what: string): ReadValue {
  return { problem: `Field '${field.name}' ${what}.` };
}

/**
 * Writes records as the API shows them: every field, in the spelling of this instance.
 * Field names are escaped once, not for each of a hundred thousand records.
 */
export function recordWriter(
  fields: Iterable<FieldDefinition>,
  behaviour: InstanceBehaviour,
): (record: OomnitzaRecord) => string {
  const columns = [...fields].map((field, index) => ({
    name: field.name,
    key: `${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`,
    spell: spelling(field, behaviour),
  }));
  return (record) => {
    let text = '';
    for (const { name, key, spell } of columns) text += key + spell(record[name] ?? null);
    return `${text}}`;
  };
}

function spelling(field: FieldDefinition, behaviour: InstanceBehaviour): (value: FieldValue) => string {
  if (field.name === 'role' && behaviour.roles === 'text') return (value) => JSON.stringify(String(value));
  const { booleans } = behaviour;
  return (value) => {
    if (value === null) return 'null';
    if (typeof value !== 'boolean' || booleans === 'boolean') return JSON.stringify(value);
    return booleans === 'text' ? `"${value}"` : `"${Number(value)}"`;
  };
}
