import type { FieldValue } from '../../field-value.ts';
import { textOf } from '../../field-value.ts';
import { isWrite } from '../../plan/index.ts';
import type { FieldChange, PlanEntry } from '../../plan/index.ts';
import { countFields, pieChart } from '../chart.ts';
import { forMarkdown } from '../escape.ts';
import { code, table } from '../markdown.ts';
import { wordsOf } from '../reasons.ts';
import type { RunReport } from '../report.ts';
import { statusOf, writingActions } from '../status.ts';
import type { Status, WritingAction } from '../status.ts';
import { people, personOf, thousands } from '../words.ts';

const maxPeople = 10;
/** New people fill every mapped field, so few of them show what all of them look like. */
const maxNewPeople = 3;
const maxFields = 20;
const maxValue = 80;

const titles: Readonly<Record<WritingAction, Readonly<Record<Exclude<Status, 'failed'>, string>>>> = {
  create: { planned: 'People to create', applied: 'People created', 'not-attempted': 'People not created yet' },
  update: { planned: 'People to update', applied: 'People updated', 'not-attempted': 'People not updated yet' },
  suspend: { planned: 'People to suspend', applied: 'People suspended', 'not-attempted': 'People not suspended yet' },
  restore: { planned: 'People to restore', applied: 'People restored', 'not-attempted': 'People not restored yet' },
};

/** A chart of how often each field changes in existing records or, where none changes, is set in new ones. */
export function chartSection({ plan }: RunReport): string {
  const changes = (plan?.entries ?? []).filter(isWrite);
  const existing = countFields(changes.filter((entry) => entry.action !== 'create'));
  const fresh = countFields(changes.filter((entry) => entry.action === 'create'));
  const [title, counts] =
    existing.length > 0 ? ['Values that change for existing people', existing] : ['Values set for new people', fresh];
  if (counts.length === 0) return '';
  const note = existing.length > 0 && fresh.length > 0 ? '\n\nThe values of new people are not in the chart.' : '';
  return `### Changes by field\n\n${pieChart(title, counts)}${note}`;
}

/** A few people of each kind of change, field by field; failed ones have their own section. */
export function changeSections({ plan, results, personalData }: RunReport): string[] {
  if (personalData === 'none') return [];
  const groups = Map.groupBy((plan?.entries ?? []).filter(isWrite), (entry) => `${entry.action} ${statusOf(entry, results)}`);
  return writingActions.flatMap((action) =>
    (['applied', 'planned', 'not-attempted'] as const).flatMap((status) => {
      const entries = groups.get(`${action} ${status}`);
      return entries === undefined ? [] : [sample(titles[action][status], action, entries)];
    }),
  );
}

function sample(title: string, action: WritingAction, entries: readonly PlanEntry[]): string {
  const shown = entries.slice(0, action === 'create' ? maxNewPeople : maxPeople);
  const more = entries.length > shown.length ? `\n\nThe first ${shown.length} of ${people(entries.length)}; <code>changes.csv</code> has all.` : '';
  return `### ${title}: ${thousands(entries.length)}\n\n${changesTable(action, shown)}${more}`;
}

/** Changes of one action, a row for each field; the first of a person names the person, and for a suspend tells why. */
export function changesTable(action: WritingAction, entries: readonly PlanEntry[]): string {
  const header = ['Person', ...(action === 'suspend' ? ['Why'] : []), 'Field', ...(action === 'create' ? ['Value'] : ['Before', 'After'])];
  return table(header, entries.flatMap((entry) => rowsOf(entry, action)));
}

function rowsOf(entry: PlanEntry, action: WritingAction): string[][] {
  const why = action === 'suspend' ? [forMarkdown(wordsOf(entry.reason ?? '', 'leaver').title, maxValue)] : [];
  const rows = entry.fields.slice(0, maxFields).map((change, index) => {
    const { before, after } = aroundDifference(change);
    return [...(index === 0 ? [code(personOf(entry)), ...why] : ['', ...why.map(() => '')]), code(change.field), ...(action === 'create' ? [] : [shown(before)]), shown(after)];
  });
  const rest = entry.fields.length - rows.length;
  if (rest > 0) rows.push(['', ...why.map(() => ''), `… and ${thousands(rest)} more`, ...(action === 'create' ? [] : ['']), '']);
  return rows;
}

function shown(value: FieldValue): string {
  return value === null || value === '' ? '_empty_' : code(textOf(value), maxValue);
}

/** Long values that begin alike are cut so that the difference is among what is shown. */
function aroundDifference({ before, after }: FieldChange): Pick<FieldChange, 'before' | 'after'> {
  if (typeof before !== 'string' || typeof after !== 'string') return { before, after };
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  if (same < maxValue - 1) return { before, after };
  // A code point of two units is not cut in half; both texts are the same up to here, so looking at one is enough.
  const start = /[\uDC00-\uDFFF]/.test(before.charAt(same - 20)) ? same - 21 : same - 20;
  return { before: `…${before.slice(start)}`, after: `…${after.slice(start)}` };
}
