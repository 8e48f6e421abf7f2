import { SyncError, type Problem } from '../errors.ts';
import { didYouMean } from './did-you-mean.ts';
import type { SyncFile } from './sync-file.ts';

/**
 * Holds a sync file against the fields that the instance has.
 *
 * @returns indexes of the rules that can be used: all of the user's own, and those of the preset whose field exists
 * @throws SyncError `invalid-sync-file` where the user names a field that the instance does not have
 */
export function usableRules(syncFile: SyncFile, names: ReadonlySet<string>): readonly number[] {
  const own = syncFile.rules.filter(({ origin }) => origin === 'user');
  const written = [...own, ...syncFile.defaults, ...syncFile.syncKeys];
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { field, position } of written) {
    if (names.has(field) || seen.has(field)) continue;
    seen.add(field);
    problems.push({ message: `The instance has no field \`${field}\`.`, hint: didYouMean(field, names) ?? 'Create it in Oomnitza, or take it out of the sync file.', position });
  }
  if (problems.length > 0) {
    problems.sort((left, right) => left.position.line - right.position.line || left.position.column - right.position.column);
    const message = problems.length === 1 ? problems.map((problem) => problem.message).join('') : `The sync file names ${problems.length} fields that the instance does not have.`;
    throw new SyncError('invalid-sync-file', message, { hint: 'Field names are those of Oomnitza’s API, such as `first_name`.', problems });
  }
  return syncFile.rules.flatMap(({ field }, index) => (names.has(field) ? [index] : []));
}
