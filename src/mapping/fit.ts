import type { FieldRule, InstanceFields } from '../config/index.ts';
import { isEmpty, type FieldValue } from '../field-value.ts';
import { fittingOf, Misfit, unknownField, type Fitting } from '../instance-field/index.ts';
import { TextPool } from '../text-pool.ts';
import { wholeUser, type DesiredRecord, type Flaw } from './mapping.ts';

/** Brings both sides into the form in which the fields of one instance hold their values. */
export interface InstanceFit {
  /** The values of the chosen rules, as the instance takes them; where it does not take one, there is a flaw instead. */
  readonly desired: (record: DesiredRecord) => DesiredRecord;
  /**
   * @param values of a record, one for each rule, and any others behind them
   * @returns those of the chosen rules, and the others; the same array where it has them as they are
   */
  readonly current: (values: readonly FieldValue[]) => readonly FieldValue[];
}

/**
 * @param columns indexes of the rules that the instance can take, in their order
 * @param fields what is known of the instance's fields
 */
export function compileFit(rules: readonly FieldRule[], columns: readonly number[], fields: InstanceFields): InstanceFit {
  const names = columns.map((column) => rules[column]?.field ?? '');
  const fittings = names.map((name) => fittingOf(fields.get(name) ?? unknownField(name)));
  const areAll = columns.length === rules.length;
  const texts = new TextPool();
  let kept = columns;
  const isAsRead = areAll && fittings.every(({ canonical }) => canonical === undefined);
  return {
    desired: (record) => fitted(areAll ? record : chosen(record, columns), names, fittings, texts),
    current(values) {
      if (isAsRead) return values;
      // All records have as many; lists that are made in one go take no more room than they need.
      if (kept.length !== columns.length + values.length - rules.length) kept = [...columns, ...Array.from({ length: values.length - rules.length }, (_none, index) => rules.length + index)];
      return kept.map((column, index) => {
        const value = values[column] ?? null;
        return isEmpty(value) ? value : (fittings[index]?.canonical?.(value) ?? value);
      });
    },
  };
}

function chosen(record: DesiredRecord, columns: readonly number[]): DesiredRecord {
  return {
    ...record,
    values: columns.map((column) => record.values[column] ?? null),
    flaws: record.flaws
      .filter(({ rule }) => rule === wholeUser || columns.includes(rule))
      .map((flaw) => ({ ...flaw, rule: flaw.rule === wholeUser ? wholeUser : columns.indexOf(flaw.rule) })),
  };
}

function fitted(record: DesiredRecord, names: readonly string[], fittings: readonly Fitting[], texts: TextPool): DesiredRecord {
  const flaws: Flaw[] = [];
  const values = record.values.map((value, rule) => {
    if (isEmpty(value)) return value;
    const taken = fittings[rule]?.fit(value) ?? value;
    if (!(taken instanceof Misfit)) return texts.share(taken);
    flaws.push({ rule, reason: taken.reason, message: `\`${names[rule] ?? ''}\` ${taken.message}`, value });
    return null;
  });
  return { ...record, values, flaws: flaws.length === 0 ? record.flaws : [...record.flaws, ...flaws] };
}
