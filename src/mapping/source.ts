import type { SourcePath } from '../config/index.ts';
import { InvalidValue, type Convertible } from '../converters/index.ts';
import { isEmpty, type FieldValue } from '../field-value.ts';

/** What stands at a path of a directory user; anything missing on the way there is empty. Lists stay lists. */
export function valueAt(user: Readonly<Record<string, unknown>>, path: SourcePath): Convertible | InvalidValue {
  let value: unknown = user;
  for (const segment of path.segments) {
    if (typeof value !== 'object' || value === null) return null;
    value = Object.hasOwn(value, segment) ? Reflect.get(value, segment) : undefined;
  }
  if (!Array.isArray(value)) {
    const scalar = scalarOf(value);
    return scalar === undefined ? new InvalidValue(`\`${path.text}\` is an object; name one of its properties`) : scalar;
  }
  const elements: FieldValue[] = [];
  for (const element of value) {
    const scalar = scalarOf(element);
    if (scalar === undefined) return new InvalidValue(`\`${path.text}\` is a list of objects; name one element and one of its properties`);
    elements.push(scalar);
  }
  return elements;
}

/** `undefined` for what is neither empty nor a single value. */
function scalarOf(value: unknown): FieldValue | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** Nothing to write: an empty value, or a list of nothing else. */
export function isNothing(value: Convertible): boolean {
  return isList(value) ? value.every(isEmpty) : isEmpty(value);
}

/** A list as the one text that a field takes, without its empty elements. */
export function joined(value: Convertible): FieldValue {
  if (!isList(value)) return value;
  const texts = value.filter((element) => !isEmpty(element));
  return texts.length === 0 ? null : texts.join(', ');
}

function isList(value: Convertible): value is readonly FieldValue[] {
  return Array.isArray(value);
}
