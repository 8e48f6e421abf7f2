import { compileTree } from './compile.ts';
import type { ExpressionFault } from './fault.ts';
import { Frame } from './frame.ts';
import { functionTable, type ExpressionFunction, type FunctionTable } from './function-table.ts';
import { parse } from './parse.ts';
import { resultOf, type ExpressionValue } from './result.ts';
import type { Compiled } from './scope.ts';
import type { LogicNode, Span } from './syntax.ts';
import { typeInWords, type Type } from './types.ts';
import { Failure, Stumble, type DirectoryObject, type Outcome } from './value.ts';

/** What an expression is written for: a field's value, or whether a user is in scope. */
export type Purpose = 'value' | 'condition';

/** What an expression gives for one user. */
export type Evaluation =
  | { readonly kind: 'value'; readonly value: ExpressionValue }
  /** It met null where it needs a value. For a field that is an empty value, for a condition false. */
  | { readonly kind: 'stumbled' }
  /** Any other run-time error. The message does not tell what a user's properties hold. */
  | { readonly kind: 'failed'; readonly message: string };

/** An expression in which nothing is wrong, ready to be evaluated for many users. */
export interface CompiledExpression {
  /** The directory properties that it reads, such as `mail` and `manager.mail`, each with the first place that names it, in the order of the text. */
  readonly properties: readonly { readonly name: string; readonly offset: number }[];
  /** Functions that it calls, CEL's own excepted. */
  readonly functions: ReadonlySet<string>;
  /** The kind of value that it gives to whomever it gives one; `any` where that is known for each user only. */
  readonly gives: 'text' | 'number' | 'boolean' | 'time' | 'any';
  /** Never throws, and takes a bounded amount of work. A property that is not there counts as null. */
  evaluate(user: DirectoryObject): Evaluation;
  /** What `&&` joins at the top of a condition, in the order of the text; else the whole alone. */
  readonly clauses: readonly Clause[];
}

/** A part of a condition that has to hold with all others, and where it stands in the text. */
export interface Clause extends Span {
  readonly evaluate: (user: DirectoryObject) => Evaluation;
}

const stumbled: Evaluation = { kind: 'stumbled' };

/**
 * Reads, checks and compiles an expression in CEL over `user`, a directory user typed by Microsoft Graph's properties.
 *
 * @param purpose a condition must give true or false, a value what a field can hold
 * @param functions what can be called beside CEL's own functions
 * @returns all that is wrong with it, in the order of the text; a mistake of syntax comes alone
 */
export function compileExpression(
  text: string,
  purpose: Purpose,
  functions: readonly ExpressionFunction[],
): CompiledExpression | readonly ExpressionFault[] {
  const tree = parse(text);
  if (!('kind' in tree)) return [tree];
  const table = functionTable(functions);
  const { compiled, findings } = compileTree(tree, table);
  const resultFault = findings.faults.length === 0 ? faultOfResult(compiled, purpose) : undefined;
  const faults = [...findings.faults, ...(resultFault === undefined ? [] : [resultFault])];
  if (faults.length > 0) return faults.toSorted((left, right) => left.offset - right.offset);
  const properties = [...findings.properties].map(([name, offset]) => ({ name, offset })).toSorted((left, right) => left.offset - right.offset);
  const evaluate = (user: DirectoryObject): Evaluation => evaluation(compiled.run(new Frame(user)), purpose);
  const whole = { start: text.length - text.trimStart().length, end: text.trimEnd().length, evaluate };
  const clauses = purpose === 'condition' && tree.kind === 'logic' && tree.operator === '&&' ? clausesOf(tree, table) : [whole];
  return { properties, functions: findings.functions, gives: kindOf(compiled.type), evaluate, clauses };
}

function clausesOf({ operands }: LogicNode, table: FunctionTable): readonly Clause[] {
  return operands.map(({ node, start, end }) => {
    const { compiled } = compileTree(node, table);
    return { start, end, evaluate: (user) => evaluation(compiled.run(new Frame(user)), 'condition') };
  });
}

/** As a field sees it: a list comes joined to one text. */
function kindOf(type: Type): CompiledExpression['gives'] {
  switch (type.kind) {
    case 'integer':
    case 'decimal':
      return 'number';
    case 'boolean':
    case 'time':
      return type.kind;
    case 'text':
      return type.isTime === true ? 'time' : 'text';
    case 'list':
      return 'text';
    case 'duration':
    case 'map':
    case 'object':
    case 'null':
    case 'any':
      return 'any';
  }
}

function faultOfResult({ type, start: offset }: Compiled, purpose: Purpose): ExpressionFault | undefined {
  if (purpose === 'condition') {
    if (type.kind === 'boolean' || type.kind === 'any') return undefined;
    const message = `A condition must give true or false; this gives ${typeInWords(type)}.`;
    return { message, hint: 'Compare it, such as `user.department == "IT"`.', offset };
  }
  const hint = hintForResult(type);
  return hint === undefined ? undefined : { message: `A field cannot hold ${typeInWords(type)}.`, hint, offset };
}

/** What to write instead of a value that no field can hold; `undefined` where one can. */
function hintForResult(type: Type): string | undefined {
  switch (type.kind) {
    case 'object':
      return 'Name one of its properties.';
    case 'map':
      return 'Name one of its keys: `{"key": "value"}[user.department]`.';
    case 'duration':
      return 'Take it in a unit, such as with `.getHours()`.';
    case 'null':
      return 'A field without a value is left out, or removed with `null` in place of its rule.';
    case 'list':
      return hintForElement(type.element);
    case 'text':
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'time':
    case 'any':
      return undefined;
  }
}

function hintForElement(element: Type): string | undefined {
  if (element.kind === 'object') return 'Take one property of each: `user.identities.map(identity, identity.issuer)`.';
  return element.kind === 'list' || element.kind === 'map' ? 'A list for a field holds texts, numbers, `true` or `false`.' : undefined;
}

function evaluation(outcome: Outcome, purpose: Purpose): Evaluation {
  if (outcome instanceof Stumble) return stumbled;
  if (outcome instanceof Failure) return { kind: 'failed', message: outcome.message };
  if (purpose === 'condition' && outcome === null) return stumbled;
  const value = resultOf(outcome);
  if (value instanceof Failure) return { kind: 'failed', message: `the expression gives ${value.message}` };
  if (purpose === 'value' || typeof value === 'boolean') return { kind: 'value', value };
  return { kind: 'failed', message: 'the condition gives neither true nor false' };
}
