import { textOf } from '../field-value.ts';
import { isWrite } from '../plan/index.ts';
import type { FieldChange, PlanEntry } from '../plan/index.ts';
import { clip, forLog } from './escape.ts';
import { explanationTables, notExplained } from './explanation.ts';
import { outcomeOf } from './outcome.ts';
import { wordsOf } from './reasons.ts';
import type { RunReport } from './report.ts';
import { differenceText, differenceTitles } from './mismatch.ts';
import { isLeftOutField, messageOf, statusOf } from './status.ts';
import { watchedRows } from './watched.ts';
import { counted, personOf, thousands } from './words.ts';

const maxChanges = 10;
const maxFields = 5;
const maxExamples = 3;
const maxValue = 40;
/** What a person sees at once. */
const maxDifferences = 18;

/**
 * The end of the job log: outcome, what to do about a failure, numbers, the first few changes.
 * @returns one finished line each, safe to print as it is
 */
export function renderLogSummary(report: RunReport): string[] {
  const { mark, headline } = outcomeOf(report);
  return [
    `${mark} ${headline}`,
    ...failureLines(report),
    ...report.checks.map(({ name, detail }) => `✅ ${name}: ${detail}`),
    ...watchedRows(report.watched).map(([name, text]) => `  ${name}: ${text}`),
    ...mismatchLines(report),
    ...explanationLines(report),
    ...countLines(report),
    ...changeLines(report),
    ...failedLines(report),
    ...findingLines(report),
  ].map((line) => forLog(line));
}

function failureLines({ failure }: RunReport): string[] {
  if (failure === null) return [];
  return [
    `What happened: ${failure.message}`,
    ...failure.details.map((detail) => `  - ${detail}`),
    ...(failure.hint === '' ? [] : [`What to do: ${failure.hint}`]),
    `Failure reason: ${failure.reason}`,
    ...failure.problems.map(
      ({ position, message, hint }) =>
        `  line ${position.line}, column ${position.column}: ${message}${hint === undefined ? '' : ` — ${hint}`}`,
    ),
  ];
}

function mismatchLines({ mismatch, personalData }: RunReport): string[] {
  if (mismatch?.difference === undefined) return [];
  const { difference } = mismatch;
  if (personalData === 'none') return differenceTitles.flatMap(([kind, title]) => (difference[kind].length === 0 ? [] : [`  ${title}: ${thousands(difference[kind].length)}`]));
  const all = differenceTitles.flatMap(([kind]) => difference[kind].map((one) => [kind, one] as const));
  const lines = all.slice(0, maxDifferences).map(([kind, one]) => `  ${kind}: ${differenceText(one, maxValue)}`);
  const more = all.length - maxDifferences;
  return ['Where the plan is not the expected one:', ...lines, ...(more > 0 ? [`  and ${counted(more, 'more difference')}; the summary has them`] : [])];
}

function explanationLines({ explanation, personalData }: RunReport): string[] {
  if (explanation === null) return [];
  if (personalData === 'none') return [notExplained];
  if (explanation.user === undefined) return [`${explanation.asked}: the directory has no user with this name, mail address or id`];
  return explanationTables(explanation.user).flatMap(({ title, rows }) => [`${title}:`, ...rows.map((row) => `  ${row.join(' | ')}`)]);
}

function countLines({ plan }: RunReport): string[] {
  if (plan === null) return [];
  const { directory, scope, create, update, suspend, restore, unchanged, skip, conflict, leaver } = plan.counts;
  const parts: readonly (readonly [count: number, words: string])[] = [
    [create, 'to create'],
    [update, 'to update'],
    [suspend, 'to suspend'],
    [restore, 'to restore'],
    [unchanged, 'unchanged'],
    [skip, 'skipped'],
    [conflict, 'in conflict'],
    [leaver, 'left'],
  ];
  const shown = parts.filter(([count]) => count > 0).map(([count, words]) => `${thousands(count)} ${words}`);
  return [[`${counted(directory, 'user')} read`, `${thousands(scope)} in scope`, ...shown].join(', ')];
}

function changeLines({ plan, results, personalData }: RunReport): string[] {
  if (personalData === 'none') return [];
  const changes = (plan?.entries ?? []).filter((entry) => isWrite(entry) && statusOf(entry, results) !== 'failed');
  const more = changes.length - maxChanges;
  return [
    ...changes.slice(0, maxChanges).map((entry) => {
      const prefix = statusOf(entry, results) === 'not-attempted' ? 'not attempted: ' : '';
      return `  ${prefix}${entry.action} ${clip(personOf(entry), 80)}: ${fieldsText(entry)}`;
    }),
    ...(more > 0 ? [`  and ${counted(more, 'more change')}`] : []),
  ];
}

function fieldsText({ action, fields }: PlanEntry): string {
  const shown = fields.slice(0, maxFields).map((change) => fieldText(change, action === 'create'));
  const more = fields.length - shown.length;
  return [...shown, ...(more > 0 ? [`${thousands(more)} more`] : [])].join(', ');
}

function fieldText({ field, before, after }: FieldChange, isNew: boolean): string {
  const to = JSON.stringify(clip(textOf(after), maxValue));
  return isNew ? `${field} ${to}` : `${field} ${JSON.stringify(clip(textOf(before), maxValue))} → ${to}`;
}

/** A reason is given once, however many changes failed for it, and not again where it is why the run failed. */
function failedLines({ plan, results, personalData, failure }: RunReport): string[] {
  const failed = (plan?.entries ?? []).filter((entry) => statusOf(entry, results) === 'failed');
  if (personalData === 'none') return failed.length === 0 ? [] : [`  ${thousands(failed.length)} failed`];
  const groups = [...Map.groupBy(failed, (entry) => messageOf(entry, results))];
  const more = groups.slice(maxChanges).reduce((sum, [, entries]) => sum + entries.length, 0);
  return [
    ...groups.slice(0, maxChanges).map(([message, entries]) => {
      const others = entries.length - maxExamples;
      const who = entries.slice(0, maxExamples).map((entry) => `${entry.action} ${clip(personOf(entry), 80)}`);
      return `  failed: ${who.join(', ')}${others > 0 ? ` and ${thousands(others)} more` : ''}${failure?.message.includes(message) === true ? '' : `: ${message}`}`;
    }),
    ...(more > 0 ? [`  and ${thousands(more)} more failed`] : []),
  ];
}

function findingLines({ plan }: RunReport): string[] {
  const found = (plan?.entries ?? []).filter((entry) => !isWrite(entry));
  const groups = Map.groupBy(found, (entry) => `${isLeftOutField(entry) ? 'field left out' : entry.action}: ${wordsOf(entry.reason ?? '', entry.action).title}`);
  return Array.from(groups, ([name, entries]) => `  ${name}: ${thousands(entries.length)}`).slice(0, 2 * maxChanges);
}
