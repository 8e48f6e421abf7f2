import type { FieldType } from './instance-field.ts';

/** What a field rule is known to give before any user is read; `any` where that is known for each user only. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'time' | 'any';

const kindWords: Readonly<Record<ValueKind, string>> = { text: 'a text', number: 'a number', boolean: 'true or false', time: 'a time', any: 'anything' };
const typeWords: Readonly<Record<FieldType, string>> = { text: 'texts', integer: 'whole numbers', number: 'numbers', boolean: 'true or false', date: 'dates', unknown: 'anything' };

const numbersOfTruth = 'Choose a number with an expression, such as `user.accountEnabled ? 1 : 0`.';
const numbersOfTime = 'Add `convert: epoch_seconds`, which gives seconds since 1970.';

/** What to write instead, where no value of a kind can fit. Of all others some may: a text can be the digits of a number. */
const hints: Readonly<Partial<Record<FieldType, Partial<Record<ValueKind, string>>>>> = {
  integer: { boolean: numbersOfTruth, time: numbersOfTime },
  number: { boolean: numbersOfTruth, time: numbersOfTime },
  boolean: { time: 'Compare the time in an expression, such as `timestamp(user.employeeHireDate) < timestamp("2030-01-01")`.' },
  date: { boolean: 'Name a property that holds a date.' },
};

/** Why no value of a kind fits a field of a type, as the rest of "the field …"; `undefined` where one may. */
export function kindFault(type: FieldType, kind: ValueKind): { readonly message: string; readonly hint: string } | undefined {
  const hint = hints[type]?.[kind];
  return hint === undefined ? undefined : { message: `holds ${typeWords[type]}, and this gives ${kindWords[kind]}`, hint };
}
