import type { InstanceBehaviour } from './behaviour.ts';
import { lengthOf, type FieldDefinition } from './fields.ts';
import type { OomnitzaInstance } from './instance.ts';

/** The body of `GET /api/v3/users/meta`: every field by its name. */
export function describeFields(instance: OomnitzaInstance): Record<string, unknown> {
  const described: Record<string, unknown> = {};
  for (const field of instance.fields.values()) described[field.name] = describeField(field, instance.behaviour);
  return described;
}

function describeField(field: FieldDefinition, behaviour: InstanceBehaviour): unknown {
  const flag = (value: boolean): string | boolean => {
    if (behaviour.flags === 'boolean') return value;
    if (behaviour.flags === '1') return value ? '1' : '0';
    const word = String(value);
    return behaviour.flags === 'True' ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  };
  return {
    internal_id: field.internalId,
    uid: field.name,
    label: field.label,
    data_type: DATA_TYPES[field.type],
    length: lengthOf(field.type),
    editable: flag(field.editable),
    optional: flag(field.optional),
    unique: flag(field.unique),
    searchhelp: field.options,
    default_value: null,
  };
}

const DATA_TYPES: Readonly<Record<FieldDefinition['type'], string>> = {
  'short-text': 'STRING',
  'long-text': 'TEXT',
  integer: 'INTEGER',
  boolean: 'BOOLEAN',
  date: 'DATE',
  'drop-down': 'STRING',
};
