import { textOf, type FieldValue } from '../../field-value.ts';
import type { FieldDifference, ValueChange } from '../../plan-file/index.ts';
import { code, table } from '../markdown.ts';
import { comparedPerson, differenceTitles } from '../mismatch.ts';
import type { RunReport } from '../report.ts';
import { thousands } from '../words.ts';

const maxValue = 80;
/** All of it is to be seen, before anything else of the page; only plans that have little in common have more. */
const maxBytes = 720 * 1024;
/** No more rows than this have room, however short they are. */
const maxRows = 10_000;

/** In what the plan is not the one that was expected. */
export function mismatchSection({ mismatch, plan, personalData }: RunReport): string {
  if (mismatch === null || plan === null) return '';
  const digests = [...mismatch.expectedDigests.map((digest) => ['Expected', code(digest)]), ['This plan', code(plan.digest)]];
  const { difference } = mismatch;
  const kinds = differenceTitles.filter(([kind]) => (difference?.[kind] ?? []).length > 0);
  const parts = kinds.flatMap(([kind, title]) => {
    const rows = difference?.[kind] ?? [];
    if (personalData === 'none') return [`**${title}: ${thousands(rows.length)}**`];
    const shown = rows.slice(0, maxRows);
    const note = rows.length > shown.length ? [`The first ${thousands(shown.length)} of ${thousands(rows.length)}.`] : [];
    return [`**${title}: ${thousands(rows.length)}**`, table(headerOf(kind), shown.map(rowOf), maxBytes / kinds.length), ...note];
  });
  return ['### Another plan was expected', table(['Plan', 'Digest'], digests), ...parts].join('\n\n');
}

function headerOf(kind: string): readonly string[] {
  return ['Person', 'Action', 'Field', ...(kind === 'changed' ? ['Expected', 'This plan'] : ['Before → after'])];
}

function rowOf({ entry, field, expected, planned }: FieldDifference): string[] {
  const values = [expected, planned].filter((value) => value !== undefined);
  return [code(comparedPerson(entry)), entry.action, code(field), ...values.map(shownChange)];
}

function shownChange({ before, after }: ValueChange): string {
  return `${shown(before)} → ${shown(after)}`;
}

function shown(value: FieldValue): string {
  return value === null || value === '' ? '_empty_' : code(textOf(value), maxValue);
}
