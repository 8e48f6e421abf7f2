import { argumentFault, converters, InvalidValue, type ArgumentValue, type Converter, type Parameter } from '../converters/index.ts';
import { Failure, type Argument, type ExpressionFunction, type ParameterType } from '../expression/index.ts';
import type { Scalar } from '../field-value.ts';

const parameterTypes: Readonly<Record<Parameter['type'], ParameterType>> = { text: 'text', integer: 'integer', scalar: 'any', table: 'map' };

/**
 * The converters as functions of CEL, the value first: one overload for each type of value that a converter takes and
 * each number of arguments that it can be given.
 */
export function converterFunctionsOf(known: Iterable<Converter>): readonly ExpressionFunction[] {
  return [...known].flatMap(functionsOf);
}

/** Those of the converters of every instance. */
export const converterFunctions: readonly ExpressionFunction[] = converterFunctionsOf(converters.values());

function functionsOf(converter: Converter): ExpressionFunction[] {
  const parameters = Object.entries(converter.parameters);
  const least = parameters.filter(([, { required }]) => required === true).length;
  const counts = Array.from({ length: parameters.length - least + 1 }, (_none, optional) => least + optional);
  return converter.takes.flatMap((taken) => counts.map((count) => overload(converter, taken, parameters.slice(0, count))));
}

function overload(converter: Converter, taken: Converter['takes'][number], given: readonly (readonly [string, Parameter])[]): ExpressionFunction {
  return {
    name: converter.name,
    parameters: [{ name: 'value', type: taken }, ...given.map(([name, { type }]) => ({ name, type: parameterTypes[type] }))],
    // The numbers that converters give are seconds.
    result: converter.gives === 'number' ? 'integer' : converter.gives,
    check([, ...constants]) {
      const faults = given.flatMap(([name, parameter], index) => {
        const constant = constants[index];
        return constant === undefined ? [] : (argumentFault(name, parameter, argumentOf(constant)) ?? []);
      });
      return faults.length === 0 ? undefined : `\`${converter.name}\` takes ${faults.join(' and ')}`;
    },
    call([value = '', ...values]) {
      const args = Object.fromEntries(given.map(([name], index) => [name, argumentOf(values[index])]));
      const converted = converter.convert(value instanceof Map ? null : value, args);
      return converted instanceof InvalidValue ? new Failure(converted.message) : converted;
    },
  };
}

function argumentOf(argument: Argument | undefined): ArgumentValue | undefined {
  if (!(argument instanceof Map)) return isScalar(argument) ? argument : undefined;
  const table = new Map<string, Scalar>();
  for (const [key, value] of argument) if (isScalar(value)) table.set(String(key), value);
  return table;
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
