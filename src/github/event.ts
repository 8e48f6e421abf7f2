import { readFile } from 'node:fs/promises';

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
  readonly apiUrl: string;
  /** Address of the run's page; `undefined` outside GitHub. */
  readonly runUrl: string | undefined;
  /** Whether this is GitHub's own service, be it with data residency, and not a GitHub Enterprise Server. */
  readonly onGitHubCom: boolean;
  /** 1 for the first run, one more for each re-run. */
  readonly attempt: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads what the runner tells about the run (https://docs.github.com/actions/reference/workflows-and-actions/variables). */
export async function readEvent(environment: Environment): Promise<RunEvent> {
  const [owner = '', repository = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
  const runId = environment['GITHUB_RUN_ID'];
  const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com';
  return {
    name: environment['GITHUB_EVENT_NAME'] ?? '',
    ref: environment['GITHUB_REF'] ?? '',
    owner,
    repository,
    defaultBranch: await defaultBranchOf(environment['GITHUB_EVENT_PATH']),
    apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    runUrl: runId === undefined ? undefined : `${server}/${owner}/${repository}/actions/runs/${runId}`,
    onGitHubCom: /^(?:github\.com|.*\.ghe\.com|.*\.localhost)$/i.test(URL.parse(server)?.hostname ?? ''),
    attempt: environment['GITHUB_RUN_ATTEMPT'] ?? '1',
  };
}

async function defaultBranchOf(eventPath: string | undefined): Promise<string | undefined> {
  if (eventPath === undefined) return undefined;
  try {
    const payload: unknown = JSON.parse(await readFile(eventPath, 'utf8'));
    const branch: unknown = Reflect.get(Object(Reflect.get(Object(payload), 'repository')), 'default_branch');
    return typeof branch === 'string' && branch !== '' ? branch : undefined;
  } catch {
    // Without a payload (a local run) the default branch is asked of GitHub.
    return undefined;
  }
}
