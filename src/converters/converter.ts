import { isEmpty, type FieldValue } from '../field-value.ts';
import { InvalidValue } from './invalid-value.ts';
import { completeArguments, type ArgumentsOf, type ConverterArguments, type Parameters } from './parameter.ts';

/** What a converter can be given: a field's value, or the list that a directory property holds. */
export type Convertible = FieldValue | readonly FieldValue[];

interface TypeOf {
  readonly text: string;
  readonly number: number;
  readonly list: readonly FieldValue[];
}

/** A type of value that a converter takes. */
export type TakenType = keyof TypeOf;

/** One use of a converter, which a test runs and the documentation shows. */
export interface ConverterExample {
  readonly input: Convertible;
  readonly args: ConverterArguments;
  readonly output: FieldValue;
}

/**
 * A function that turns one value into another: the same one for `convert` in a field rule and, with the value before
 * its arguments, for CEL.
 */
export interface Converter {
  /** As written in a sync file. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** By name, in the order in which CEL takes them after the value. */
  readonly parameters: Parameters;
  readonly takes: readonly TakenType[];
  /** `any`: what the arguments hold. */
  readonly gives: 'text' | 'number' | 'any';
  readonly example: ConverterExample;
  /**
   * Converts one value. What is empty stays empty; where lists are not taken, one is joined with `, ` first, as it would
   * be without converter.
   *
   * @returns what became of it, or why it cannot be converted, in words that tell nothing of the value itself
   */
  convert(value: Convertible, args?: ConverterArguments): FieldValue | InvalidValue;
}

interface Definition<Taken extends TakenType, Given extends Parameters> extends Omit<Converter, 'convert'> {
  readonly takes: readonly Taken[];
  readonly parameters: Given;
  /** Gets values that are not empty, of the types it takes, and arguments that fit its parameters. */
  convert(value: TypeOf[Taken], args: ArgumentsOf<Given>): FieldValue | InvalidValue;
}

/** Makes a converter of what is particular to it. */
export function defineConverter<Taken extends TakenType, const Given extends Parameters>(definition: Definition<Taken, Given>): Converter {
  const { name, takes, gives, parameters } = definition;
  const takesLists = takes.some((type) => type === 'list');
  return {
    ...definition,
    convert(value, args = {}) {
      const taken = isList(value) && !takesLists ? joinedList(value) : value;
      if (!isList(taken) && isEmpty(taken)) return gives === 'text' && taken !== null ? '' : null;
      if (!isOfType(taken, takes)) return new InvalidValue(`\`${name}\` takes ${takenWords(takes)}, and the value is ${valueWords(taken)}`);
      const complete = completeArguments(name, parameters, args);
      return complete instanceof InvalidValue ? complete : definition.convert(taken, complete);
    },
  };
}

/** The elements of a list that are not empty, as one text; `null` where there are none. */
export function joinedList(list: readonly FieldValue[]): string | null {
  const texts = list.filter((element) => !isEmpty(element)).map(String);
  return texts.length === 0 ? null : texts.join(', ');
}

function isList(value: Convertible): value is readonly FieldValue[] {
  return Array.isArray(value);
}

function isOfType<Taken extends TakenType>(value: Convertible, takes: readonly Taken[]): value is TypeOf[Taken] {
  return takes.some((type) => type === typeOf(value));
}

function typeOf(value: Convertible): TakenType | undefined {
  if (isList(value)) return 'list';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : undefined;
}

function takenWords(takes: readonly TakenType[]): string {
  return takes.map((type) => `a ${type}`).join(' or ');
}

function valueWords(value: Convertible): string {
  return typeof value === 'number' ? 'a number' : 'a truth value';
}
