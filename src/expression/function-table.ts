import type { Frame } from './frame.ts';
import { binaryOperators } from './operators.ts';
import { resultOf, type ExpressionValue } from './result.ts';
import { foreignFunctions, standardFunctions, standardMethods } from './functions.ts';
import { aBoolean, aList, aMap, anInteger, aNumber, aText, type Overload, type Parameter } from './overload.ts';
import { anything, boolean, decimal, integer, listOf, text, type Type } from './types.ts';
import { Failure, isList, isMap, type Outcome, type Value } from './value.ts';
import { didYouMean } from './wording.ts';

/** What a parameter of an {@link ExpressionFunction} takes. `number` is an integer or a decimal number. */
export type ParameterType = 'text' | 'integer' | 'number' | 'boolean' | 'list' | 'map' | 'any';

/** What an {@link ExpressionFunction} is given: never null, since a call with null stumbles. */
export type Argument = Exclude<ExpressionValue, null> | Map<string | number | boolean, ExpressionValue>;

/** A function that is not CEL's own, such as a converter. Those of the same name differ in the number of parameters. */
export interface ExpressionFunction {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: ParameterType }[];
  readonly result: 'text' | 'integer' | 'number' | 'boolean' | 'list' | 'any';
  /** What is wrong with parameters that are the same for every user; the others are `undefined`. */
  check?(parameters: readonly (Argument | undefined)[]): string | undefined;
  /** Never throws: what cannot be converted is a {@link Failure}, an empty result is null. */
  call(parameters: readonly Argument[]): ExpressionValue | Failure;
}

/** All that can be called in an expression, the macros and `matches` excepted. */
export interface FunctionTable {
  /** Written around their values. */
  readonly functions: ReadonlyMap<string, readonly NamedOverload[]>;
  /** Written behind their first value. */
  readonly methods: ReadonlyMap<string, readonly NamedOverload[]>;
}

/** One way to call something, and what its parameters are called where they have names. */
export interface NamedOverload extends Overload {
  readonly names?: readonly string[];
  /** What is wrong with parameters whose value is known; the others are `undefined`. */
  readonly check?: (values: readonly (Value | undefined)[]) => string | undefined;
}

const results: Readonly<Record<ExpressionFunction['result'], Type>> = { text, integer, number: decimal, boolean, list: listOf(anything), any: anything };

const parameterTypes: Readonly<Record<ParameterType, Parameter<Value>>> = {
  text: aText,
  integer: anInteger,
  number: aNumber,
  boolean: aBoolean,
  list: aList,
  map: aMap,
  any: { type: anything, is: (value) => value !== null },
};

export function functionTable(own: readonly ExpressionFunction[]): FunctionTable {
  const functions = new Map<string, readonly NamedOverload[]>(standardFunctions);
  for (const added of own) functions.set(added.name, [...(functions.get(added.name) ?? []), overloadOf(added)]);
  return { functions, methods: standardMethods };
}

function overloadOf(added: ExpressionFunction): NamedOverload {
  const { name, parameters, result } = added;
  const kinds = parameters.map(({ type }) => parameterTypes[type]);
  const attempt = (values: readonly Value[], frame: Frame): Outcome | undefined => {
    if (!kinds.every((kind, index) => kind.is(values[index] ?? null))) return undefined;
    const failure = frame.spend(values.reduce((work: number, value) => work + workOf(value), 10));
    if (failure !== undefined) return failure;
    const given: Argument[] = [];
    for (const value of values) {
      const argument = argumentOf(value);
      if (argument instanceof Failure) return new Failure(`\`${name}\` cannot take ${argument.message}`);
      given.push(argument);
    }
    return added.call(given);
  };
  const check = (values: readonly (Value | undefined)[]): string | undefined => added.check?.(values.map((value) => (value === undefined ? undefined : knownArgument(value))));
  return { names: parameters.map((parameter) => parameter.name), parameters: kinds.map(({ type }) => type), result: results[result], attempt, check };
}

/** What it takes to go through a value once. */
function workOf(value: Value): number {
  if (typeof value === 'string') return value.length / 4;
  return isList(value) ? value.length : isMap(value) ? value.size : 0;
}

function knownArgument(value: Value): Argument | undefined {
  const argument = value === null ? undefined : argumentOf(value);
  return argument instanceof Failure ? undefined : argument;
}

function argumentOf(value: Value): Argument | Failure {
  if (!isMap(value)) return resultOf(value) ?? new Failure('null');
  const map = new Map<string | number | boolean, ExpressionValue>();
  for (const [key, entry] of value) {
    const result = resultOf(entry);
    if (result instanceof Failure) return result;
    map.set(key, result);
  }
  return map;
}

/** What to say of a function that there is not. */
export function hintForUnknown(name: string, style: 'function' | 'method', table: FunctionTable, macros: Iterable<string>): string {
  const meant = foreignFunctions.get(name) ?? name;
  if (binaryOperators.has(meant)) return `Write \`${meant}\` between the values.`;
  const known = { function: new Set([...table.functions.keys(), 'has', 'dyn']), method: new Set([...table.methods.keys(), ...macros, 'matches']) };
  const other = style === 'function' ? 'method' : 'function';
  const found = ([style, other] as const).find((candidate) => known[candidate].has(meant));
  if (found === 'function') return `Write \`${meant}(…)\`, with the value between the parentheses.`;
  if (found === 'method') return `Write \`.${meant}(…)\` behind the value.`;
  return didYouMean(name, [...known[style], ...known[other]]) ?? 'The functions are listed in docs/sync-file.md.';
}
