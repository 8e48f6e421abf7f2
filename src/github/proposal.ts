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
}

/** Events whose code or sync file is only proposed: writing on their behalf would make review meaningless. */
export function isProposal(event: string): boolean {
  return ['pull_request', 'pull_request_target', 'merge_group'].includes(event);
}

/**
 * What the run is to judge (https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows);
 * `undefined` where nothing is proposed.
 *
 * @param sha the commit that the run is about, `GITHUB_SHA`
 */
export function proposalIn(event: string, sha: string | undefined, payload: unknown): Proposal | undefined {
  const number = property(payload, 'pull_request', 'number');
  const pullRequest = typeof number === 'number' ? number : undefined;
  switch (event) {
    case 'pull_request':
      return { pullRequest, base: sha === undefined ? undefined : { kind: 'first-parent', of: sha }, headSha: undefined };
    case 'pull_request_target': {
      const name = textIn(payload, 'pull_request', 'base', 'ref');
      return { pullRequest, base: name === undefined ? undefined : { kind: 'branch', name }, headSha: textIn(payload, 'pull_request', 'head', 'sha') };
    }
    case 'merge_group': {
      const base = textIn(payload, 'merge_group', 'base_sha');
      return { pullRequest: undefined, base: base === undefined ? undefined : { kind: 'commit', sha: base }, headSha: undefined };
    }
    default:
      return undefined;
  }
}

/**
 * Why a proposal is not to be trusted with credentials, such as "a pull request from a fork". GitHub gives most of these
 * runs no secrets, but one by `pull_request_target` has those of the base, and a repository can be set to send them to forks.
 */
export function untrustedOrigin(event: string, actor: string | undefined, payload: unknown): string | undefined {
  if (event !== 'pull_request' && event !== 'pull_request_target') return undefined;
  if (actor === 'dependabot[bot]') return 'a pull request of Dependabot';
  // A fork that was deleted has no name any more.
  const from = property(payload, 'pull_request', 'head', 'repo', 'full_name');
  const into = property(payload, 'pull_request', 'base', 'repo', 'full_name');
  return into !== undefined && from !== into ? 'a pull request from a fork' : undefined;
}
