import { compileConversion, converters, locationConverter, type Conversion, type Location } from '../converters/index.ts';
import { compileExpression, type CompiledExpression, type ExpressionFunction, type Purpose } from '../expression/index.ts';
import { converterFunctionsOf } from './converter-functions.ts';
import type { Expression, FieldRule, SyncFile } from './sync-file.ts';

const name = 'location';

/** Whether a sync file needs to know the locations of the instance. */
export function usesLocations({ rules, scope }: SyncFile): boolean {
  const expressions = [...scope, ...rules.flatMap(({ from }) => (from.kind === 'expression' ? [from.expression] : []))];
  return expressions.some(({ compiled }) => compiled.functions.has(name)) || rules.some(({ convert }) => convert !== undefined && callsLocation(convert));
}

/** The sync file with a converter `location` that knows these locations; before, it finds none. */
export function withLocations(syncFile: SyncFile, locations: readonly Location[]): SyncFile {
  const known = new Map([...converters, [name, locationConverter(locations)]]);
  const functions = converterFunctionsOf(known.values());
  return {
    ...syncFile,
    scope: syncFile.scope.map((condition) => located(condition, 'condition', functions)),
    rules: syncFile.rules.map(({ from, convert, ...rule }): FieldRule => ({
      ...rule,
      from: from.kind === 'expression' ? { ...from, expression: located(from.expression, 'value', functions) } : from,
      convert: convert === undefined || !callsLocation(convert) ? convert : compileConversion(convert.calls, known),
    })),
  };
}

function callsLocation({ calls }: Conversion): boolean {
  return calls.some((call) => call.name === name);
}

function located(expression: Expression, purpose: Purpose, functions: readonly ExpressionFunction[]): Expression {
  if (!expression.compiled.functions.has(name)) return expression;
  return { ...expression, compiled: compiledAgain(expression.text, purpose, functions) };
}

function compiledAgain(text: string, purpose: Purpose, functions: readonly ExpressionFunction[]): CompiledExpression {
  const compiled = compileExpression(text, purpose, functions);
  if (!('evaluate' in compiled)) throw new TypeError('an expression is good whatever locations there are');
  return compiled;
}
