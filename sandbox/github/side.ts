import { createHash, randomUUID } from 'node:crypto';
import { unsignedToken } from '../entra/unsigned-token.ts';
import { COMMITS, PULL_REQUEST } from './commits.ts';
import { IssueTracker } from './issue-tracker.ts';
import { GitHubOidc } from './oidc.ts';
import type { Workflow } from './workflows.ts';

const FIRST_RUN_ID = 9_000_000_000;

/** The repository in which a workflow runs. May be changed at any time. */
export interface Repository {
  owner: string;
  name: string;
  id: number;
  ownerId: number;
  visibility: 'public' | 'private' | 'internal';
  defaultBranch: string;
}

/** What a pull request does to one file. */
export interface ChangedFile {
  readonly filename: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly previous_filename?: string;
}

/** A comment on a pull request. */
export interface IssueComment {
  readonly id: number;
  /** Number of the pull request. */
  readonly issue: number;
  readonly author: string;
  body: string;
}

/** An artifact uploaded by a run. */
export interface UploadedArtifact {
  readonly id: number;
  readonly name: string;
  /** The archive as it arrived. */
  readonly content: Buffer;
  readonly mimeType: string;
  /** When it is to be deleted; null: as the repository says. */
  readonly expiresAt: string | null;
  readonly finalized: boolean;
  /** The run that uploaded it: within a run names are unique. */
  readonly run: WorkflowRun;
}

/** A run of a workflow. */
export interface WorkflowRun {
  readonly id: number;
  readonly number: number;
  /** How the results service calls the run and its job. */
  readonly backendId: string;
  readonly jobBackendId: string;
  /** The token with which the job reaches the results service. */
  readonly runtimeToken: string;
  /** The token with which the job asks for tokens that vouch for it. */
  readonly idTokenRequestToken: string;
  /** What started it, which such a token says. */
  trigger: { readonly event: string; readonly ref: string };
}

/** GitHub, as far as a run of an action meets it: the repository, the files in it, the artifacts. */
export class GitHubSide {
  readonly repository: Repository = {
    owner: 'contoso',
    name: 'it-automation',
    id: 801_234_567,
    ownerId: 9_876_543,
    visibility: 'private',
    defaultBranch: 'main',
  };
  /** Who the token belongs to: GitHub's own app for jobs, unless another one's or a person's is given. */
  actor = 'github-actions[bot]';
  /** The token that the API takes, as a job's `GITHUB_TOKEN`. */
  readonly token = 'ghs_sandbox0000000000000000000000000000';
  /**
   * What the job may do: without `contents` files are not there, without `metadata` the repository is not, only with
   * `id-token` (write) it is offered tokens that vouch for it, with `pull-requests` (write) it sees what pull requests change and
   * may comment on them, with `issues` (write) it may write issues, and with `actions` (read) see the runs of workflows.
   */
  readonly permissions = new Set<'contents' | 'metadata' | 'pull-requests' | 'id-token' | 'issues' | 'actions'>(['contents', 'metadata']);
  readonly tracker = new IssueTracker();
  /** Workflows by the names of their files. */
  readonly workflows = new Map<string, Workflow>();
  /** Parents of commits by their ids; others have none that is known, though files may be at them. */
  readonly parents = new Map<string, readonly string[]>();
  /** Where commits left the default branch, by their ids. */
  readonly mergeBases = new Map<string, string>();
  /** What pull requests change, by their numbers. */
  readonly changedFiles = new Map<number, readonly ChangedFile[]>();
  /** Comments on pull requests, in the order in which they were made. */
  readonly comments: IssueComment[] = [];
  readonly oidc = new GitHubOidc();
  /** Artifacts in the order in which they were created. */
  readonly artifacts: UploadedArtifact[] = [];
  /** Runs in the order in which they started. */
  readonly runs: WorkflowRun[] = [];
  readonly #files = new Map<string, Map<string, Buffer>>();

  /** `owner/name`. */
  get fullName(): string {
    return `${this.repository.owner}/${this.repository.name}`;
  }

  /** Starts a run of the workflow. */
  startRun(): WorkflowRun {
    const [backendId, jobBackendId] = [randomUUID(), randomUUID()];
    const claims = {
      iss: 'https://token.actions.githubusercontent.com',
      scp: `Actions.ExampleScope Actions.Results:${backendId}:${jobBackendId}`,
    };
    const number = this.runs.length + 1;
    const run: WorkflowRun = {
      id: FIRST_RUN_ID + number,
      number,
      backendId,
      jobBackendId,
      runtimeToken: unsignedToken(claims),
      idTokenRequestToken: unsignedToken({ ...claims, scp: 'GenerateIdToken' }),
      trigger: { event: 'workflow_dispatch', ref: `refs/heads/${this.repository.defaultBranch}` },
    };
    this.runs.push(run);
    return run;
  }

  /**
   * Puts files at a branch, tag or commit, beside the ones that are there.
   * @param ref - a branch (`main`), a full ref or a commit
   */
  commit(ref: string, files: Readonly<Record<string, string | Buffer>>): void {
    const name = shortRef(ref);
    const tree = this.#files.get(name) ?? new Map<string, Buffer>();
    for (const [path, content] of Object.entries(files)) tree.set(path, typeof content === 'string' ? Buffer.from(content) : content);
    this.#files.set(name, tree);
  }

  /**
   * Opens the pull request that events are about: its commits, and what it changes. What was proposed before is so no more.
   * @param before - files that the default branch has
   * @param after - those of them that are different in the pull request
   * @param changed - what it does to which file, where that is more than to change and to add
   */
  propose(before: Readonly<Record<string, string | Buffer>>, after: Readonly<Record<string, string | Buffer>>, changed?: readonly ChangedFile[]): void {
    this.parents.set(COMMITS.run, [COMMITS.base, COMMITS.head]);
    for (const sha of [COMMITS.head, COMMITS.run]) this.mergeBases.set(sha, COMMITS.base);
    this.#files.delete(COMMITS.head);
    for (const ref of [this.repository.defaultBranch, COMMITS.base, COMMITS.head]) this.commit(ref, before);
    for (const { status, previous_filename: path } of changed ?? []) {
      if (status === 'renamed' && path !== undefined) this.#files.get(COMMITS.head)?.delete(path);
    }
    this.commit(COMMITS.head, after);
    const modified = Object.keys(after).map((filename): ChangedFile => ({ filename, status: filename in before ? 'modified' : 'added' }));
    this.changedFiles.set(PULL_REQUEST, changed ?? modified);
  }

  /** Comments on a pull request, as anybody. */
  comment(issue: number, author: string, body: string): IssueComment {
    const comment = { id: 3_100_000_001 + this.comments.length, issue, author, body };
    this.comments.push(comment);
    return comment;
  }

  /** The content of a file; null when the ref is not known, undefined when the file is not there. */
  file(ref: string | null, path: string): Buffer | null | undefined {
    const name = shortRef(ref ?? this.repository.defaultBranch);
    const tree = this.#files.get(name);
    if (tree !== undefined) return tree.get(path);
    // A repository always has its default branch, be it without files here.
    return name === this.repository.defaultBranch ? undefined : null;
  }

  /** The names of what is in a folder; empty where there is no such folder. */
  folder(ref: string | null, path: string): readonly string[] {
    const paths = [...(this.#files.get(shortRef(ref ?? this.repository.defaultBranch))?.keys() ?? [])];
    const inside = paths.filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1).split('/')[0] ?? '');
    return [...new Set(inside)];
  }

  /** The last finished artifact with this name, or the last of all. */
  artifact(name?: string): UploadedArtifact | undefined {
    return this.artifacts.findLast((artifact) => artifact.finalized && (name === undefined || artifact.name === name));
  }
}

/** The id Git gives a file. */
export function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, '');
}
