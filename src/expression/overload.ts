import type { Frame } from './frame.ts';
import { anything, boolean, decimal, duration, integer, listOf, text, time, type Type } from './types.ts';
import { isList, isMap, Moment, Span, type List, type Outcome, type Value, type ValueMap } from './value.ts';

/** A kind of parameter: what it takes as far as types tell, and what it takes in fact. */
export interface Parameter<Taken extends Value> {
  /** What {@link accepts} holds an argument's type against. */
  readonly type: Type | { readonly kind: 'number' };
  is(value: Value): value is Taken;
}

export const aText: Parameter<string> = { type: text, is: (value) => typeof value === 'string' };
export const aBoolean: Parameter<boolean> = { type: boolean, is: (value) => typeof value === 'boolean' };
export const anInteger: Parameter<number> = { type: integer, is: (value): value is number => Number.isSafeInteger(value) };
export const aDecimal: Parameter<number> = { type: decimal, is: (value) => typeof value === 'number' };
/** Integer or decimal. */
export const aNumber: Parameter<number> = { type: { kind: 'number' }, is: (value) => typeof value === 'number' };
export const aTime: Parameter<Moment> = { type: time, is: (value) => value instanceof Moment };
export const aDuration: Parameter<Span> = { type: duration, is: (value) => value instanceof Span };
export const aList: Parameter<List> = { type: listOf(anything), is: isList };
export const aMap: Parameter<ValueMap> = { type: { kind: 'map', key: anything, value: anything }, is: isMap };

/** One way to use an operator or a function: which values it takes, and what it makes of them. */
export interface Overload {
  readonly parameters: readonly Parameter<Value>['type'][];
  readonly result: Type;
  /** `undefined` where the values are not what the parameters take. */
  attempt(values: readonly Value[], frame: Frame): Outcome | undefined;
}

/** Of one value. */
export function unary<A extends Value>(a: Parameter<A>, result: Type, apply: (a: A, frame: Frame) => Outcome): Overload {
  const attempt: Overload['attempt'] = (values, frame) => {
    const first = values[0] ?? null;
    return a.is(first) ? apply(first, frame) : undefined;
  };
  return { parameters: [a.type], result, attempt };
}

/** Of two values. */
export function binary<A extends Value, B extends Value>(
  a: Parameter<A>,
  b: Parameter<B>,
  result: Type,
  apply: (a: A, b: B, frame: Frame) => Outcome,
): Overload {
  const attempt: Overload['attempt'] = (values, frame) => {
    const first = values[0] ?? null;
    const second = values[1] ?? null;
    return a.is(first) && b.is(second) ? apply(first, second, frame) : undefined;
  };
  return { parameters: [a.type, b.type], result, attempt };
}

/** Of three values. */
export function ternary<A extends Value, B extends Value, C extends Value>(
  a: Parameter<A>,
  b: Parameter<B>,
  c: Parameter<C>,
  result: Type,
  apply: (a: A, b: B, c: C, frame: Frame) => Outcome,
): Overload {
  const attempt: Overload['attempt'] = (values, frame) => {
    const first = values[0] ?? null;
    const second = values[1] ?? null;
    const third = values[2] ?? null;
    return a.is(first) && b.is(second) && c.is(third) ? apply(first, second, third, frame) : undefined;
  };
  return { parameters: [a.type, b.type, c.type], result, attempt };
}

/** Of four values. */
export function quaternary<A extends Value, B extends Value, C extends Value, D extends Value>(
  a: Parameter<A>,
  b: Parameter<B>,
  c: Parameter<C>,
  d: Parameter<D>,
  result: Type,
  apply: (a: A, b: B, c: C, d: D, frame: Frame) => Outcome,
): Overload {
  const attempt: Overload['attempt'] = (values, frame) => {
    const first = values[0] ?? null;
    const second = values[1] ?? null;
    const third = values[2] ?? null;
    const fourth = values[3] ?? null;
    return a.is(first) && b.is(second) && c.is(third) && d.is(fourth) ? apply(first, second, third, fourth, frame) : undefined;
  };
  return { parameters: [a.type, b.type, c.type, d.type], result, attempt };
}

/**
 * Whether values of a type can be given to a parameter. `loose` is for calls in which a type is known only for each
 * user: an integer then also stands for a decimal number, so that `user.ext_a / 2` works when the first is 1.5.
 */
export function accepts(parameter: Overload['parameters'][number], argument: Type, loose: boolean): boolean {
  if (argument.kind === 'any' || parameter.kind === 'any') return true;
  if (argument.kind === 'null') return false;
  if (parameter.kind === 'number') return argument.kind === 'integer' || argument.kind === 'decimal';
  if (loose && parameter.kind === 'decimal' && argument.kind === 'integer') return true;
  if (parameter.kind === 'list' && argument.kind === 'list') return accepts(parameter.element, argument.element, loose);
  return parameter.kind === argument.kind;
}
