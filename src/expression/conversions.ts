import { aBoolean, aDecimal, aDuration, anInteger, aNumber, aText, aTime, unary, type Overload } from './overload.ts';
import { momentOf, momentText, readMoment, readSpan, spanText } from './time-values.ts';
import { boolean, decimal, duration, integer, text, time } from './types.ts';
import { Failure, type Outcome } from './value.ts';

function toInteger(value: number): Outcome {
  const whole = Math.trunc(value) + 0;
  return Number.isSafeInteger(whole) ? whole : new Failure('`int` met a number that is too large');
}

function readInteger(value: string): Outcome {
  return /^[+-]?\d{1,300}$/.test(value) ? toInteger(Number(value)) : new Failure('`int` met a text that is no integer');
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function readDecimal(value: string): Outcome {
  return number.test(value) ? Number(value) : new Failure('`double` met a text that is no number');
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'true', 'TRUE', 'True'].map((said) => [said, true] as const),
  ...['0', 'f', 'false', 'FALSE', 'False'].map((said) => [said, false] as const),
]);

/** What makes a value of one type one of another. */
export const conversions: ReadonlyMap<string, readonly Overload[]> = new Map([
  [
    'int',
    [
      unary(aNumber, integer, toInteger),
      unary(aText, integer, readInteger),
      unary(aTime, integer, ({ milliseconds }) => Math.floor(milliseconds / 1000)),
    ],
  ],
  ['double', [unary(aNumber, decimal, (value) => value), unary(aText, decimal, readDecimal)]],
  [
    'bool',
    [
      unary(aBoolean, boolean, (value) => value),
      unary(aText, boolean, (value) => truths.get(value) ?? new Failure('`bool` met a text that is neither true nor false')),
    ],
  ],
  [
    'string',
    [
      unary(aText, text, (value) => value),
      unary(anInteger, text, String),
      unary(aDecimal, text, String),
      unary(aBoolean, text, String),
      unary(aTime, text, momentText),
      unary(aDuration, text, spanText),
    ],
  ],
  [
    'timestamp',
    [
      unary(aText, time, readMoment),
      unary(anInteger, time, (seconds) => momentOf(seconds * 1000)),
      unary(aTime, time, (moment) => moment),
    ],
  ],
  ['duration', [unary(aText, duration, readSpan), unary(aDuration, duration, (span) => span)]],
]);
