import { epochSeconds } from '../converters/index.ts';
import type { Scalar } from '../field-value.ts';
import type { FieldType } from './instance-field.ts';
import { Misfit } from './misfit.ts';

/** Brings a value into the form in which fields of a type take it. */
export type Typing = (value: Scalar) => Scalar | Misfit;

/** @param maxLength of a text, in characters */
export function typingOf(type: FieldType, maxLength: number | undefined): Typing {
  switch (type) {
    case 'text':
      return (value) => asText(value, maxLength);
    case 'integer':
      return (value) => asNumber(value, integer, 'whole numbers');
    case 'number':
      return (value) => asNumber(value, decimal, 'numbers');
    case 'boolean':
      return asBoolean;
    case 'date':
      return asDate;
    case 'unknown':
      return asUnknown;
  }
}

function asText(value: Scalar, maxLength = Number.POSITIVE_INFINITY): Scalar | Misfit {
  const text = String(value);
  // Most are shorter even when counted by units of UTF-16, of which a character has one or two.
  if (text.length <= maxLength) return text;
  const { length } = Array.from(text);
  return length <= maxLength ? text : new Misfit('invalid-value', `holds ${maxLength} characters at most, and the value has ${length}`, 'Write a shorter one.');
}

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function asNumber(value: Scalar, pattern: RegExp, taken: string): Scalar | Misfit {
  const text = String(value).trim();
  const number = Number(text);
  if (!pattern.test(text) || !Number.isFinite(number)) return new Misfit('invalid-value', `holds ${taken}, and the value is none`, 'Write digits, without quotes.');
  // A number with more digits than can be counted with stays the text that it was.
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

function asBoolean(value: Scalar): Scalar | Misfit {
  const text = String(value).trim().toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return new Misfit('invalid-value', 'holds true or false, and the value is neither', 'Write `true` or `false`.');
}

/** Seconds since 1970 as Oomnitza answers them; with fewer digits it is rather `2024` or `20240229`. */
const secondsInDigits = /^\d{9,11}$/;

/** Oomnitza does not read offsets, so that a time has to be sent in UTC. */
function asDate(value: Scalar): Scalar | Misfit {
  const isBare = typeof value === 'string' && /^[+-]?[\d.]+$/.test(value.trim());
  const isTime = typeof value !== 'boolean' && (!isBare || secondsInDigits.test(value.trim()));
  const seconds = isTime ? epochSeconds.convert(value) : undefined;
  if (typeof seconds !== 'number') return new Misfit('invalid-value', 'holds dates, and the value is none', 'Write a date such as `2024-02-29` or `2024-02-29T13:45:10Z`.');
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

const timeWithOffset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?[+-]\d{2}:?\d{2}$/;

/** A time for a field that may hold dates must not lose its offset on the way. */
function asUnknown(value: Scalar): Scalar | Misfit {
  if (typeof value !== 'string' || !timeWithOffset.test(value)) return value;
  const time = asDate(value);
  return time instanceof Misfit ? value : time;
}
