import { openSyncFile, syncFilePath, syncFileText, type OpenedSyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import type { Repository, RunEvent } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';

/**
 * The sync file that the run is about: that of the workspace or, where the workspace holds the base's files, that of the
 * proposed commit, which is only ever read as data.
 *
 * @throws SyncError `invalid-input` or `invalid-sync-file`
 */
export async function findSyncFile({ syncFile }: Inputs, { proposal, owner, repository: name }: RunEvent, repository: Repository): Promise<OpenedSyncFile> {
  const workspace = process.env['GITHUB_WORKSPACE'] ?? process.cwd();
  if (proposal?.headSha === undefined) return await openSyncFile(workspace, syncFile);
  const path = syncFilePath(workspace, syncFile);
  // A fork's commits are to be had from the repository that the pull request is for, also when the fork is private or gone.
  const file = await repository.fileAt(path, proposal.headSha).catch((thrown: unknown) => {
    if (thrown instanceof SyncError) throw thrown;
    throw new SyncError('invalid-sync-file', `The pull request’s ${path} could not be fetched from GitHub (${thrown instanceof Error ? thrown.message : String(thrown)}).`, {
      hint: `Check that \`github-token\` may read the contents of ${owner}/${name}, and run again.`,
      cause: thrown,
    });
  });
  if (file === undefined) {
    throw new SyncError('invalid-sync-file', `The pull request has no file ${path}.`, { hint: 'Set the input `sync-file` to the path of the sync file from the root of the repository.' });
  }
  return { path, text: syncFileText(path, file.size, file.content) };
}
