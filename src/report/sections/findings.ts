import { byCodePoint } from '../../field-value.ts';
import { isWrite, type PlanEntry } from '../../plan/index.ts';
import { forMarkdown } from '../escape.ts';
import { code, prose, table } from '../markdown.ts';
import { wordsOf } from '../reasons.ts';
import type { PersonalData, RunReport } from '../report.ts';
import { findingText, isLeftOutField, messageOf, statusOf } from '../status.ts';
import { counted, people, personOf, thousands } from '../words.ts';

const maxGroups = 20;
const maxExamples = 5;
const maxMessage = 300;

/** Changes that Oomnitza did not take, grouped by what it answered. */
export function failedWritesSection({ plan, results, personalData }: RunReport): string {
  const failed = (plan?.entries ?? []).filter((entry) => statusOf(entry, results) === 'failed');
  if (failed.length === 0) return '';
  const groups = largestFirst(failed, (entry) => messageOf(entry, results));
  const header = ['Why', '#Changes', ...(personalData === 'none' ? [] : ['For example'])];
  const rows = groups.slice(0, maxGroups).map(([message, entries]) => {
    const examples = entries.slice(0, maxExamples).map((entry) => `${code(personOf(entry))} (${entry.action})`);
    return [prose(message, maxMessage), thousands(entries.length), ...(personalData === 'none' ? [] : [examples.join(', ')])];
  });
  return [
    `### Could not be written: ${thousands(failed.length)}`,
    'These changes are tried again by the next run.',
    table(header, rows),
    ...moreGroups(groups.length),
  ].join('\n\n');
}

/** People of whom it is not clear which record is theirs. */
export function conflictsSection({ plan, personalData }: RunReport): string {
  const conflicts = (plan?.entries ?? []).filter((entry) => entry.action === 'conflict');
  return findings('Conflicts', 'Nothing is written for these people until the conflict is resolved.', conflicts, personalData);
}

/** People who are left alone, and why. */
export function skipsSection({ plan, personalData }: RunReport): string {
  const skips = (plan?.entries ?? []).filter((entry) => entry.action === 'skip' && !isLeftOutField(entry));
  return findings('Skipped people', 'Nothing is written for these people.', skips, personalData);
}

/** Fields that could not be used, of people whose other fields take part. */
export function leftOutFieldsSection({ plan, personalData }: RunReport): string {
  const leftOut = (plan?.entries ?? []).filter(isLeftOutField);
  return findings('Single fields left out', 'The other fields of these people are synced as usual.', leftOut, personalData);
}

/** People who left the directory or were disabled there: how many of each kind, and those who are only reported. */
export function leaversSection({ plan, personalData }: RunReport): string {
  if (plan === null) return '';
  const reported = plan.entries.filter((entry) => entry.action === 'leaver');
  const all = plan.entries.filter(({ action }) => action === 'leaver' || action === 'suspend' || action === 'restore');
  const outOfScope = plan.outOfScope === 0 ? [] : [`Users who were not read and are still in the directory: ${thousands(plan.outOfScope)}. They are out of scope, and nothing is done about their records.`];
  if (all.length === 0) return outOfScope.length === 0 ? '' : ['### Leavers', ...outOfScope].join('\n\n');
  const groups = largestFirst(all, (entry) => entry.reason ?? 'no reason given');
  const rows = groups.map(([reason, entries]) => {
    const writes = entries.filter(isWrite).length;
    return [forMarkdown(wordsOf(reason, 'leaver').title, maxMessage), thousands(entries.length), thousands(writes), thousands(entries.length - writes)];
  });
  return [
    `### Leavers: ${thousands(all.length)}`,
    table(['Why', '#People', '#Suspended or restored', '#Reported only'], rows),
    ...outOfScope,
    ...largestFirst(reported, (entry) => entry.reason ?? 'no reason given').map(([reason, group]) => findingsOf(reason, group, personalData)),
  ].join('\n\n');
}

function findings(title: string, meaning: string, entries: readonly PlanEntry[], personalData: PersonalData): string {
  if (entries.length === 0) return '';
  const groups = largestFirst(entries, (entry) => entry.reason ?? 'no reason given');
  return [
    `### ${title}: ${thousands(entries.length)}`,
    meaning,
    ...groups.slice(0, maxGroups).map(([reason, group]) => findingsOf(reason, group, personalData)),
    ...moreGroups(groups.length),
  ].join('\n\n');
}

function findingsOf(reason: string, entries: readonly PlanEntry[], personalData: PersonalData): string {
  const { title, advice } = wordsOf(reason, entries[0]?.action);
  const fields = entries.some(isLeftOutField);
  const examples = entries.slice(0, personalData === 'none' ? 0 : maxExamples);
  const header = ['Person', fields ? 'Field' : 'Sync key', 'What happened'];
  const rows = examples.map((entry) => [
    code(personOf(entry)),
    optionalCode(fields ? (entry.fields[0]?.field ?? null) : entry.syncKey),
    prose(findingText(entry), maxMessage),
  ]);
  const count = fields ? counted(entries.length, 'field') : people(entries.length);
  return [
    `**${forMarkdown(title, maxMessage)}: ${count}** (${code(reason)})`,
    ...(advice === '' ? [] : [advice]),
    ...(rows.length === 0 ? [] : [table(header, rows)]),
    ...(rows.length > 0 && entries.length > rows.length
      ? [`The first ${rows.length} of ${thousands(entries.length)}; <code>changes.csv</code> has all.`]
      : []),
  ].join('\n\n');
}

function optionalCode(text: string | null): string {
  return text === null || text === '' ? '' : code(text);
}

function moreGroups(count: number): string[] {
  return count > maxGroups ? [`${counted(count - maxGroups, 'more reason')} in <code>changes.csv</code>.`] : [];
}

function largestFirst(entries: readonly PlanEntry[], reasonOf: (entry: PlanEntry) => string): [string, PlanEntry[]][] {
  return [...Map.groupBy(entries, reasonOf)].sort(
    ([reasonA, a], [reasonB, b]) => b.length - a.length || byCodePoint(reasonA, reasonB),
  );
}
