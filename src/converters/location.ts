import { isEmpty, textOf, type FieldValue } from '../field-value.ts';
import { defineConverter, type Converter } from './converter.ts';
import { InvalidValue } from './invalid-value.ts';

/** A location as Oomnitza describes it: its fields by name. */
export type Location = Readonly<Record<string, FieldValue>>;

/**
 * Makes the converter that finds a location, for the locations of one instance.
 *
 * @param locations all locations of the instance
 */
export function locationConverter(locations: readonly Location[]): Converter {
  const indexes = new Map<string, ReadonlyMap<string, FieldValue | InvalidValue>>();
  return defineConverter({
    name: 'location',
    description: 'Finds the location of your Oomnitza instance that holds the text in its field `label`, and gives its field `field`; a text that is such a value already is found as well.',
    parameters: {
      field: { type: 'text', default: 'location_id', description: 'The field of the location that is given.' },
      label: { type: 'text', default: 'name', description: 'The field of the location that holds the text.' },
    },
    takes: ['text'],
    gives: 'any',
    example: { input: 'Berlin', args: { field: 'location_id', label: 'name' }, output: 'ber-1' },
    convert(text, { field, label }) {
      const key = JSON.stringify([field, label]);
      const index = indexes.get(key) ?? indexOf(locations, field, label);
      indexes.set(key, index);
      return index.get(text) ?? index.get(idKey(text)) ?? new InvalidValue(`\`location\` finds no location with this \`${label}\``);
    },
  });
}

/** A text that is an id itself is found by it, whatever its letter case, as in the vendor's converters/location.py. */
function indexOf(locations: readonly Location[], field: string, label: string): Map<string, FieldValue | InvalidValue> {
  const index = new Map<string, FieldValue | InvalidValue>();
  for (const location of locations) {
    const result = location[field] ?? null;
    const text = textOf(location[label] ?? null);
    if (isEmpty(result) || text === '') continue;
    const other = index.get(text);
    const isAmbiguous = other !== undefined && other !== result;
    index.set(text, isAmbiguous ? new InvalidValue(`\`location\` finds several locations with this \`${label}\``) : result);
    index.set(idKey(String(result)), result);
  }
  return index;
}

/** Cannot be a label, which is never looked up with this in front. */
function idKey(id: string): string {
  return `\u0000${id.toLowerCase()}`;
}
