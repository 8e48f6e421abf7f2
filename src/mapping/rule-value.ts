import type { FieldRule, SourcePath } from '../config/index.ts';
import { InvalidValue, type Convertible } from '../converters/index.ts';
import type { DirectoryUser } from '../directory/index.ts';
import { isEmpty, type FieldValue } from '../field-value.ts';
import { isNothing, joined, valueAt } from './source.ts';

/** What a rule gives for a user, before the instance's field has its say; `null` where it gives nothing. */
export function valueOf(rule: FieldRule, user: DirectoryUser): FieldValue | InvalidValue {
  const given = givenValue(rule, user);
  if (given instanceof InvalidValue) return given;
  const value = rule.convert === undefined ? joined(given) : rule.convert.run(given);
  return value instanceof InvalidValue || !isEmpty(value) ? value : (rule.default?.value ?? null);
}

/** What stands behind a rule, before its converters. */
export function givenValue({ from }: FieldRule, user: DirectoryUser): Convertible | InvalidValue {
  switch (from.kind) {
    case 'value':
      return from.value;
    case 'source':
      return firstNonEmpty(from.paths, user);
    case 'expression': {
      const evaluation = from.expression.compiled.evaluate(user);
      if (evaluation.kind === 'value') return evaluation.value;
      return evaluation.kind === 'stumbled' ? null : new InvalidValue(evaluation.message);
    }
  }
}

/** Where all are empty, what the first one holds: an empty list is not the same to every converter as nothing. */
function firstNonEmpty(paths: readonly SourcePath[], user: DirectoryUser): Convertible | InvalidValue {
  let first: Convertible | undefined;
  for (const path of paths) {
    const value = valueAt(user, path);
    if (value instanceof InvalidValue || !isNothing(value)) return value;
    first ??= value;
  }
  return first ?? null;
}
