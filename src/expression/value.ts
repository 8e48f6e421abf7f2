/** A point in time, as `timestamp(…)` gives it. */
export class Moment {
  readonly kind = 'time';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }
}

/** A length of time, as `duration(…)` gives it. */
export class Span {
  readonly kind = 'duration';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }
}

/** A run-time error other than a stumble. */
export class Failure {
  readonly kind = 'failure';
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** What an operation gives that met null where it needs a value. There is one: {@link stumble}. */
export class Stumble {
  readonly kind = 'stumble';
}

export const stumble = new Stumble();

export type Trouble = Failure | Stumble;

/** Lists hold what the directory gave, or what an expression made; {@link valueOf} reads their elements. */
export type List = readonly unknown[];

export type MapKey = string | number | boolean;

/** A map that stands in an expression. */
export type ValueMap = ReadonlyMap<MapKey, Value>;

/** An object of the directory, such as one of `user.assignedLicenses`. */
export type DirectoryObject = Readonly<Record<string, unknown>>;

/** What an expression works with. */
export type Value = string | number | boolean | null | Moment | Span | List | ValueMap | DirectoryObject;

export type Outcome = Value | Trouble;

export function isTrouble(outcome: Outcome): outcome is Trouble {
  return outcome instanceof Stumble || outcome instanceof Failure;
}

export function isList(value: unknown): value is List {
  return Array.isArray(value);
}

export function isMap(value: unknown): value is ValueMap {
  return value instanceof Map;
}

export function isDirectoryObject(value: unknown): value is DirectoryObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    !isMap(value) &&
    !(value instanceof Moment || value instanceof Span || value instanceof Failure || value instanceof Stumble)
  );
}

/** Anything that a directory user may hold, as a value; what JSON cannot say counts as missing, and missing is null. */
export function valueOf(raw: unknown): Value {
  if (typeof raw === 'string' || typeof raw === 'boolean' || typeof raw === 'number') return raw;
  if (isList(raw) || isMap(raw) || raw instanceof Moment || raw instanceof Span || isDirectoryObject(raw)) return raw;
  return null;
}

/** A property of an object that is there, or null. Inherited ones are not there. */
export function propertyOrNull(object: DirectoryObject, name: string): Value {
  return Object.hasOwn(object, name) ? valueOf(object[name]) : null;
}

/** A value in words, for messages: what it is, not what it says, since it may be a person's. */
export function valueInWords(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'number') return 'a number';
  if (value instanceof Moment) return 'a time';
  if (value instanceof Span) return 'a duration';
  if (isList(value)) return 'a list';
  return isMap(value) ? 'a map' : 'an object';
}
