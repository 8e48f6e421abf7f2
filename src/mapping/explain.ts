import type { Expression, FieldRule } from '../config/index.ts';
import { InvalidValue, type Convertible } from '../converters/index.ts';
import type { DirectoryUser } from '../directory/index.ts';
import type { Position } from '../errors.ts';
import type { Evaluation } from '../expression/index.ts';
import { isEmpty, type FieldValue } from '../field-value.ts';
import { givenValue } from './rule-value.ts';
import { isNothing, joined, valueAt } from './source.ts';

/** A step on the way to a field's value, and what it came to. */
export interface ValueStep {
  /** What was done, such as `mail`, `expression`, `lowercase` or `default`. */
  readonly what: string;
  readonly outcome: { readonly value: FieldValue } | { readonly failure: string };
}

/** How a rule came to its value for one user. */
export interface RuleStory {
  readonly field: string;
  readonly origin: FieldRule['origin'];
  /** Where the rule stands. */
  readonly position: Position;
  /** In the order in which they were taken; the last one with a value gives it. */
  readonly steps: readonly ValueStep[];
}

/** What a clause of a condition of `scope` came to for one user; all clauses have to hold. */
export interface ConditionStory {
  /** As written. */
  readonly text: string;
  readonly position: Position;
  readonly outcome: { readonly holds: boolean; readonly stumbled: boolean } | { readonly failure: string };
}

/** Each clause of each condition of `scope`, in the order of the file. */
export function explainScope(scope: readonly Expression[], user: DirectoryUser): readonly ConditionStory[] {
  return scope.flatMap(({ text, compiled, positionOf }) =>
    compiled.clauses.map(({ start, end, evaluate }) => ({ text: text.slice(start, end), position: positionOf(start), outcome: outcomeOf(evaluate(user)) })),
  );
}

function outcomeOf(evaluation: Evaluation): ConditionStory['outcome'] {
  if (evaluation.kind === 'failed') return { failure: evaluation.message };
  const stumbled = evaluation.kind === 'stumbled';
  return { holds: !stumbled && evaluation.value === true, stumbled };
}

/** How each rule comes to its value, by the same parts that apply it. */
export function explainRules(rules: readonly FieldRule[], user: DirectoryUser): readonly RuleStory[] {
  return rules.map((rule) => ({ field: rule.field, origin: rule.origin, position: rule.position, steps: stepsOf(rule, user) }));
}

function stepsOf(rule: FieldRule, user: DirectoryUser): ValueStep[] {
  const steps = givenSteps(rule, user);
  const given = givenValue(rule, user);
  if (given instanceof InvalidValue) return steps;
  let value: Convertible = given;
  for (const { name, convert } of rule.convert?.steps ?? []) {
    const next = convert(value);
    steps.push(step(name, next));
    if (next instanceof InvalidValue) return steps;
    value = next;
  }
  if (rule.default !== undefined && isEmpty(joined(value))) steps.push(step('default', rule.default.value));
  return steps;
}

function givenSteps(rule: FieldRule, user: DirectoryUser): ValueStep[] {
  const { from } = rule;
  if (from.kind !== 'source') return [step(from.kind, givenValue(rule, user))];
  const steps: ValueStep[] = [];
  for (const path of from.paths) {
    const value = valueAt(user, path);
    steps.push(step(path.text, value));
    if (value instanceof InvalidValue || !isNothing(value)) break;
  }
  return steps;
}

function step(what: string, value: Convertible | InvalidValue): ValueStep {
  return { what, outcome: value instanceof InvalidValue ? { failure: value.message } : { value: joined(value) } };
}
