import { textOf } from '../field-value.ts';
import type { ComparedEntry, FieldDifference, PlanDifference, ValueChange } from '../plan-file/index.ts';
import { clip } from './escape.ts';

/** The kinds of differences with their titles, in the order in which reports list them. */
export const differenceTitles: readonly (readonly [kind: keyof PlanDifference, title: string])[] = [
  ['added', 'Planned now, and not expected'],
  ['gone', 'Expected, and not planned any more'],
  ['changed', 'Planned with other values'],
];

/** The name by which people know who it is about. */
export function comparedPerson({ userPrincipalName, syncKey, oomnitzaId, entraId }: ComparedEntry): string {
  return userPrincipalName ?? syncKey ?? oomnitzaId ?? entraId ?? 'unknown';
}

/** A difference in one line of plain text. */
export function differenceText({ entry, field, expected, planned }: FieldDifference, maxValue: number): string {
  const shown = (values: ValueChange): string => `${quoted(values.before, maxValue)} → ${quoted(values.after, maxValue)}`;
  const both = expected === undefined || planned === undefined ? undefined : `${shown(planned)} in place of ${shown(expected)}`;
  const one = planned ?? expected;
  return `${entry.action} ${clip(comparedPerson(entry), 80)}: ${field} ${both ?? (one === undefined ? '' : shown(one))}`;
}

function quoted(value: ValueChange['before'], maxValue: number): string {
  return JSON.stringify(clip(textOf(value), maxValue));
}
