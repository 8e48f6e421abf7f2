import { momentText, spanText } from './time-values.ts';
import { Failure, isList, Moment, Span, valueInWords, valueOf, type Value } from './value.ts';

/** What a field, a condition or a function can use: a list holds no lists. */
export type ExpressionValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** A value as the rest of the program knows values; times and durations become texts. */
export function resultOf(value: Value): ExpressionValue | Failure {
  return isList(value) ? listResult(value) : scalarResult(value);
}

function listResult(list: readonly unknown[]): ExpressionValue | Failure {
  const elements: (string | number | boolean | null)[] = [];
  for (const raw of list) {
    const element = scalarResult(valueOf(raw));
    if (element instanceof Failure) return element;
    elements.push(element);
  }
  return elements;
}

function scalarResult(value: Value): string | number | boolean | null | Failure {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : new Failure('a number that is not finite');
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof Moment) return momentText(value);
  if (value instanceof Span) return spanText(value);
  return new Failure(isList(value) ? 'a list inside of a list' : valueInWords(value));
}
