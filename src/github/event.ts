import { readFile } from 'node:fs/promises';

/** Who can see a repository; `internal`: everybody in the enterprise. */
export type Visibility = 'public' | 'internal' | 'private';

/** What started the run, as far as the action needs to know. */
export interface RunEvent {
  /** Such as `schedule` or `pull_request`. */
  readonly name: string;
  /** Full name of the branch or tag, such as `refs/heads/main`. */
  readonly ref: string;
  readonly owner: string;
  readonly repository: string;
  /** Name of the default branch, where the event tells it. */
  readonly defaultBranch: string | undefined;
  /** Who can see the repository, where the event tells it. */
  readonly visibility: Visibility | undefined;
  readonly apiUrl: string;
  /** Address of the run's page; `undefined` outside GitHub. */
  readonly runUrl: string | undefined;
  /** Whether this is GitHub's own service, be it with data residency, and not a GitHub Enterprise Server. */
  readonly onGitHubCom: boolean;
  /** 1 for the first run, one more for each re-run. */
  readonly attempt: string;
  /** Why GitHub gives the run neither secrets nor tokens of its own, such as "a pull request from a fork". */
  readonly untrusted: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads what the runner tells about the run (https://docs.github.com/actions/reference/workflows-and-actions/variables). */
export async function readEvent(environment: Environment): Promise<RunEvent> {
  const [owner = '', repository = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
  const runId = environment['GITHUB_RUN_ID'];
  const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const payload = await payloadAt(environment['GITHUB_EVENT_PATH']);
  return {
    name: environment['GITHUB_EVENT_NAME'] ?? '',
    ref: environment['GITHUB_REF'] ?? '',
    owner,
    repository,
    defaultBranch: defaultBranchIn(payload),
    visibility: visibilityOf(property(payload, 'repository')),
    apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    runUrl: runId === undefined ? undefined : `${server}/${owner}/${repository}/actions/runs/${runId}`,
    onGitHubCom: /^(?:github\.com|.*\.ghe\.com|.*\.localhost)$/i.test(URL.parse(server)?.hostname ?? ''),
    attempt: environment['GITHUB_RUN_ATTEMPT'] ?? '1',
    untrusted: untrustedOrigin(environment, payload),
  };
}

/** What GitHub says about the event; `undefined` in a local run. */
async function payloadAt(path: string | undefined): Promise<unknown> {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Without one (a local run) the default branch is asked of GitHub. */
function defaultBranchIn(payload: unknown): string | undefined {
  const branch = property(payload, 'repository', 'default_branch');
  return typeof branch === 'string' && branch !== '' ? branch : undefined;
}

/** `pull_request_target` runs the base's own workflow, so it has what the base has, wherever the pull request is from. */
function untrustedOrigin(environment: Environment, payload: unknown): string | undefined {
  if (environment['GITHUB_EVENT_NAME'] !== 'pull_request') return undefined;
  if (environment['GITHUB_ACTOR'] === 'dependabot[bot]') return 'a pull request of Dependabot';
  // A fork that was deleted has no name any more.
  const from = property(payload, 'pull_request', 'head', 'repo', 'full_name');
  const into = property(payload, 'pull_request', 'base', 'repo', 'full_name');
  return into !== undefined && from !== into ? 'a pull request from a fork' : undefined;
}

function property(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, name): unknown => Reflect.get(Object(inner), name), value);
}

/** What GitHub's description of a repository says; versions without `visibility` know no internal repositories. */
export function visibilityOf(repository: unknown): Visibility | undefined {
  const told = property(repository, 'visibility');
  if (told === 'public' || told === 'internal' || told === 'private') return told;
  const isPrivate = told === undefined ? property(repository, 'private') : undefined;
  return typeof isPrivate === 'boolean' ? (isPrivate ? 'private' : 'public') : undefined;
}
