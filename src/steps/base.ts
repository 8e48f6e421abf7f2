import { parseSyncFile, syncFileText, type SyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import { noneInstead, NotAFile, sameText, type Base, type FileChange, type Proposal, type Repository, type RepositoryFile } from '../github/index.ts';
import type { FoundSyncFile } from './sync-file.ts';

/** What a proposed sync file is held against; `note` says what a reader should know about it. */
export type Ground =
  /** The proposal leaves the sync file as it is. */
  | { readonly kind: 'untouched'; readonly note: string }
  | { readonly kind: 'file'; readonly path: string; readonly syncFile: SyncFile; readonly note: string | undefined }
  /** There is none yet. */
  | { readonly kind: 'none'; readonly note: string }
  /** `path` is known where there is a file that is of no use. */
  | { readonly kind: 'unknown'; readonly path?: string; readonly note: string; readonly warning: boolean };

/** A file of the base. */
interface BaseFile extends RepositoryFile {
  readonly path: string;
}

/** Finds out, through GitHub's API, which sync file would be in force without the proposal. */
export async function findGround(proposal: Proposal, file: FoundSyncFile, repository: Repository): Promise<Ground> {
  const { path } = file;
  try {
    const ref = await refOf(proposal.base, repository);
    const there = await repository.fileAt(path, ref).catch(noneInstead);
    if (isSame(file, there) || (await isOutdated(proposal, file, repository))) return { kind: 'untouched', note: untouchedNote(proposal, file) };
    const found = there === undefined ? await renamedFile(proposal, path, ref, repository) : { path, ...there };
    if (found === 'unknown') {
      return { kind: 'unknown', warning: true, note: `The base has no ${path}, and GitHub does not tell whether ${nameOf(proposal)} renames it, so it is not told what that causes and what was pending anyway.` };
    }
    if (found === undefined) return { kind: 'none', note: `The base has no ${path} yet, so everything is caused by ${nameOf(proposal)}.` };
    return groundOf(proposal, path, found);
  } catch (thrown) {
    // Once the run is over, GitHub is not to blame.
    if (thrown instanceof SyncError) throw thrown;
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    const because = thrown instanceof NotAFile ? `The base’s ${words}` : `GitHub could not be asked for the base’s sync file (${words})`;
    return { kind: 'unknown', warning: true, note: `${because}, so it is not told what ${nameOf(proposal)} causes and what was pending anyway.` };
  }
}

/** Where the sync file was before, where the proposal renames it. */
export function formerPath(ground: Ground | undefined, path: string): string | undefined {
  return ground !== undefined && 'path' in ground && ground.path !== path ? ground.path : undefined;
}

/** How a sentence calls a proposal. */
export function nameOf({ pullRequest }: Proposal): string {
  return pullRequest === undefined ? 'this merge group' : 'this pull request';
}

async function refOf(base: Base | undefined, repository: Repository): Promise<string> {
  switch (base?.kind) {
    case undefined:
      throw new Error('the event does not tell which it is');
    case 'commit':
      return base.sha;
    case 'branch':
      return `refs/heads/${base.name}`;
    case 'first-parent': {
      const parent = await repository.firstParent(base.of);
      if (parent === undefined) throw new Error(`${base.of} is no merge commit`);
      return parent;
    }
  }
}

/** The base's sync file where the proposal renames it; `unknown` where GitHub does not tell. */
async function renamedFile(proposal: Proposal, path: string, ref: string, repository: Repository): Promise<BaseFile | 'unknown' | undefined> {
  const change = await changeOf(path, proposal, repository);
  if (change === 'unknown') return change;
  const before = change === 'none' ? undefined : change.previousPath;
  if (before === undefined) return undefined;
  const renamed = await repository.fileAt(before, ref);
  return renamed && { path: before, ...renamed };
}

/**
 * Whether the file is as it was where the proposal left its branch: where the base has moved on since, the two differ though
 * the proposal does nothing to it. The list of its files proves nothing: it ends after 3,000, and has a symbolic link's target
 * under another name.
 */
async function isOutdated({ base, headSha }: Proposal, file: FoundSyncFile, repository: Repository): Promise<boolean> {
  if (base?.kind !== 'branch' || headSha === undefined) return false;
  try {
    return isSame(file, await repository.fileAt(file.path, await repository.mergeBase(base.name, headSha)));
  } catch (thrown) {
    if (thrown instanceof SyncError) throw thrown;
    // Then it counts as changed.
    return false;
  }
}

function isSame(found: FoundSyncFile, there: RepositoryFile | undefined): boolean {
  if (there === undefined) return found.text === undefined && found.isMissing;
  if (found.text === undefined) return found.blobIds.includes(there.blobId);
  return there.content.length === there.size && sameText(there.content.toString('utf8'), found.text);
}

function groundOf(proposal: Proposal, path: string, found: BaseFile): Ground {
  try {
    const syncFile = parseSyncFile(syncFileText(found.path, found.size, found.content));
    return { kind: 'file', path: found.path, syncFile, note: found.path === path ? undefined : `In the base the sync file is ${found.path}.` };
  } catch (thrown) {
    if (!(thrown instanceof SyncError)) throw thrown;
    return { kind: 'unknown', path: found.path, warning: false, note: `The base’s sync file is not valid, so it is not told what ${nameOf(proposal)} causes and what was pending anyway.` };
  }
}

/** Without `pull-requests: read` GitHub does not tell of a pull request. */
async function changeOf(path: string, proposal: Proposal, repository: Repository): Promise<FileChange | 'none' | 'unknown'> {
  return await askForChange(path, proposal, repository).catch((thrown: unknown) => {
    if (thrown instanceof SyncError) throw thrown;
    return 'unknown' as const;
  });
}

async function askForChange(path: string, { pullRequest, base, commit }: Proposal, repository: Repository): Promise<FileChange | 'none' | 'unknown'> {
  if (pullRequest !== undefined) return await repository.changeOf(path, pullRequest);
  return base?.kind === 'commit' && commit !== undefined ? await repository.changeBetween(path, base.sha, commit) : 'unknown';
}

function untouchedNote(proposal: Proposal, file: FoundSyncFile): string {
  const what = file.text === undefined && file.isMissing ? `There is no ${file.path} with ${nameOf(proposal)}, nor without it` : `${capitalised(nameOf(proposal))} leaves the sync file as it is`;
  return `${what}, so neither side was read.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
