import { payloadAt, property, textIn } from './payload.ts';
import { proposalIn, untrustedOrigin, type Proposal } from './proposal.ts';

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
  /** Name of the default branch, where the event tells it; a local run has none, and asks GitHub. */
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
  /** What is proposed, in a pull request or in the merge queue. */
  readonly proposal: Proposal | undefined;
  /** Why neither side may be asked for this run, whatever it was given, such as "a pull request from a fork". */
  readonly untrusted: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads what the runner tells about the run (https://docs.github.com/actions/reference/workflows-and-actions/variables). */
export async function readEvent(environment: Environment): Promise<RunEvent> {
  const [owner = '', repository = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
  const runId = environment['GITHUB_RUN_ID'];
  const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const name = environment['GITHUB_EVENT_NAME'] ?? '';
  const ref = environment['GITHUB_REF'] ?? '';
  const occasion = { name, ref, sha: environment['GITHUB_SHA'], actor: environment['GITHUB_ACTOR'] };
  const payload = await payloadAt(environment['GITHUB_EVENT_PATH']);
  return {
    name,
    ref,
    owner,
    repository,
    defaultBranch: textIn(payload, 'repository', 'default_branch'),
    visibility: visibilityOf(property(payload, 'repository')),
    apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    runUrl: runId === undefined ? undefined : `${server}/${owner}/${repository}/actions/runs/${runId}`,
    onGitHubCom: /^(?:github\.com|.*\.ghe\.com|.*\.localhost)$/i.test(URL.parse(server)?.hostname ?? ''),
    attempt: environment['GITHUB_RUN_ATTEMPT'] ?? '1',
    proposal: proposalIn(occasion, payload),
    untrusted: untrustedOrigin(occasion, payload),
  };
}

/** What GitHub's description of a repository says; versions without `visibility` know no internal repositories. */
export function visibilityOf(repository: unknown): Visibility | undefined {
  const told = property(repository, 'visibility');
  if (told === 'public' || told === 'internal' || told === 'private') return told;
  const isPrivate = told === undefined ? property(repository, 'private') : undefined;
  return typeof isPrivate === 'boolean' ? (isPrivate ? 'private' : 'public') : undefined;
}
