import type { LimitCheck, Plan, PlanEntry } from '../plan/index.ts';
import type { WriteResults } from './report.ts';
import { countWrites, messageOf, statusOf } from './status.ts';

const noCounts = {
  directory: 0,
  scope: 0,
  create: 0,
  update: 0,
  suspend: 0,
  restore: 0,
  unchanged: 0,
  skip: 0,
  conflict: 0,
  leaver: 0,
};

/**
 * `plan.json`: the plan for programs, one change a line so that it stays readable and comparable at any size. Every key is
 * always there; what is not known is `null`.
 * @param plan - `null` where none was computed: no digest, counts of zero, no changes
 */
export function renderPlanJson(plan: Plan | null, results: WriteResults): string {
  const counts = plan?.counts ?? noCounts;
  const lines = [
    '{',
    '  "version": 1,',
    `  "digest": ${JSON.stringify(plan?.digest ?? null)},`,
    `  "counts": ${JSON.stringify({
      directory: counts.directory,
      scope: counts.scope,
      create: counts.create,
      update: counts.update,
      suspend: counts.suspend,
      restore: counts.restore,
      unchanged: counts.unchanged,
      skip: counts.skip,
      conflict: counts.conflict,
      fail: countWrites(results).failed,
      leaver: counts.leaver,
    })},`,
    `  "changes": ${list((plan?.entries ?? []).map((entry) => changeOf(entry, results)))},`,
    `  "limits": ${list((plan?.limits ?? []).map(limitOf))}`,
    '}',
    '',
  ];
  return lines.join('\n');
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
}

function changeOf(entry: PlanEntry, results: WriteResults): string {
  return JSON.stringify({
    action: entry.action,
    entraId: entry.entraId,
    userPrincipalName: entry.userPrincipalName,
    oomnitzaId: entry.oomnitzaId,
    syncKey: entry.syncKey,
    fields: entry.fields.map(({ field, before, after }) => ({ field, before, after })),
    status: statusOf(entry, results),
    reason: entry.reason,
    message: messageOf(entry, results),
  });
}

function limitOf({ name, limit, base, actual, exceeded }: LimitCheck): string {
  return JSON.stringify({ name, limit, base, actual, exceeded });
}
