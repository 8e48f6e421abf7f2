import type { Scalar } from '../field-value.ts';
import { InvalidValue } from './invalid-value.ts';

/** Texts and what each stands for, in the order of the file: an object would put texts of digits first. */
export type ResultTable = ReadonlyMap<string, Scalar>;

export type ArgumentValue = Scalar | ResultTable;

/** Arguments of a call by the names of the parameters. */
export type ConverterArguments = Readonly<Record<string, ArgumentValue | undefined>>;

interface ArgumentTypes {
  readonly text: string;
  readonly integer: number;
  readonly scalar: Scalar;
  readonly table: ResultTable;
}

/** What a converter wants to know besides the value. */
export interface Parameter {
  readonly type: keyof ArgumentTypes;
  /** One sentence. */
  readonly description: string;
  /** Left out: the parameter may be missing. */
  readonly required?: true;
  /** What holds where it is missing. */
  readonly default?: Scalar;
}

/** Parameters by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** The arguments that fit `Given`: whatever is required or has a default is there. */
export type ArgumentsOf<Given extends Parameters> = {
  readonly [Name in keyof Given]:
    | ArgumentTypes[Given[Name]['type']]
    | (Given[Name] extends { readonly required: true } | { readonly default: Scalar } ? never : undefined);
};

/** What each type takes, for a sentence. */
export const typeWords: Readonly<Record<Parameter['type'], string>> = {
  text: 'a text that is not empty',
  integer: 'a whole number',
  scalar: 'a text that is not blank, a number, `true` or `false`',
  table: 'a mapping of texts to results',
};

/**
 * Fills defaults in and checks the rest. A sync file is checked when it is read; arguments that an expression computes
 * are known only here.
 */
export function completeArguments<Given extends Parameters>(
  converter: string,
  parameters: Given,
  args: ConverterArguments,
): ArgumentsOf<Given> | InvalidValue {
  const complete: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) complete[name] = args[name] ?? parameter.default;
  if (fit(parameters, complete)) return complete;
  const wanted = Object.entries(parameters).filter(([name, parameter]) => !fits(parameter, complete[name]));
  return new InvalidValue(`\`${converter}\` takes ${wanted.map(([name, parameter]) => taken(name, parameter)).join(' and ')}`);
}

/** What a parameter takes, where it does not take `argument`. */
export function argumentFault(name: string, parameter: Parameter, argument: ArgumentValue | undefined): string | undefined {
  return fits(parameter, argument) ? undefined : taken(name, parameter);
}

function taken(name: string, { type }: Parameter): string {
  return `${typeWords[type]} as \`${name}\``;
}

function fit<Given extends Parameters>(parameters: Given, args: object): args is ArgumentsOf<Given> {
  return Object.entries(parameters).every(([name, parameter]) => fits(parameter, Reflect.get(args, name)));
}

function fits({ type, required }: Parameter, value: unknown): boolean {
  if (value === undefined) return required !== true;
  switch (type) {
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'scalar':
      return isScalar(value);
    case 'table':
      return value instanceof Map && value.size > 0 && [...value.values()].every(isScalar);
  }
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
