import type { FieldRule, SourcePath } from '../config/index.ts';
import type { DirectoryUser } from '../directory/index.ts';
import type { Position } from '../errors.ts';
import { isEmpty, type FieldValue } from '../field-value.ts';
import { InvalidValue, valueAt } from './source.ts';

/** Why a field rule gave no usable value for one user. */
export interface Flaw {
  /** Index of the rule. */
  readonly rule: number;
  readonly reason: 'missing-required' | 'invalid-value';
  /** What is wrong, without saying who it is about. */
  readonly message: string;
}

/** A directory user after mapping. */
export interface DesiredRecord {
  readonly entraId: string;
  readonly userPrincipalName: string;
  /** `false` only where the directory says that the account is disabled. */
  readonly enabled: boolean;
  /** One for each rule, in the order of the rules; `null` where a rule gives nothing. */
  readonly values: readonly FieldValue[];
  /** Judged by the plan, since a rule that does not apply to the change does not count. */
  readonly flaws: readonly Flaw[];
}

/** The field rules of a sync file, made ready to be applied to many users. */
export interface Mapping {
  /** The directory properties that the rules read, each with the first place that names it. */
  readonly properties: readonly { readonly name: string; readonly position: Position }[];
  apply(user: DirectoryUser): DesiredRecord;
}

const noFlaws: readonly Flaw[] = [];

/** @param rules the rules of the sync file; the values of a desired record come in their order */
export function compileMapping(rules: readonly FieldRule[]): Mapping {
  const properties = new Map<string, Position>();
  for (const { from } of rules) {
    for (const { segments, position } of from.kind === 'source' ? from.paths : []) {
      if (!properties.has(segments[0])) properties.set(segments[0], position);
    }
  }
  return {
    properties: [...properties].map(([name, position]) => ({ name, position })),
    apply: (user) => applyRules(rules, user),
  };
}

function applyRules(rules: readonly FieldRule[], user: DirectoryUser): DesiredRecord {
  const values: FieldValue[] = [];
  let flaws: Flaw[] | undefined;
  for (const [index, rule] of rules.entries()) {
    const value = valueOf(rule, user);
    if (value instanceof InvalidValue) {
      values.push(null);
      (flaws ??= []).push({ rule: index, reason: 'invalid-value', message: value.message });
      continue;
    }
    values.push(value);
    if (value === null && rule.required) {
      (flaws ??= []).push({ rule: index, reason: 'missing-required', message: `\`${rule.field}\` is required, and ${emptySources(rule)}` });
    }
  }
  return {
    entraId: user.id,
    userPrincipalName: typeof user['userPrincipalName'] === 'string' ? user['userPrincipalName'] : '',
    enabled: user['accountEnabled'] !== false,
    values,
    flaws: flaws ?? noFlaws,
  };
}

function valueOf(rule: FieldRule, user: DirectoryUser): FieldValue | InvalidValue {
  const given = rule.from.kind === 'value' ? rule.from.value : firstNonEmpty(rule.from.paths, user);
  if (given instanceof InvalidValue || !isEmpty(given)) return given;
  return rule.default ?? null;
}

function firstNonEmpty(paths: readonly SourcePath[], user: DirectoryUser): FieldValue | InvalidValue {
  for (const path of paths) {
    const value = valueAt(user, path);
    if (value instanceof InvalidValue || !isEmpty(value)) return value;
  }
  return null;
}

function emptySources(rule: FieldRule): string {
  if (rule.from.kind === 'value') return 'its value is empty';
  const names = rule.from.paths.map(({ text }) => `\`${text}\``);
  return names.length === 1 ? `${names.join('')} is empty` : `all of ${names.join(', ')} are empty`;
}
