import { SyncError, type Problem } from '../errors.ts';

/** The failure of a sync file in which `found` is wrong: sorted by place, each problem once. */
export function invalidSyncFile(found: readonly Problem[]): SyncError {
  const problems = [...new Map(found.map((problem) => [keyOf(problem), problem])).values()].sort(byPlace);
  const first = problems.slice(0, 1).map(({ message, position }) => `line ${position.line}, column ${position.column}: ${message}`);
  const one = problems.length === 1;
  const message = one ? 'The sync file is wrong in' : `The sync file has ${problems.length} problems, the first in`;
  const hint = one ? problems.map((problem) => problem.hint ?? '').join('') : 'Each is listed with its place and what to write instead.';
  return new SyncError('invalid-sync-file', `${message} ${first.join('')}`, { problems, hint });
}

/** Through an alias the same thing is found several times. */
function keyOf({ message, position }: Problem): string {
  return `${position.line}:${position.column}:${message}`;
}

function byPlace({ position: left }: Problem, { position: right }: Problem): number {
  return left.line - right.line || left.column - right.column;
}
