import { unknownField, type InstanceField } from '../../src/instance-field/index.ts';
import { fieldsToCompare, PeopleFinder, sharesOf, suggest, type SampledUser, type Suggestion } from '../../src/suggest/index.ts';
import type { FieldValue } from '../../src/field-value.ts';
import { linesOf, type SuggestedLine } from '../support/suggested-lines.ts';

type Values = Readonly<Record<string, FieldValue>>;

/** Some people who are on both sides, and what is not the same for all. */
export interface World {
  /** Besides `username` and `email`; a text where nothing else is said. */
  readonly fields?: readonly (Partial<InstanceField> & { readonly name: string })[];
  readonly people?: number;
  /** What the directory has of a person, by number. */
  readonly user?: (number: number) => SampledUser;
  /** What Oomnitza has of a person, by number. */
  readonly record?: (number: number) => Values;
  readonly isDescribed?: boolean;
}

/** A suggestion, and its lines by field. */
export interface Suggested extends Suggestion {
  readonly lines: ReadonlyMap<string, SuggestedLine>;
  /** All fields of the instance. */
  readonly fields: ReadonlyMap<string, InstanceField>;
}

export function suggestFor({ fields = [], people = 40, user = () => ({}), record = () => ({}), isDescribed = true }: World): Suggested {
  const numbers = Array.from({ length: people }, (_none, number) => number);
  const known = new Map(['username', 'email', ...fields.map(({ name }) => name)].map((name) => [name, { ...unknownField(name), type: 'text' as const, ...fields.find((field) => field.name === name) }]));
  const users = numbers.map((number) => ({ id: guid(number), userPrincipalName: `login${number}@example.com`, mail: `mail${number}@example.com`, accountEnabled: true, ...user(number) }));
  const names = fieldsToCompare(known).map(({ name }) => name);
  const records = numbers.map((number) => {
    const values: Values = { username: `login${number}@example.com`, email: `mail${number}@example.com`, ...record(number) };
    return { username: String(values['username']), archived: false, values: names.map((name) => values[name] ?? null) };
  });
  const pairs = new PeopleFinder(users).pairs(records, names.indexOf('email'));
  const suggestion = suggest({ users, pairs, fields: known, isDescribed, shares: sharesOf(users, { isWhole: true, isEnabledOnly: false }) });
  return { ...suggestion, lines: linesOf(suggestion.text), fields: known };
}

export function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
