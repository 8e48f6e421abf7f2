import { property, textIn } from './payload.ts';

/** What a proposed change is held against. */
export type Base =
  /** The first parent of a merge commit that GitHub made to try the change: the branch as it is without it. */
  | { readonly kind: 'first-parent'; readonly of: string }
  /** The tip of a branch. */
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'commit'; readonly sha: string };

/** A change that is not on its branch yet. */
export interface Proposal {
  /** Number of the pull request; `undefined` in the merge queue, where there can be several. */
  readonly pullRequest: number | undefined;
  /** `undefined` where GitHub did not tell. */
  readonly base: Base | undefined;
  /**
   * The commit that is proposed, where the workspace does not hold it: a run by `pull_request_target` starts from the files
   * of the base.
   */
  readonly headSha: string | undefined;
  /** The commit at the head of the pull request or of the merge group, where GitHub tells it. */
  readonly commit: string | undefined;
}

/** What the runner tells of an event: its name, the full name of its ref and its commit. */
export interface Occasion {
  readonly name: string;
  readonly ref: string;
  /** The commit that the run is about, `GITHUB_SHA`. */
  readonly sha: string | undefined;
  readonly actor: string | undefined;
}

/**
 * What the run is to judge (https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows);
 * `undefined` where nothing is proposed. Every event whose ref or payload is a pull request's is about one, by whatever name, such
 * as `pull_request_review` or `issue_comment`: writing on its behalf would make review meaningless.
 */
export function proposalIn({ name, ref, sha }: Occasion, payload: unknown): Proposal | undefined {
  if (name === 'merge_group') {
    const base = textIn(payload, 'merge_group', 'base_sha');
    return { pullRequest: undefined, base: base === undefined ? undefined : { kind: 'commit', sha: base }, headSha: undefined, commit: textIn(payload, 'merge_group', 'head_sha') };
  }
  if (!isAboutPullRequest(name, ref, payload)) return undefined;
  const pullRequest = numberOf(ref, payload);
  const commit = textIn(payload, 'pull_request', 'head', 'sha');
  if (name === 'pull_request_target') {
    const branch = textIn(payload, 'pull_request', 'base', 'ref');
    return { pullRequest, base: branch === undefined ? undefined : { kind: 'branch', name: branch }, headSha: commit, commit };
  }
  const isMerge = name === 'pull_request' || /^refs\/pull\/\d+\/merge$/.test(ref);
  return { pullRequest, base: isMerge && sha !== undefined ? { kind: 'first-parent', of: sha } : undefined, headSha: undefined, commit };
}

/**
 * Why a proposal is not to be trusted with credentials, such as "a pull request from a fork". GitHub gives most of these
 * runs no secrets, but one by `pull_request_target` has those of the base, and a repository can be set to send them to forks.
 */
export function untrustedOrigin({ name, ref, actor }: Occasion, payload: unknown): string | undefined {
  if (!isAboutPullRequest(name, ref, payload)) return undefined;
  // Whoever opens it again, or reviews it, is the actor then.
  if ([actor, textIn(payload, 'pull_request', 'user', 'login')].includes('dependabot[bot]')) return 'a pull request of Dependabot';
  // A fork that was deleted has no name any more.
  const from = textIn(payload, 'pull_request', 'head', 'repo', 'full_name');
  const into = textIn(payload, 'pull_request', 'base', 'repo', 'full_name');
  if (into === undefined) return 'a pull request of unknown origin';
  return from === into ? undefined : 'a pull request from a fork';
}

function isAboutPullRequest(name: string, ref: string, payload: unknown): boolean {
  return name === 'pull_request' || name === 'pull_request_target' || ref.startsWith('refs/pull/') || property(payload, 'pull_request') !== undefined || isAboutConversation(payload);
}

/** A comment on a pull request is one on an issue, of which the payload says no more than that it is a pull request as well. */
function isAboutConversation(payload: unknown): boolean {
  return property(payload, 'issue', 'pull_request') !== undefined;
}

function numberOf(ref: string, payload: unknown): number | undefined {
  const told = property(payload, isAboutConversation(payload) ? 'issue' : 'pull_request', 'number');
  if (typeof told === 'number') return told;
  const [, number] = /^refs\/pull\/(\d+)\//.exec(ref) ?? [];
  return number === undefined ? undefined : Number(number);
}
