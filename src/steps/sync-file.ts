import { contentAt, isMissing, openSyncFile, syncFilePath, syncFileText, type OpenedSyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import { blobIds, NotAFile, type Repository, type RunEvent } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import type { Run } from './run.ts';

/** A sync file that cannot be had. */
export interface LackingSyncFile {
  readonly path: string;
  readonly text: undefined;
  /** There is none at the path, as opposed to one that cannot be read. */
  readonly isMissing: boolean;
  /** Where there is a file that is no sync file, being too large, say: by which Git may know its content. */
  readonly blobIds: readonly string[];
  readonly failure: SyncError;
}

const checkInput = 'Set the input `sync-file` to the path of the sync file from the root of the repository.';

export type FoundSyncFile = OpenedSyncFile | LackingSyncFile;

/**
 * The sync file that the run is about: that of the workspace or, where the workspace holds the base's files, that of the
 * proposed commit, which is only ever read as data. What it lacks is no failure yet, since a proposal may not be about it.
 *
 * @throws SyncError `invalid-input` where its path leads out of the workspace, and the reason of the run's end
 */
export async function findSyncFile({ syncFile }: Inputs, { proposal, owner, repository: name }: RunEvent, repository: Repository): Promise<FoundSyncFile> {
  const workspace = workspaceFolder();
  const sha = proposal?.headSha;
  if (sha === undefined) return await unlessLacking(() => openSyncFile(workspace, syncFile), async () => ({ path: await syncFilePath(workspace, syncFile), blobIds: idsOf(await contentAt(workspace, syncFile)) }));
  const path = await syncFilePath(workspace, syncFile);
  // A fork's commits are to be had from the repository that the pull request is for, also when the fork is private or gone.
  const file = await repository.fileAt(path, sha).catch((thrown: unknown) => {
    if (thrown instanceof SyncError) throw thrown;
    if (thrown instanceof NotAFile) return new SyncError('invalid-sync-file', `The pull request’s ${thrown.message}.`, { hint: checkInput, cause: thrown });
    return new SyncError('invalid-sync-file', `The pull request’s ${path} could not be fetched from GitHub (${thrown instanceof Error ? thrown.message : String(thrown)}).`, {
      hint: `Check that \`github-token\` may read the contents of ${owner}/${name}, and run again.`,
      cause: thrown,
    });
  });
  if (file instanceof SyncError) return { path, text: undefined, isMissing: false, blobIds: [], failure: file };
  if (file === undefined) {
    const failure = new SyncError('invalid-sync-file', `The pull request has no file ${path}.`, { hint: checkInput });
    return { path, text: undefined, isMissing: true, blobIds: [], failure };
  }
  return await unlessLacking(() => ({ path, text: syncFileText(path, file.size, file.content) }), () => ({ path, blobIds: [file.blobId] }));
}

/**
 * The path by which the sync file is told of, also where the run failed before it was looked for. A path out of the workspace
 * stays as it was given: it is what the run failed for.
 *
 * @param given the input, as it is
 */
export async function toldPath({ syncFile }: Pick<Run, 'syncFile'>, given: string): Promise<string> {
  return syncFile ?? (await syncFilePath(workspaceFolder(), given).catch(() => given));
}

/** Where the repository is checked out. */
export function workspaceFolder(): string {
  return process.env['GITHUB_WORKSPACE'] ?? process.cwd();
}

/** @throws SyncError `invalid-sync-file` where it cannot be had */
export function demand(file: FoundSyncFile): OpenedSyncFile {
  if (file.text === undefined) throw file.failure;
  return file;
}

function idsOf(content: Buffer | undefined): readonly string[] {
  return content === undefined ? [] : blobIds(content);
}

type Known = Pick<LackingSyncFile, 'path' | 'blobIds'>;

async function unlessLacking(open: () => OpenedSyncFile | Promise<OpenedSyncFile>, known: () => Known | Promise<Known>): Promise<FoundSyncFile> {
  try {
    return await open();
  } catch (thrown) {
    if (!(thrown instanceof SyncError) || thrown.reason !== 'invalid-sync-file') throw thrown;
    return { ...(await known()), text: undefined, isMissing: isMissing(thrown), failure: thrown };
  }
}
