/** The value of one Oomnitza field on its way through the pipeline; `null` is empty. */
export type FieldValue = string | number | boolean | null;

/** A value that a sync file can state: never empty by type, though a text may be blank. */
export type Scalar = string | number | boolean;

/**
 * Nothing to write: `null`, or a text of white space alone, which counts as the empty text. `false` and `0` are values.
 */
export function isEmpty(value: FieldValue): value is null | '' {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** The value as a person reads it; empty gives an empty text. */
export function textOf(value: FieldValue): string {
  return value === null ? '' : String(value);
}

const isoDate = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/;
const integer = /^-?\d{1,15}$/;

/** Seconds since 1970 of an ISO 8601 date or time (UTC where it names no zone), else `undefined`. */
function epochSecondsOf(text: string): number | undefined {
  if (!isoDate.test(text)) return undefined;
  const milliseconds = Date.parse(text.length > 10 && !hasZone.test(text) ? `${text}Z` : text);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

function truthOf(text: string): boolean | undefined {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return undefined;
}

/**
 * Whether writing `desired` over `current` would change nothing. Oomnitza answers the same value in several types
 * (`25` and `"25"`, a date as epoch seconds), so types do not count; letter case does.
 */
export function equalValues(current: FieldValue, desired: FieldValue): boolean {
  if (current === desired) return true;
  const left = textOf(current).trim();
  const right = textOf(desired).trim();
  if (left === right) return true;
  if (left === '' || right === '') return false;
  const truth = truthOf(left);
  if (truth !== undefined && truth === truthOf(right)) return true;
  return equalInstants(left, right) || equalInstants(right, left);
}

function equalInstants(date: string, other: string): boolean {
  const seconds = epochSecondsOf(date);
  if (seconds === undefined) return false;
  return seconds === (integer.test(other) ? Number(other) : epochSecondsOf(other));
}

/** Compares by Unicode code point, so that an order never depends on a locale. */
export function byCodePoint(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return codePointRank(a) - codePointRank(b);
  }
  return left.length - right.length;
}

/** UTF-16 puts surrogates (code points above U+FFFF) below U+E000 to U+FFFF; this lifts them above. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
