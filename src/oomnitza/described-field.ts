import { unknownField, type FieldOption, type FieldType, type InstanceField } from '../instance-field/index.ts';

/*
 * What the metadata of people look like is known from those of Oomnitza's other objects, and how types and marks are
 * spelt is not documented. So every likely spelling is read, and whatever is not understood counts as not told.
 */

/** The documented lengths, where the metadata do not say. */
const shortText = 256;
const longText = 1024;

const types = new Map<string, FieldType>([
  ...['text', 'string', 'shorttext', 'shortstring', 'longtext', 'longstring', 'textarea', 'char', 'varchar', 'email', 'phone', 'url'].map((word) => [word, 'text'] as const),
  ...['int', 'integer', 'bigint', 'wholenumber'].map((word) => [word, 'integer'] as const),
  ...['number', 'numeric', 'decimal', 'float', 'double', 'currency', 'money'].map((word) => [word, 'number'] as const),
  ...['bool', 'boolean', 'checkbox', 'yesno', 'truefalse'].map((word) => [word, 'boolean'] as const),
  ...['date', 'datetime', 'timestamp'].map((word) => [word, 'date'] as const),
]);
const yesses = new Set(['true', 't', 'yes', 'y', 'on', '1']);
const noes = new Set(['false', 'f', 'no', 'n', 'off', '0']);
const longTexts = new Set(['text', 'longtext', 'longstring', 'textarea']);

/** The internal ids that every instance has, as the vendor's own connector writes them. */
const standardIds = new Map([
  ['username', 'USER'],
  ['email', 'EMAIL'],
  ['first_name', 'FIRST_NAME'],
  ['last_name', 'LAST_NAME'],
  ['phone_number', 'PHONE'],
  ['address', 'ADDRESS'],
  ['position', 'POSITION'],
  ['role', 'PERMISSIONS_ID'],
]);

/** A field as the metadata describe it. */
export function describedField(name: string, description: unknown): InstanceField {
  if (typeof description !== 'object' || description === null) return unknownField(name);
  const word = wordOf(Reflect.get(description, 'data_type')).replace(/[^a-z]/g, '');
  const type = types.get(word) ?? 'unknown';
  const editable = !noes.has(wordOf(Reflect.get(description, 'editable')));
  return {
    name,
    label: textOf(Reflect.get(description, 'label')) || undefined,
    internalId: standardIds.get(name) ?? (textOf(Reflect.get(description, 'internal_id')) || undefined),
    type,
    maxLength: type === 'text' ? (lengthOf(Reflect.get(description, 'length')) ?? (longTexts.has(word) ? longText : shortText)) : undefined,
    options: optionsOf(Reflect.get(description, 'searchhelp')),
    editable,
    unique: yesses.has(wordOf(Reflect.get(description, 'unique'))),
    required: editable && noes.has(wordOf(Reflect.get(description, 'optional'))) && wordOf(Reflect.get(description, 'default_value')) === '',
  };
}

function wordOf(mark: unknown): string {
  return typeof mark === 'string' || typeof mark === 'number' || typeof mark === 'boolean' ? String(mark).trim().toLowerCase() : '';
}

function lengthOf(length: unknown): number | undefined {
  const word = wordOf(length);
  return /^[1-9]\d{0,8}(?:\.0*)?$/.test(word) ? Number(word) : undefined;
}

/** Of a list that is not understood as a whole nothing is taken: whatever is in the rest would be refused. */
function optionsOf(list: unknown): readonly FieldOption[] {
  if (!Array.isArray(list)) return [];
  const options = list.map(optionOf).filter((option) => option !== undefined);
  return options.length === list.length ? options : [];
}

function optionOf(entry: unknown): FieldOption | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const [key, label] = ['key', 'value'].map((name) => textOf(Reflect.get(entry, name)));
  return key === undefined || label === undefined ? undefined : { key, label };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : undefined;
}
