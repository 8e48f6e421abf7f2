import { connectGitHub, inPages, type GitHubConnection } from './connection.ts';
import { visibilityOf, type RunEvent, type Visibility } from './event.ts';
import { refusalOf } from './refusal.ts';

/** What the action asks GitHub about the repository it runs in. All methods reject where GitHub cannot be asked or refuses. */
export interface Repository {
  defaultBranch(): Promise<string>;
  /** Who can see it; `undefined` where GitHub does not say. */
  visibility(): Promise<Visibility | undefined>;
  /**
   * Text of a file at a branch, empty where it is larger than a megabyte; `undefined` where there is no such file. Rejects with
   * {@link NotAFile} where a link may lead to one.
   */
  textAt(path: string, branch: string): Promise<string | undefined>;
  /**
   * A file at a commit or a full ref; `undefined` where there is nothing. Of one of more than a megabyte GitHub gives the
   * size alone. Rejects with {@link NotAFile} where there is something else.
   */
  fileAt(path: string, ref: string): Promise<RepositoryFile | undefined>;
  /** The commit that a commit was made on; `undefined` for the first one of all. */
  firstParent(sha: string): Promise<string | undefined>;
  /** The commit at which a commit left a branch. */
  mergeBase(branch: string, sha: string): Promise<string>;
  /**
   * What a pull request does to a file. GitHub lists the first 3,000 of its files alone, so that of a longer list only a file
   * that is in it is known.
   */
  changeOf(path: string, pullRequest: number): Promise<FileChange | 'none' | 'unknown'>;
  /** The same of what one commit changes since another that it builds upon, of which GitHub lists 300 files alone. */
  changeBetween(path: string, base: string, head: string): Promise<FileChange | 'none' | 'unknown'>;
}

/** A file as GitHub keeps it. */
export interface RepositoryFile {
  /** By which Git knows its content. */
  readonly blobId: string;
  /** In bytes. */
  readonly size: number;
  /** Empty where it is too large to come along. */
  readonly content: Buffer;
}

/** There is something at a path that is no file; the message says what, beginning with the path. */
export class NotAFile extends Error {
  /** A symbolic link: who checks out more than the repository may find a file behind it. */
  readonly isLink: boolean;

  constructor(message: string, isLink: boolean) {
    super(message);
    this.isLink = isLink;
  }
}

/** Takes a folder or a submodule at the path of a file for no file. */
export function noneInstead(thrown: unknown): undefined {
  if (!(thrown instanceof NotAFile) || thrown.isLink) throw thrown;
}

/** What a pull request does to one file. */
export interface FileChange {
  /** Such as `modified`, `added` or `renamed`. */
  readonly status: string;
  /** Where it was before, if it is renamed. */
  readonly previousPath: string | undefined;
}

/** All methods reject, with GitHub's words, where GitHub cannot be asked or refuses. */
export function connectRepository(event: RunEvent, token: string, signal: AbortSignal): Repository {
  const github = connectGitHub(event, token, signal);
  const { where } = github;
  const fileAt: Repository['fileAt'] = async (path, ref) => {
    const file = await contents(github, { path, ref });
    return file === undefined ? undefined : repositoryFile(path, file);
  };
  return {
    fileAt,
    async defaultBranch() {
      const { data } = await github.ask((octokit, request) => octokit.rest.repos.get({ ...where, request }));
      return data.default_branch;
    },
    async visibility() {
      const { data } = await github.ask((octokit, request) => octokit.rest.repos.get({ ...where, request }));
      return visibilityOf(data);
    },
    async textAt(path, branch) {
      return (await fileAt(path, `refs/heads/${branch}`).catch(noneInstead))?.content.toString('utf8');
    },
    async firstParent(sha) {
      const { data } = await github.ask((octokit, request) => octokit.rest.git.getCommit({ ...where, commit_sha: sha, request }));
      return data.parents[0]?.sha;
    },
    async mergeBase(branch, sha) {
      return (await compare(github, branch, sha)).merge_base_commit.sha;
    },
    async changeOf(path, pullRequest) {
      const files = inPages(async (page) => {
        const { data } = await github.ask((octokit, request) => octokit.rest.pulls.listFiles({ ...where, ...page, pull_number: pullRequest, request }));
        return data;
      });
      return await changeIn(files, path, mostFiles);
    },
    async changeBetween(path, base, head) {
      return await changeIn((await compare(github, base, head)).files ?? [], path, mostCompared);
    },
  };
}

/** No list of the files of a pull request is longer (https://docs.github.com/rest/pulls/pulls#list-pull-requests-files). */
const mostFiles = 3000;

/** The same for the files of a comparison (https://docs.github.com/rest/commits/commits#compare-two-commits). */
const mostCompared = 300;

/** One commit a page, since all that matters is told with the first. */
async function compare({ ask, where }: GitHubConnection, base: string, head: string): Promise<CommitComparison> {
  const { data } = await ask((octokit, request) => octokit.rest.repos.compareCommitsWithBasehead({ ...where, basehead: `${base}...${head}`, per_page: 1, request }));
  return data;
}

/** How two commits compare, as far as it matters here. */
interface CommitComparison {
  readonly merge_base_commit: { readonly sha: string };
  readonly files?: readonly ListedFile[];
}

/** A file in a list of what is changed. */
interface ListedFile {
  readonly filename: string;
  readonly status: string;
  readonly previous_filename?: string;
}

async function changeIn(files: AsyncIterable<ListedFile> | readonly ListedFile[], path: string, most: number): Promise<FileChange | 'none' | 'unknown'> {
  let listed = 0;
  for await (const { filename, status, previous_filename: previousPath } of files) {
    if (filename === path) return { status, previousPath };
    listed += 1;
  }
  return listed < most ? 'none' : 'unknown';
}

/** What GitHub answers about a path; `undefined` where there is nothing at it. */
async function contents({ ask, where }: GitHubConnection, question: { readonly path: string; readonly ref: string }): Promise<unknown> {
  try {
    const { data } = await ask((octokit, request) => octokit.rest.repos.getContent({ ...where, ...question, request }));
    return data;
  } catch (thrown) {
    // A commit that GitHub does not have says nothing of the files in it.
    const isUnknownCommit = thrown instanceof Error && thrown.message.includes('No commit found');
    if (refusalOf(thrown) === 404 && !isUnknownCommit) return undefined;
    throw thrown;
  }
}

function repositoryFile(path: string, file: unknown): RepositoryFile {
  const [type, blobId, size, content]: unknown[] = ['type', 'sha', 'size', 'content'].map((name): unknown => Reflect.get(Object(file), name));
  const isElse = Array.isArray(file) ? folder : somethingElse.get(type);
  if (isElse !== undefined) throw new NotAFile(`${path} ${isElse}`, type === 'symlink');
  if (type !== 'file' || typeof blobId !== 'string' || typeof size !== 'number' || typeof content !== 'string') throw new Error(`${path} is not a file`);
  return { blobId, size, content: Buffer.from(content, 'base64') };
}

const folder = 'is a folder, not a file';

/** GitHub follows a symbolic link to a file (https://docs.github.com/rest/repos/contents#get-repository-content). */
const somethingElse = new Map<unknown, string>([
  ['submodule', 'is a submodule, not a file'],
  ['symlink', 'is a symbolic link that leads to no file of the repository'],
]);
