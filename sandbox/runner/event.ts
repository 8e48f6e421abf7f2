import { COMMITS, PULL_REQUEST } from '../github/commits.ts';
import type { GitHubSide } from '../github/side.ts';

/** The event that starts a run; what is not given is made up to fit. */
export interface RunEvent {
  readonly name: string;
  /** Laid over the default payload, key by key at the top. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Full ref, such as `refs/heads/main`. */
  readonly ref?: string;
  readonly sha?: string;
  /** `owner/name`. */
  readonly repository?: string;
}

/** An event with all that a runner says about it. */
export interface CompleteEvent {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** Fills an event up as GitHub would send it, for the repository of the sandbox. */
export function completeEvent(event: RunEvent, github: GitHubSide): CompleteEvent {
  const fullName = event.repository ?? github.fullName;
  const [owner = '', name = ''] = fullName.split('/');
  const base = github.repository.defaultBranch;
  const repository = {
    id: github.repository.id,
    name,
    full_name: fullName,
    private: github.repository.visibility !== 'public',
    visibility: github.repository.visibility,
    default_branch: base,
    owner: { login: owner },
  };
  const ref = event.ref ?? defaultRef(event.name, base);
  const sha = event.sha ?? COMMITS.run;
  const isPullRequest = event.name.startsWith('pull_request');
  const payload = { ...defaultPayload(event.name, { repository, ref, sha, base }), repository, ...event.payload };
  return {
    payload,
    environment: {
      GITHUB_EVENT_NAME: event.name,
      GITHUB_REPOSITORY: fullName,
      GITHUB_REPOSITORY_ID: String(repository.id),
      GITHUB_REPOSITORY_OWNER: owner,
      GITHUB_REF: ref,
      GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
      GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
      GITHUB_SHA: sha,
      GITHUB_HEAD_REF: isPullRequest ? 'map-cost-center' : '',
      GITHUB_BASE_REF: isPullRequest ? base : '',
    },
  };
}

function defaultRef(event: string, base: string): string {
  if (event.startsWith('pull_request') && event !== 'pull_request_target') return `refs/pull/${PULL_REQUEST}/merge`;
  if (event === 'merge_group') return `refs/heads/gh-readonly-queue/${base}/pr-${PULL_REQUEST}-${COMMITS.base}`;
  return `refs/heads/${base}`;
}

interface Circumstances {
  readonly repository: { readonly full_name: string; readonly id: number };
  readonly ref: string;
  readonly sha: string;
  readonly base: string;
}

function defaultPayload(event: string, { repository, ref, sha, base }: Circumstances): Record<string, unknown> {
  const sender = { login: 'octocat' };
  switch (event) {
    case 'schedule':
      return { schedule: '17 5 * * *' };
    case 'push':
      return { ref, before: COMMITS.base, after: sha, forced: false, sender };
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
    case 'pull_request_review_comment': {
      const repo = { id: repository.id, full_name: repository.full_name, fork: false };
      return {
        action: 'synchronize',
        number: PULL_REQUEST,
        pull_request: {
          number: PULL_REQUEST,
          user: sender,
          head: { ref: 'map-cost-center', sha: COMMITS.head, repo },
          base: { ref: base, sha: COMMITS.base, repo },
        },
        sender,
      };
    }
    case 'issue_comment':
      // To GitHub the conversation of a pull request is an issue.
      return { action: 'created', issue: { number: PULL_REQUEST, user: sender, pull_request: { url: `/repos/${repository.full_name}/pulls/${PULL_REQUEST}` } }, comment: { body: 'Looks good', user: sender }, sender };
    case 'merge_group':
      return { action: 'checks_requested', merge_group: { base_sha: COMMITS.base, base_ref: `refs/heads/${base}`, head_sha: sha, head_ref: ref } };
    default:
      return { inputs: {}, ref, sender };
  }
}
