import { isEmptyPart, type Impact, type ImpactPart, type LimitCheck } from '../plan/index.ts';
import { byCount } from './chart.ts';
import { forMarkdown } from './escape.ts';
import { code, prose, table } from './markdown.ts';
import { wordsOf } from './reasons.ts';
import { thousands } from './words.ts';

const maxFields = 20;
const maxReasons = 20;

const columns = ['#Caused by it', '#No longer done because of it', '#Pending anyway'];

/** The three parts of an impact in numbers, by action, field and reason: nothing in them is about a single person. */
export function impactTables({ caused, dropped, pending }: Impact): string[] {
  const parts = [caused, dropped, pending];
  if (parts.every(isEmptyPart)) return ['Nothing would be changed, with it or without it.'];
  const inAll = (action: 'update' | 'suspend' | 'restore') => ({ counts, otherwise }: ImpactPart): number => counts[action] + otherwise[action];
  const counts: [name: string, of: (part: ImpactPart) => number][] = [
    ['People to create', ({ counts: { create } }) => create],
    ['People created anyway, with other values', ({ otherwise }) => otherwise.create],
    ['People to update', inAll('update')],
    ['People to suspend', inAll('suspend')],
    ['People to restore', inAll('restore')],
    ['Conflicts', ({ counts: { conflict } }) => conflict],
    ['Skipped people', ({ counts: { skip } }) => skip],
    ['Single fields left out', ({ leftOut }) => leftOut],
    ['Leavers', ({ counts: { leaver } }) => leaver],
  ];
  const rows = counts.map(([name, of]) => [name, ...parts.map(of)] as const).filter(([, ...numbers]) => numbers.some((number) => number > 0));
  return [
    table(['What', ...columns], [['**Records**', ...parts.map(({ records }) => `**${thousands(records)}**`)], ...rows.map(([name, ...numbers]) => [name, ...numbers.map(thousands)])]),
    ...countTable('Field', parts, ({ fields }) => byCount(fields), (field) => code(field), maxFields),
    ...countTable('Finding', [caused, dropped], ({ findings }) => byCount(findings), (reason) => `${forMarkdown(wordsOf(reason).title)} (${code(reason)})`, maxReasons),
  ];
}

function countTable(
  title: string,
  parts: readonly ImpactPart[],
  countsOf: (part: ImpactPart) => readonly (readonly [name: string, count: number])[],
  shown: (name: string) => string,
  most: number,
): string[] {
  const counts = parts.map((part) => new Map(countsOf(part)));
  // What is caused comes first, as the first part has it, then what only the others have.
  const names = [...new Set(counts.flatMap((count) => [...count.keys()]))];
  if (names.length === 0) return [];
  const rows = names.slice(0, most).map((name) => [shown(name), ...counts.map((count) => thousands(count.get(name) ?? 0))]);
  const more = names.length > most ? `\n\n${thousands(names.length - most)} more are left out here.` : '';
  return [`${table([title, ...columns.slice(0, parts.length)], rows)}${more}`];
}

/** Limits that are exceeded with a proposal and without it. */
export function limitsAnywayText(limits: readonly LimitCheck[]): string[] {
  if (limits.length === 0) return [];
  const names = limits.map(({ name, limit }) => `\`${name}: ${limit}\``).join(', ');
  return [`⚠️ Exceeded without it as well, and so no reason to refuse it: ${prose(names)}.`];
}
