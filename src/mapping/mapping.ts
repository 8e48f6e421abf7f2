import type { Expression, FieldRule, SyncFile } from '../config/index.ts';
import { InvalidValue } from '../converters/index.ts';
import type { DirectoryUser } from '../directory/index.ts';
import type { Position } from '../errors.ts';
import type { FieldValue } from '../field-value.ts';
import { propertyAskedFor } from '../graph-user/index.ts';
import { externalIdOf, type ExternalId } from './external-id.ts';
import { givenValue, valueOf } from './rule-value.ts';
import { joined } from './source.ts';

/** Why a field rule gave no usable value for one user. */
export interface Flaw {
  /** Index of the rule; {@link wholeUser} where it is not known whether the user is in scope. */
  readonly rule: number;
  readonly reason: 'missing-required' | 'invalid-value' | 'invalid-option';
  /** What is wrong, without saying who it is about or what the value is. */
  readonly message: string;
  /** The value that is no good, where there is one. */
  readonly value?: FieldValue;
}

/** Stands for no rule but for everything about a user. */
export const wholeUser = -1;

/** A directory user after mapping. */
export interface DesiredRecord {
  readonly entraId: string;
  /** `null` where the directory has none. */
  readonly userPrincipalName: string | null;
  /** `false` only where the directory says that the account is disabled. */
  readonly enabled: boolean;
  /** A disabled user who is out of scope, and would be in it if enabled: no part of the sync, but somebody who left it. */
  readonly outOfScope?: true;
  /** One for each rule, in the order of the rules; `null` where a rule gives nothing. */
  readonly values: readonly FieldValue[];
  /** Judged by the plan, since a rule that does not apply to the change does not count. */
  readonly flaws: readonly Flaw[];
  /** The id in the SaaS application, where the sync file names one. */
  readonly externalId?: ExternalId;
}

/** The scope and the field rules of a sync file, made ready to be applied to many users. */
export interface Mapping {
  /** The directory properties that they read, such as `mail` and `manager.mail`, each with the first place that names it. */
  readonly properties: readonly { readonly name: string; readonly position: Position }[];
  /** The desired record of a user; `undefined` for one who is out of scope, and not only for being disabled. */
  readonly apply: (user: DirectoryUser) => DesiredRecord | undefined;
  /** The same for one who is out of scope: by it is seen whose record somebody else's must not be taken for. */
  readonly outside: (user: DirectoryUser) => DesiredRecord;
}

const noFlaws: readonly Flaw[] = [];

/** The values of a desired record come in the order of the rules. */
export function compileMapping({ rules, scope, saas }: Pick<SyncFile, 'rules' | 'scope' | 'saas'>): Mapping {
  const properties = new Map<string, Position>();
  const read = (name: string, position: Position): void => {
    if (!properties.has(name)) properties.set(name, position);
  };
  for (const expression of [...scope, ...rules.flatMap(({ from }) => (from.kind === 'expression' ? [from.expression] : []))]) {
    for (const { name, position } of expression.properties) read(name, position);
  }
  for (const { from } of rules) {
    for (const { segments, position } of from.kind === 'source' ? from.paths : []) read(propertyAskedFor(segments), position);
  }
  if (saas !== undefined) read(propertyAskedFor(saas.externalId.segments), saas.externalId.position);
  return {
    properties: [...properties].map(([name, position]) => ({ name, position })),
    apply(user) {
      const standing = standingOf(user, scope);
      const mapped = (as: 'in' | Flaw): DesiredRecord => {
        const record = applyRules(rules, user, as);
        return saas === undefined ? record : { ...record, externalId: externalIdOf(user, saas.externalId) };
      };
      if (standing !== 'out') return mapped(standing);
      const isOutByThat = user['accountEnabled'] === false && standingOf({ ...user, accountEnabled: true }, scope) === 'in';
      return isOutByThat ? { ...applyRules(rules, user, 'in'), outOfScope: true } : undefined;
    },
    outside: (user) => applyRules(rules, user, 'in'),
  };
}

/** Whether all conditions hold; a flaw where one fails for another reason than a missing value. */
function standingOf(user: DirectoryUser, scope: readonly Expression[]): 'in' | 'out' | Flaw {
  let flaw: Flaw | undefined;
  for (const { compiled } of scope) {
    const evaluation = compiled.evaluate(user);
    if (evaluation.kind === 'failed') flaw ??= { rule: wholeUser, reason: 'invalid-value', message: `\`scope\` cannot be told: ${evaluation.message}` };
    else if (evaluation.kind === 'stumbled' || evaluation.value !== true) return 'out';
  }
  return flaw ?? 'in';
}

function applyRules(rules: readonly FieldRule[], user: DirectoryUser, standing: 'in' | Flaw): DesiredRecord {
  const values: FieldValue[] = [];
  let flaws: Flaw[] | undefined = standing === 'in' ? undefined : [standing];
  for (const [index, rule] of rules.entries()) {
    const value = valueOf(rule, user);
    if (value instanceof InvalidValue) {
      values.push(null);
      const given = givenValue(rule, user);
      const flaw = { rule: index, reason: 'invalid-value' } as const;
      (flaws ??= []).push(given instanceof InvalidValue ? { ...flaw, message: sourceFailure(rule, given) } : { ...flaw, message: value.message, value: joined(given) });
      continue;
    }
    values.push(value);
    if (value === null && rule.required) {
      (flaws ??= []).push({ rule: index, reason: 'missing-required', message: `\`${rule.field}\` is required, and ${emptySources(rule)}` });
    }
  }
  const { userPrincipalName: name } = user;
  return {
    entraId: user.id,
    userPrincipalName: typeof name === 'string' && name.trim() !== '' ? name : null,
    enabled: user['accountEnabled'] !== false,
    values,
    flaws: flaws ?? noFlaws,
  };
}

/** A run-time error is about the expression, which the user's own values only bring out. */
function sourceFailure({ from }: FieldRule, { message }: InvalidValue): string {
  return from.kind === 'expression' ? `the rule's \`expression\` fails for this user: ${message}` : message;
}

function emptySources({ from, convert }: FieldRule): string {
  if (from.kind === 'value') return 'its value is empty';
  if (from.kind === 'expression') return 'its expression gives nothing';
  const names = from.paths.map(({ text }) => `\`${text}\``);
  const sources = names.length === 1 ? `${names.join('')} is empty` : `all of ${names.join(', ')} are empty`;
  return convert === undefined ? sources : `${sources}, or its converters give nothing`;
}
