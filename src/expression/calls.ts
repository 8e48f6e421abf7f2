import { compileHas } from './access.ts';
import type { Frame, Run } from './frame.ts';
import { foreignFunctions } from './functions.ts';
import { hintForUnknown, type NamedOverload } from './function-table.ts';
import { compileMacro, macroNames } from './macros.ts';
import { compileMatches } from './matches.ts';
import { binaryOperators, negation } from './operators.ts';
import { accepts, type Overload } from './overload.ts';
import { sizeOfParts, type Compiled, type Scope } from './scope.ts';
import type { BinaryNode, CallNode, UnaryNode } from './syntax.ts';
import { anything, isNumber, joined, typeInWords, type Type } from './types.ts';
import { Failure, isTrouble, stumble, valueInWords, type Outcome, type Value } from './value.ts';
import { listed, shown } from './wording.ts';

/** `a + b`, `a < b` and the like. */
export function compileBinary({ operator, left, right, at, start }: BinaryNode, scope: Scope): Compiled {
  const parts = [scope.compile(left), scope.compile(right)];
  const overloads = binaryOperators.get(operator) ?? [];
  const fitting = fittingOverloads(overloads, parts);
  if (fitting.length === 0) return refuseOperands(operator, overloads, parts, at, scope);
  const types = parts.map(({ type }) => type);
  // What lists hold together is known better than the operator, which takes any, could say.
  const type = types.every(({ kind }) => kind === 'list') ? types.reduce(joined) : resultOf(fitting);
  return scope.folded({ type, run: runOf(operator, fitting, parts), start, size: sizeOfParts(parts) }, parts, at);
}

/** `-a` */
export function compileNegation({ operand, start }: UnaryNode, scope: Scope): Compiled {
  const parts = [scope.compile(operand)];
  const fitting = fittingOverloads(negation, parts);
  if (fitting.length === 0) return refuseOperands('-', negation, parts, start, scope);
  return scope.folded({ type: resultOf(fitting), run: runOf('-', fitting, parts), start, size: sizeOfParts(parts) }, parts, start);
}

/** `f(a)` and `a.f(b)`: functions, macros, and what is neither quite. */
export function compileCall(node: CallNode, scope: Scope): Compiled {
  const { target, name, parameters, at, start } = node;
  const [first, ...rest] = parameters;
  if (target !== undefined && macroNames.has(name)) return compileMacro(node, target, scope);
  if (name === 'matches') return compileMatches(node, scope);
  if (target === undefined && name === 'has') {
    if (first?.kind === 'select' && rest.length === 0) return compileHas(first, start, scope);
    return scope.refuse(first?.start ?? at, '`has` takes one property.', 'Write such as `has(user.mail)`.');
  }
  // A macro by a foreign name: its variable means nothing to anything else.
  const given = macroNames.has(foreignFunctions.get(name) ?? '') ? [] : parameters;
  const parts = [...(target === undefined ? [] : [target]), ...given].map((part) => scope.compile(part));
  if (target === undefined && name === 'dyn') return compileDyn(parts, node, scope);
  const style = target === undefined ? 'function' : 'method';
  const overloads = (style === 'function' ? scope.functions.functions : scope.functions.methods).get(name);
  if (overloads === undefined) {
    return scope.refuse(at, `There is no function ${shown(style === 'function' ? name : `.${name}`)}.`, hintForUnknown(name, style, scope.functions, macroNames));
  }
  const fitting = fittingOverloads(overloads, parts);
  if (fitting.length === 0) return refuseParameters(node, overloads, parts, scope);
  const fault = fitting[0]?.check?.(parts.map(({ constant }) => constant));
  if (fault !== undefined) return scope.refuse(at, `${fault}.`, 'Correct the values that stand here.');
  const call = { type: resultOf(fitting), run: runOf(name, fitting, parts), start, size: sizeOfParts(parts) };
  if (overloads.every(({ names }) => names === undefined)) return scope.folded(call, parts, at);
  // Converters may know more than what stands in the expression.
  scope.findings.functions.add(name);
  return call;
}

/** `dyn(a)`: the same value, its type unknown. */
function compileDyn(parts: readonly Compiled[], { at }: CallNode, scope: Scope): Compiled {
  const [part, ...others] = parts;
  if (part === undefined || others.length > 0) return scope.refuse(at, '`dyn` takes one value.', 'Write such as `dyn(user.mail)`.');
  return { ...part, type: anything };
}

function fittingOverloads(overloads: readonly NamedOverload[], parts: readonly Compiled[]): readonly NamedOverload[] {
  const loose = parts.some(({ type }) => type.kind === 'any');
  return overloads.filter(
    ({ parameters }) =>
      parameters.length === parts.length && parameters.every((parameter, index) => accepts(parameter, parts[index]?.type ?? anything, loose)),
  );
}

function resultOf(overloads: readonly Overload[]): Type {
  return overloads.map(({ result }) => result).reduce((type, other) => (type.kind === other.kind ? type : anything));
}

function runOf(name: string, overloads: readonly Overload[], parts: readonly Compiled[]): Run {
  const runs = parts.map(({ run }) => run);
  return (frame: Frame): Outcome => {
    const values: Value[] = [];
    for (const run of runs) {
      const value = run(frame);
      if (isTrouble(value)) return value;
      values.push(value);
    }
    for (const overload of overloads) {
      const outcome = overload.attempt(values, frame);
      if (outcome !== undefined) return outcome;
    }
    return values.includes(null) ? stumble : new Failure(`\`${name}\` cannot take ${listed(values.map(valueInWords))}`);
  };
}

function refuseOperands(operator: string, overloads: readonly Overload[], parts: readonly Compiled[], at: number, scope: Scope): Compiled {
  const types = parts.map(({ type }) => type);
  const taken = overloads.map(({ parameters }) => listed(parameters.map(typeName)));
  return scope.refuse(at, `${shown(operator)} cannot take ${listed(types.map(typeInWords))}.`, operandHint(operator, types) ?? `It takes ${listed(taken, 'or')}.`);
}

function operandHint(operator: string, types: readonly Type[]): string | undefined {
  const has = (kind: Type['kind']): boolean => types.some((type) => type.kind === kind);
  if (has('text') && (has('time') || has('duration'))) return 'Write `timestamp(…)` or `duration(…)` around the text.';
  if (has('null')) return 'Null can only be compared, with `==` and `!=`.';
  if (operator === '+' && has('text') && types.some((type) => isNumber(type) || type.kind === 'boolean')) return 'To join texts, write `string(…)` around the other value.';
  if (operator === '+' && has('text') && has('list')) return 'To join the elements of a list, write `.join(", ")` behind it.';
  if (['<', '<=', '>', '>='].includes(operator)) return 'Compare two texts, two numbers, two times or the like.';
  if (has('integer') && has('decimal')) return 'Write `double(…)` around the integer.';
  return undefined;
}

function refuseParameters(node: CallNode, overloads: readonly NamedOverload[], parts: readonly Compiled[], scope: Scope): Compiled {
  const { name, target, at } = node;
  const usages = new Set(overloads.map((overload) => usage(name, target !== undefined, overload)));
  const hint = `Write ${listed([...usages], 'or')}.`;
  const [candidate, ...others] = overloads.filter(({ parameters }) => parameters.length === parts.length);
  if (candidate === undefined || others.length > 0) {
    const given = parts.length === 0 ? 'nothing' : listed(parts.map(({ type }) => typeInWords(type)));
    return scope.refuse(at, `${shown(name)} cannot take ${given}.`, hint);
  }
  const refused = parts.flatMap(({ type, start }, index) => {
    const parameter = candidate.parameters[index];
    if (parameter === undefined || accepts(parameter, type, false)) return [];
    return [scope.refuse(index === 0 && target !== undefined ? at : start, `${shown(name)} takes ${typeName(parameter)} here, not ${typeInWords(type)}.`, hint)];
  });
  return refused[0] ?? scope.refuse(at, `${shown(name)} cannot take these values.`, hint);
}

/** How a function is written: `split(value, on, index)` or `.split(text, integer)`. */
function usage(name: string, isMethod: boolean, { names, parameters }: NamedOverload): string {
  const words = names ?? parameters.map((parameter) => typeName(parameter).replace(/^an? /, ''));
  return `\`${isMethod ? '.' : ''}${name}(${words.slice(isMethod ? 1 : 0).join(', ')})\``;
}

function typeName(parameter: Overload['parameters'][number]): string {
  return parameter.kind === 'number' ? 'a number' : typeInWords(parameter);
}
