import { parseSyncFile, syncFileText, type OpenedSyncFile, type SyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import { sameText, type Base, type FileChange, type Proposal, type Repository } from '../github/index.ts';

/** What a proposed sync file is held against; `note` says what a reader should know about it. */
export type Ground =
  /** The proposal leaves the sync file as it is. */
  | { readonly kind: 'untouched'; readonly note: string }
  | { readonly kind: 'file'; readonly syncFile: SyncFile; readonly note: string | undefined }
  /** There is none yet. */
  | { readonly kind: 'none'; readonly note: string }
  | { readonly kind: 'unknown'; readonly note: string; readonly warning: boolean };

/** A file of the base. */
interface BaseFile {
  readonly path: string;
  readonly size: number;
  readonly content: Buffer;
}

/** Finds out, through GitHub's API, which sync file would be in force without the proposal. */
export async function findGround(proposal: Proposal, file: OpenedSyncFile, repository: Repository): Promise<Ground> {
  try {
    const ref = await refOf(proposal.base, repository);
    const found = await baseFile(proposal, file.path, ref, repository);
    if (found === undefined) return { kind: 'none', note: `The base has no ${file.path} yet, so everything is caused by ${nameOf(proposal)}.` };
    return await groundOf(proposal, file, found, repository);
  } catch (thrown) {
    // Once the run is over, GitHub is not to blame.
    if (thrown instanceof SyncError) throw thrown;
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: 'unknown', warning: true, note: `GitHub could not be asked for the base’s sync file (${words}), so it is not told what ${nameOf(proposal)} causes and what was pending anyway.` };
  }
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

/** The base's sync file, wherever it has been before the pull request. */
async function baseFile({ pullRequest }: Proposal, path: string, ref: string, repository: Repository): Promise<BaseFile | undefined> {
  const file = await repository.fileAt(path, ref);
  if (file !== undefined) return { path, ...file };
  const before = pullRequest === undefined ? undefined : (await changeOf(path, pullRequest, repository))?.previousPath;
  if (before === undefined) return undefined;
  const renamed = await repository.fileAt(before, ref);
  return renamed && { path: before, ...renamed };
}

async function groundOf(proposal: Proposal, file: OpenedSyncFile, found: BaseFile, repository: Repository): Promise<Ground> {
  if (sameText(found.content.toString('utf8'), file.text) || (await isOutdated(proposal, file, repository))) {
    return { kind: 'untouched', note: `${capitalised(nameOf(proposal))} leaves the sync file as it is, so neither side was read.` };
  }
  try {
    const syncFile = parseSyncFile(syncFileText(found.path, found.size, found.content));
    return { kind: 'file', syncFile, note: found.path === file.path ? undefined : `In the base the sync file is ${found.path}.` };
  } catch (thrown) {
    if (!(thrown instanceof SyncError)) throw thrown;
    return { kind: 'unknown', warning: false, note: `The base’s sync file is not valid, so it is not told what ${nameOf(proposal)} causes and what was pending anyway.` };
  }
}

/** Where the base has moved on since, the files can differ though the pull request does nothing to it. */
async function isOutdated({ base, pullRequest }: Proposal, { path }: OpenedSyncFile, repository: Repository): Promise<boolean> {
  return base?.kind === 'branch' && pullRequest !== undefined && (await changeOf(path, pullRequest, repository)) === undefined;
}

/** Without `pull-requests: read` GitHub does not tell; then the file counts as changed, and not as renamed. */
async function changeOf(path: string, pullRequest: number, repository: Repository): Promise<FileChange | undefined> {
  return await repository.changeOf(path, pullRequest).catch((thrown: unknown) => {
    if (thrown instanceof SyncError) throw thrown;
    return { status: 'unknown', previousPath: undefined };
  });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
