import type { ListedRun, WorkflowHistory } from '../github/index.ts';
import type { Lateness } from '../report/index.ts';

/** Conclusions of runs that were given up before their end. */
const givenUp = new Set(['cancelled', 'timed_out', 'stale']);

/** Why no run of a workflow has succeeded within its time; `undefined` where one has. */
export function latenessOf({ state, latest, lastSuccess }: WorkflowHistory, maxAgeHours: number, at: Date): Lateness | undefined {
  const isRecent = ({ startedAt }: ListedRun): boolean => startedAt.getTime() >= at.getTime() - maxAgeHours * 3_600_000;
  const isOver = ({ status }: ListedRun): boolean => status === 'completed';
  if (lastSuccess !== undefined && isRecent(lastSuccess)) return undefined;
  if (state !== 'active') return { cause: 'disabled', state };
  const underWay = latest.find((run) => !isOver(run) && isRecent(run));
  for (const run of latest) {
    // A recent one that is not over may still end well. An old one hangs, and may keep those after it from starting.
    if (isOver(run) === isRecent(run)) return { cause: isOver(run) && !givenUp.has(run.conclusion) ? 'failed' : 'not-finished', run, other: underWay };
    // What came to an end of its own was held up by none before it.
    if (isOver(run) && !givenUp.has(run.conclusion)) break;
  }
  if (underWay === undefined) return { cause: 'not-started' };
  const ended = latest.find(isOver);
  return { cause: 'under-way', run: underWay, other: ended?.conclusion === 'success' ? undefined : ended };
}
