import type { Plan } from '../../plan/index.ts';
import { forMarkdown } from '../escape.ts';
import { table } from '../markdown.ts';
import type { RunReport } from '../report.ts';
import { countWrites, isLeftOutField, writingActions } from '../status.ts';
import { thousands } from '../words.ts';

const rowNames = {
  create: 'To create',
  update: 'To update',
  suspend: 'To suspend',
  restore: 'To restore',
};

/** How many people the run looked at, and what it found for them. */
export function countsSection({ plan, results }: RunReport): string {
  if (plan === null) return '';
  const { counts } = plan;
  const written = countWrites(results);
  const rows: [name: string, count: number, always: boolean][] = [
    ['Users read from the directory', counts.directory, true],
    ['Users in scope', counts.scope, true],
    ...writingActions.map((action): [string, number, boolean] => [
      rowNames[action],
      counts[action],
      action === 'create' || action === 'update',
    ]),
    ['Already as they should be', counts.unchanged, true],
    ['Skipped', counts.skip, false],
    ['Conflicts', counts.conflict, false],
    ['Leavers', counts.leaver, false],
    ['Single fields left out', plan.entries.filter(isLeftOutField).length, false],
    ['Changes written', written.applied, results.size > 0],
    ['Changes that failed', written.failed, false],
    ['Changes not attempted', written.notAttempted, false],
  ];
  const shown = rows.filter(([, count, always]) => always || count > 0);
  const text = table(
    ['What', '#Number'],
    shown.map(([name, count]) => [name, thousands(count)]),
  );
  return `### In numbers\n\n${text}`;
}

/** How near the plan is to each limit of the sync file. */
export function limitsSection(plan: Plan | null): string {
  if (plan === null || plan.limits.length === 0) return '';
  const rows = plan.limits.map(({ name, limit, base, actual, exceeded }) => [
    forMarkdown(name),
    forMarkdown(limit),
    `${thousands(actual)} of ${thousands(base)}${base > 0 ? ` (${((100 * actual) / base).toFixed(1)}%)` : ''}`,
    exceeded ? '❌ exceeded' : '✅ within',
  ]);
  return `### Limits\n\n${table(['Limit', 'Allowed', 'This plan', 'Result'], rows)}`;
}
