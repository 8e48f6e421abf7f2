import type { ImpactPart } from '../plan/index.ts';
import type { FieldDifference, ValueChange } from '../plan-file/index.ts';
import type { EntryDisclosure } from './disclosed-entry.ts';
import type { Comparison, PlanMismatch } from './report.ts';

const noFields: ReadonlyMap<string, number> = new Map();

/** How a proposal compares with its base, as it may be shown. */
export function disclosedComparison({ isUntouched, impact, limitsAnyway, notes }: Comparison, disclosure: EntryDisclosure, text: (sentence: string) => string): Comparison {
  const part = ({ samples, fields, findings, records, counts, otherwise, leftOut }: ImpactPart): ImpactPart => ({
    samples: disclosure.level === 'none' ? [] : samples.map((sample) => ({ entry: disclosure.of(sample.entry), fields: disclosure.fields(sample.fields), inBoth: sample.inBoth })),
    fields: disclosure.level === 'none' ? noFields : fields,
    findings,
    records,
    counts,
    otherwise,
    leftOut,
  });
  const shown = impact && { caused: part(impact.caused), dropped: part(impact.dropped), pending: part(impact.pending) };
  return { isUntouched, impact: shown, limitsAnyway, notes: notes.map(text) };
}

/** In what a plan is not the expected one, as it may be shown. */
export function disclosedMismatch({ expectedDigests, difference }: PlanMismatch, disclosure: EntryDisclosure): PlanMismatch {
  const values = (change: ValueChange | undefined): ValueChange | undefined => change && { before: disclosure.value(change.before), after: disclosure.value(change.after) };
  const shown = ({ entry, field, expected, planned }: FieldDifference): FieldDifference => ({
    entry: { action: entry.action, ...disclosure.someone(entry), fields: disclosure.fields(entry.fields) },
    field: disclosure.level === 'none' ? '' : field,
    expected: values(expected),
    planned: values(planned),
  });
  return { expectedDigests, difference: difference && { added: difference.added.map(shown), gone: difference.gone.map(shown), changed: difference.changed.map(shown) } };
}
