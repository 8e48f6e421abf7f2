import type { ListedRun, WorkflowHistory } from '../github/index.ts';
import type { Lateness } from '../report/index.ts';

/** Conclusions of runs that were given up before their end. */
const givenUp = new Set(['cancelled', 'timed_out', 'stale']);

/** Why no run of a workflow that began at or after `since` has succeeded; `undefined` where one has. */
export function latenessOf({ state, latest, lastSuccess }: WorkflowHistory, since: Date): Lateness | undefined {
  const isRecent = ({ startedAt }: ListedRun): boolean => startedAt >= since;
  if (lastSuccess !== undefined && isRecent(lastSuccess)) return undefined;
  if (state !== 'active') return { cause: 'disabled', state };
  // A recent one may still end well. Of several the oldest, since the others may be waiting for it.
  const underWay = latest.findLast((run) => !isOver(run) && isRecent(run));
  // An old one hangs, and says more than runs that were cancelled while they waited for it.
  const hanging = sinceOneEnded(latest).findLast((run) => !isOver(run) && !isRecent(run));
  if (hanging !== undefined) return { cause: 'not-finished', run: hanging, other: underWay };
  // An end is news, whether or not another run has begun since.
  const ended = latest.find((run) => isOver(run) && isRecent(run));
  if (ended !== undefined) return { cause: givenUp.has(ended.conclusion) ? 'not-finished' : 'failed', run: ended, other: underWay };
  if (underWay === undefined) return { cause: 'not-started' };
  const before = latest.find(isOver);
  return { cause: 'under-way', run: underWay, other: before?.conclusion === 'success' ? undefined : before };
}

/** The runs after the latest that came to an end of its own: that one was held up by none before it. */
function sinceOneEnded(latest: readonly ListedRun[]): readonly ListedRun[] {
  const end = latest.findIndex((run) => isOver(run) && !givenUp.has(run.conclusion));
  return end === -1 ? latest : latest.slice(0, end);
}

function isOver({ status }: ListedRun): boolean {
  return status === 'completed';
}
