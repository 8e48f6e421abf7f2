import type { SourcePath } from '../config/index.ts';
import { isEmpty, type FieldValue } from '../field-value.ts';

/** A value that no Oomnitza field can hold, with the reason in words. */
export class InvalidValue {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** What stands at a path of a directory user; anything missing on the way there is empty. */
export function valueAt(user: Readonly<Record<string, unknown>>, path: SourcePath): FieldValue | InvalidValue {
  let value: unknown = user;
  for (const segment of path.segments) {
    if (typeof value !== 'object' || value === null) return null;
    value = Object.hasOwn(value, segment) ? Reflect.get(value, segment) : undefined;
  }
  return fieldValueOf(value, path.text);
}

function fieldValueOf(value: unknown, source: string): FieldValue | InvalidValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return new InvalidValue(`\`${source}\` is an object; name one of its properties`);
  const texts: string[] = [];
  for (const element of value) {
    const text = fieldValueOf(element, source);
    if (text instanceof InvalidValue) return new InvalidValue(`\`${source}\` is a list of objects; name one element and one of its properties`);
    if (!isEmpty(text)) texts.push(String(text));
  }
  return texts.length === 0 ? null : texts.join(', ');
}
