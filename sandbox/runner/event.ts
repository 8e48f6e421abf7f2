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

const SHA = '5f3c1b0e8d7a4926b1c0d9e8f7a6b5c4d3e2f1a0';
const BASE_SHA = '0a1f2e3d4c5b6a7f8e9d0c1b6294a7d8e0b1c3f5';
const PULL_REQUEST = 7;

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
  const sha = event.sha ?? SHA;
  const isPullRequest = event.name === 'pull_request' || event.name === 'pull_request_target';
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
  if (event === 'pull_request') return `refs/pull/${PULL_REQUEST}/merge`;
  if (event === 'merge_group') return `refs/heads/gh-readonly-queue/${base}/pr-${PULL_REQUEST}-${BASE_SHA}`;
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
      return { ref, before: BASE_SHA, after: sha, forced: false, sender };
    case 'pull_request':
    case 'pull_request_target': {
      const repo = { id: repository.id, full_name: repository.full_name, fork: false };
      return {
        action: 'synchronize',
        number: PULL_REQUEST,
        pull_request: {
          number: PULL_REQUEST,
          user: sender,
          head: { ref: 'map-cost-center', sha: 'c0ffee5a7b8d9e0f1a2b3c4d5e6f708192a3b4c5', repo },
          base: { ref: base, sha: BASE_SHA, repo },
        },
        sender,
      };
    }
    case 'merge_group':
      return { action: 'checks_requested', merge_group: { base_sha: BASE_SHA, base_ref: `refs/heads/${base}`, head_sha: sha, head_ref: ref } };
    default:
      return { inputs: {}, ref, sender };
  }
}
