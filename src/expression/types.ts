import type { GraphObject, GraphType } from '../graph-user/index.ts';

/**
 * What an expression gives, as far as that is known before any user is read. Every type but `null` includes null.
 * `any` is known only for each user: extension attributes, and lists or maps of mixed values.
 */
export type Type =
  | { readonly kind: 'boolean' | 'integer' | 'decimal' | 'time' | 'duration' | 'null' | 'any' }
  /** `isTime`: a date and time in ISO 8601, as Graph gives all of them. */
  | { readonly kind: 'text'; readonly isTime?: true }
  | { readonly kind: 'list'; readonly element: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'object'; readonly object: GraphObject };

export const anything: Type = { kind: 'any' };
export const boolean: Type = { kind: 'boolean' };
export const decimal: Type = { kind: 'decimal' };
export const duration: Type = { kind: 'duration' };
export const integer: Type = { kind: 'integer' };
export const text: Type = { kind: 'text' };
export const time: Type = { kind: 'time' };
export const nothing: Type = { kind: 'null' };

export function listOf(element: Type): Type {
  return { kind: 'list', element };
}

/** The type of a property of a directory user. */
export function typeOfGraph(type: GraphType): Type {
  switch (type.kind) {
    case 'text':
    case 'boolean':
    case 'integer':
    case 'any':
      return { kind: type.kind };
    case 'date-time':
      return { kind: 'text', isTime: true };
    case 'list':
      return listOf(typeOfGraph(type.of));
    case 'object':
      return { kind: 'object', object: type };
  }
}

const elementsInWords: ReadonlyMap<Type['kind'], string> = new Map([
  ['text', ' of texts'],
  ['integer', ' of integers'],
  ['list', ' of lists'],
  ['map', ' of maps'],
  ['object', ' of objects'],
]);

/** A type in words, with its article. */
export function typeInWords(type: Type): string {
  switch (type.kind) {
    case 'text':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return 'an integer';
    case 'decimal':
      return 'a decimal number';
    case 'time':
      return 'a time';
    case 'duration':
      return 'a duration';
    case 'null':
      return 'null';
    case 'any':
      return 'a value of unknown type';
    case 'list':
      return `a list${elementsInWords.get(type.element.kind) ?? ''}`;
    case 'map':
      return 'a map';
    case 'object':
      return `an object (\`${type.object.name}\`)`;
  }
}

export function isNumber({ kind }: Type): boolean {
  return kind === 'integer' || kind === 'decimal';
}

/** Whether two values can be the same: what `==`, `in` and the outcomes of a choice demand. */
export function comparable(left: Type, right: Type): boolean {
  if ([left, right].some(({ kind }) => kind === 'any' || kind === 'null')) return true;
  if (isNumber(left) && isNumber(right)) return true;
  if (left.kind === 'list' && right.kind === 'list') return comparable(left.element, right.element);
  if (left.kind === 'map' && right.kind === 'map') return comparable(left.key, right.key) && comparable(left.value, right.value);
  return left.kind === right.kind;
}

/** The type that covers both; `any` where they have nothing in common. */
export function joined(left: Type, right: Type): Type {
  if (right.kind === 'null') return left;
  if (left.kind === 'null') return right;
  if (isNumber(left) && isNumber(right)) return left.kind === right.kind ? left : decimal;
  if (left.kind === 'text' && right.kind === 'text') return left.isTime === right.isTime ? left : text;
  if (left.kind === 'list' && right.kind === 'list') return listOf(joined(left.element, right.element));
  if (left.kind === 'map' && right.kind === 'map') {
    return { kind: 'map', key: joined(left.key, right.key), value: joined(left.value, right.value) };
  }
  if (left.kind === 'object' && right.kind === 'object') return left.object === right.object ? left : anything;
  return left.kind === right.kind ? left : anything;
}
