import type { LimitCheck, Plan, PlanEntry } from '../plan/index.ts';
import type { PersonalData, WriteResults } from './report.ts';
import { countWrites, messageOf, statusOf } from './status.ts';

const linesAtATime = 100;

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
 * `plan.json`: the plan for programs, one change a line so that it stays readable and comparable at any size, in pieces that
 * together are the file. Every key is always there, and what is not known is `null`; `personalData` and `recordWritten` alone are
 * there only where they say something.
 * @param plan - `null` where none was computed: no digest, counts of zero, no changes
 * @param personalData - said in the file where it is not `full`: what is hidden there cannot be compared, nor undone
 */
export function* renderPlanJson(plan: Plan | null, results: WriteResults, personalData: PersonalData = 'full'): Generator<string> {
  const counts = plan?.counts ?? noCounts;
  yield [
    '{',
    '  "version": 1,',
    ...(personalData === 'full' ? [] : [`  "personalData": "${personalData}",`]),
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
    '  "changes": ',
  ].join('\n');
  yield* list(plan?.entries ?? [], (entry) => changeOf(entry, results));
  yield ',\n  "limits": ';
  yield* list(plan?.limits ?? [], limitOf);
  yield '\n}\n';
}

/** An array with an element on each line. */
function* list<Element>(elements: readonly Element[], lineOf: (element: Element) => string): Generator<string> {
  for (let start = 0; start < elements.length; start += linesAtATime) {
    const lines = elements.slice(start, start + linesAtATime).map((element) => `\n    ${lineOf(element)}`);
    yield `${start === 0 ? '[' : ','}${lines.join(',')}`;
  }
  yield elements.length === 0 ? '[]' : '\n  ]';
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
    // Left out by JSON where it is not known.
    recordWritten: results.get(entry)?.recordWritten,
    reason: entry.reason,
    message: messageOf(entry, results),
  });
}

function limitOf({ name, limit, base, actual, exceeded }: LimitCheck): string {
  return JSON.stringify({ name, limit, base, actual, exceeded });
}
