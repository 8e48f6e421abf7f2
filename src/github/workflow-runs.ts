import { SyncError } from '../errors.ts';
import { connectGitHub, type GitHubConnection } from './connection.ts';
import type { RunEvent } from './event.ts';
import { asRefusal, refusalOf } from './refusal.ts';

/** A run of a workflow, as GitHub lists it. */
export interface ListedRun {
  /** When its latest attempt started. */
  readonly startedAt: Date;
  readonly url: string;
  /** `completed`, or how far it has come. */
  readonly status: string;
  /** Such as `success` or `failure`; empty while it is not completed. */
  readonly conclusion: string;
}

/** A workflow, and how its runs went lately. */
export interface WorkflowHistory {
  /** `active`, or why GitHub starts it no more, such as `disabled_inactivity`. */
  readonly state: string;
  /** The latest runs, the newest first. */
  readonly latest: readonly ListedRun[];
  /** The latest success, however long ago; `undefined` where GitHub knows of none. It may be an attempt of a run that was started again. */
  readonly lastSuccess: ListedRun | undefined;
}

/** A run with what it takes to ask for its earlier attempts. */
interface RepeatableRun extends ListedRun {
  readonly id: number;
  /** How often it was started. */
  readonly attempts: number;
}

/** The events whose runs keep an instance in step; those of pull requests only propose. */
const countedEvents = ['schedule', 'push', 'workflow_dispatch'] as const;

/** How many earlier attempts are asked for, which takes a request each. */
const mostAttempts = 10;

const reading = { what: 'read workflow runs', permission: 'actions: read' };

/**
 * Asks GitHub how a workflow did on the default branch.
 *
 * @param file name of the workflow's file
 * @param since what began before is no recent success
 * @throws SyncError `invalid-input` where there is no such workflow, `permission` where the token may not see its runs, and
 * `target-unavailable` where GitHub cannot be asked
 */
export async function workflowHistory(event: RunEvent, token: string, file: string, since: Date, signal: AbortSignal): Promise<WorkflowHistory> {
  const github = connectGitHub(event, token, signal);
  const { ask, where } = github;
  const runs = async (branch: string, only: { readonly status?: 'success'; readonly per_page: number }): Promise<RepeatableRun[]> => {
    const listed: RepeatableRun[] = [];
    for (const name of countedEvents) {
      const question = { ...where, workflow_id: file, branch, event: name, exclude_pull_requests: true, ...only };
      const { data } = await ask(({ rest }, request) => rest.actions.listWorkflowRuns({ ...question, request }));
      for (const { id, run_attempt: attempts = 1, html_url: url, status, conclusion, ...times } of data.workflow_runs) {
        listed.push({ id, attempts, url, startedAt: startOf(times), status: status ?? '', conclusion: conclusion ?? '' });
      }
    }
    return listed.sort(newestFirst);
  };
  try {
    const branch = event.defaultBranch ?? (await ask(({ rest }, request) => rest.repos.get({ ...where, request }))).data.default_branch;
    const { data } = await ask(({ rest }, request) => rest.actions.getWorkflow({ ...where, workflow_id: file, request }));
    // A run that hangs may have many after it that were cancelled while they waited.
    const latest = await runs(branch, { per_page: 100 });
    const listed = latest.find(({ conclusion }) => conclusion === 'success');
    // Where there is none among them, it may be long ago.
    const lastSuccess = listed ?? (await runs(branch, { status: 'success', per_page: 1 }))[0];
    const isRecent = lastSuccess !== undefined && lastSuccess.startedAt >= since;
    return { state: data.state, latest, lastSuccess: isRecent ? lastSuccess : ((await earlierSuccess(github, latest, since)) ?? lastSuccess) };
  } catch (thrown) {
    signal.throwIfAborted();
    if (refusalOf(thrown) !== 404) throw asRefusal(thrown, reading);
    throw new SyncError('invalid-input', `GitHub knows no workflow ${JSON.stringify(file)} in this repository.`, {
      hint: 'Give in `watch-workflow` the name of its file in .github/workflows on the default branch, and the run the permission `actions: read`.',
      cause: thrown,
    });
  }
}

/**
 * The latest success among the earlier attempts of runs, as a list of runs tells of the latest attempt alone
 * (https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run-attempt).
 */
async function earlierSuccess(github: GitHubConnection, latest: readonly RepeatableRun[], since: Date): Promise<ListedRun | undefined> {
  const successes: ListedRun[] = [];
  let left = mostAttempts;
  for (const run of latest.filter(({ startedAt }) => startedAt >= since)) {
    for (let number = run.attempts - 1; number > 0 && left > 0; number -= 1) {
      left -= 1;
      const attempt = await attemptOf(github, run, number);
      if (attempt === undefined || attempt.startedAt < since) break;
      if (attempt.conclusion !== 'success') continue;
      successes.push(attempt);
      break;
    }
  }
  return successes.sort(newestFirst)[0];
}

/** `undefined` where GitHub has it no more. */
async function attemptOf({ ask, where }: GitHubConnection, { id, url }: RepeatableRun, number: number): Promise<ListedRun | undefined> {
  try {
    const { data } = await ask(({ rest }, request) => rest.actions.getWorkflowRunAttempt({ ...where, run_id: id, attempt_number: number, exclude_pull_requests: true, request }));
    return { startedAt: startOf(data), url: `${url}/attempts/${number}`, status: data.status ?? '', conclusion: data.conclusion ?? '' };
  } catch (thrown) {
    if (refusalOf(thrown) !== 404) throw thrown;
    return undefined;
  }
}

function startOf({ run_started_at, created_at }: { readonly run_started_at?: string; readonly created_at: string }): Date {
  return new Date(run_started_at ?? created_at);
}

function newestFirst(left: ListedRun, right: ListedRun): number {
  return right.startedAt.getTime() - left.startedAt.getTime();
}
