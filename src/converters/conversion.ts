import type { FieldValue } from '../field-value.ts';
import { joinedList, type Converter, type Convertible } from './converter.ts';
import { InvalidValue } from './invalid-value.ts';
import type { ConverterArguments } from './parameter.ts';

/** A converter with its arguments, as a sync file states it. */
export interface ConverterCall {
  readonly name: string;
  readonly args: ConverterArguments;
}

/** The converters of one rule, one after the other. */
export interface Conversion {
  /** What comes out of the last of them; `any` where that is known for each value only. */
  readonly gives: Converter['gives'];
  readonly run: (value: Convertible) => FieldValue | InvalidValue;
  /** What it was made of. */
  readonly calls: readonly ConverterCall[];
  /** The converters one by one, in the order in which they run. */
  readonly steps: readonly ConversionStep[];
}

/** One converter with its arguments. */
export interface ConversionStep {
  readonly name: string;
  readonly convert: (value: Convertible) => FieldValue | InvalidValue;
}

/**
 * Puts the converters of a rule together; the first that cannot convert ends it. A list that no converter takes is
 * joined with `, `.
 *
 * @param calls in the order in which they are to run
 * @param known converters by name; each call names one of them
 */
export function compileConversion(calls: readonly ConverterCall[], known: ReadonlyMap<string, Converter>): Conversion {
  const found = calls.map(({ name, args }) => {
    const converter = known.get(name);
    if (converter === undefined) throw new Error(`There is no converter \`${name}\`.`);
    return { converter, args };
  });
  const steps = found.map(({ converter, args }): ConversionStep => ({ name: converter.name, convert: (value) => converter.convert(value, args) }));
  return {
    gives: found.at(-1)?.converter.gives ?? 'any',
    calls,
    steps,
    run(value) {
      let converted = value;
      for (const { convert } of steps) {
        const next = convert(converted);
        if (next instanceof InvalidValue) return next;
        converted = next;
      }
      return isScalar(converted) ? converted : joinedList(converted);
    },
  };
}

function isScalar(value: Convertible): value is FieldValue {
  return !Array.isArray(value);
}
