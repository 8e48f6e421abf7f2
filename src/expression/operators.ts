import { byCodePoint } from '../field-value.ts';
import { sizeFailure } from './frame.ts';
import { aBoolean, aDecimal, aDuration, aList, anInteger, aNumber, aText, aTime, binary, unary, type Overload } from './overload.ts';
import { momentOf, spanOf } from './time-values.ts';
import { anything, boolean, decimal, duration, integer, listOf, text, time } from './types.ts';
import { Failure, type Outcome } from './value.ts';

/** Integers are those that JSON keeps exactly; CEL's reach further, to 64 bits. */
function integerOutcome(value: number): Outcome {
  if (!Number.isSafeInteger(value)) return new Failure('an integer is too large');
  // CEL's integers know no negative zero.
  return value + 0;
}

function order<Taken>(compare: (left: Taken, right: Taken) => number, holds: (order: number) => boolean) {
  return (left: Taken, right: Taken): boolean => holds(compare(left, right));
}

/** `NaN` is neither less nor greater than anything, so that each of the four comparisons is false. */
function difference(left: number, right: number): number {
  return left === right ? 0 : left - right;
}

function comparison(holds: (order: number) => boolean): readonly Overload[] {
  const byMilliseconds = (left: { readonly milliseconds: number }, right: { readonly milliseconds: number }): number =>
    left.milliseconds - right.milliseconds;
  return [
    binary(aText, aText, boolean, order(byCodePoint, holds)),
    binary(aNumber, aNumber, boolean, order(difference, holds)),
    binary(aBoolean, aBoolean, boolean, order((left, right) => Number(left) - Number(right), holds)),
    binary(aTime, aTime, boolean, order(byMilliseconds, holds)),
    binary(aDuration, aDuration, boolean, order(byMilliseconds, holds)),
  ];
}

function remainder(left: number, right: number): Outcome {
  return right === 0 ? new Failure('a division by zero') : integerOutcome(left % right);
}

function quotient(left: number, right: number): Outcome {
  return right === 0 ? new Failure('a division by zero') : integerOutcome(Math.trunc(left / right));
}

/** The operators that first need both values. Where several overloads take the values, the first counts. */
export const binaryOperators: ReadonlyMap<string, readonly Overload[]> = new Map([
  ['<', comparison((order) => order < 0)],
  ['<=', comparison((order) => order <= 0)],
  ['>', comparison((order) => order > 0)],
  ['>=', comparison((order) => order >= 0)],
  [
    '+',
    [
      binary(aText, aText, text, (left, right) => sizeFailure(left.length + right.length) ?? left + right),
      binary(anInteger, anInteger, integer, (left, right) => integerOutcome(left + right)),
      binary(aDecimal, aDecimal, decimal, (left, right) => left + right),
      binary(aList, aList, listOf(anything), (left, right, frame) => {
        const size = left.length + right.length;
        return sizeFailure(size) ?? frame.spend(size) ?? [...left, ...right];
      }),
      binary(aTime, aDuration, time, (moment, span) => momentOf(moment.milliseconds + span.milliseconds)),
      binary(aDuration, aTime, time, (span, moment) => momentOf(moment.milliseconds + span.milliseconds)),
      binary(aDuration, aDuration, duration, (left, right) => spanOf(left.milliseconds + right.milliseconds)),
    ],
  ],
  [
    '-',
    [
      binary(anInteger, anInteger, integer, (left, right) => integerOutcome(left - right)),
      binary(aDecimal, aDecimal, decimal, (left, right) => left - right),
      binary(aTime, aTime, duration, (left, right) => spanOf(left.milliseconds - right.milliseconds)),
      binary(aTime, aDuration, time, (moment, span) => momentOf(moment.milliseconds - span.milliseconds)),
      binary(aDuration, aDuration, duration, (left, right) => spanOf(left.milliseconds - right.milliseconds)),
    ],
  ],
  [
    '*',
    [
      binary(anInteger, anInteger, integer, (left, right) => integerOutcome(left * right)),
      binary(aDecimal, aDecimal, decimal, (left, right) => left * right),
    ],
  ],
  ['/', [binary(anInteger, anInteger, integer, quotient), binary(aDecimal, aDecimal, decimal, (left, right) => left / right)]],
  ['%', [binary(anInteger, anInteger, integer, remainder)]],
]);

/** The operators before a value. `!` belongs to the logic. */
export const negation: readonly Overload[] = [
  unary(anInteger, integer, (value) => integerOutcome(-value)),
  unary(aDecimal, decimal, (value) => -value),
];
