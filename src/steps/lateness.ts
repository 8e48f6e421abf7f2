import type { WorkflowHistory } from '../github/index.ts';
import type { Lateness } from '../report/index.ts';

/** Conclusions of runs that were given up before their end. */
const givenUp = new Set(['cancelled', 'timed_out', 'stale']);

/** Why no run of a workflow has succeeded within its time; `undefined` where one has. */
export function latenessOf({ state, latest, lastSuccess }: WorkflowHistory, maxAgeHours: number, at: Date): Lateness | undefined {
  const earliest = at.getTime() - maxAgeHours * 3_600_000;
  if (lastSuccess !== undefined && lastSuccess.startedAt.getTime() >= earliest) return undefined;
  if (state !== 'active') return { cause: 'disabled', state };
  const [run] = latest;
  if (run === undefined) return { cause: 'not-started' };
  // However long ago it began: while it goes on, it keeps further ones from starting.
  if (run.status !== 'completed') return { cause: 'under-way', run };
  if (run.startedAt.getTime() < earliest) return { cause: 'not-started' };
  return { cause: givenUp.has(run.conclusion) ? 'not-finished' : 'failed', run };
}
