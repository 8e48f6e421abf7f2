import { SyncError } from '../errors.ts';
import { connectGitHub } from './connection.ts';
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
  /** The latest success, however long ago; `undefined` where GitHub knows of none. */
  readonly lastSuccess: ListedRun | undefined;
}

/** The events whose runs keep an instance in step; those of pull requests only propose. */
const countedEvents = ['schedule', 'push', 'workflow_dispatch'] as const;

const reading = { what: 'read workflow runs', permission: 'actions: read' };

/**
 * Asks GitHub how a workflow did on the default branch.
 *
 * @param file name of the workflow's file
 * @throws SyncError `invalid-input` where there is no such workflow, `permission` where the token may not see its runs, and
 * `target-unavailable` where GitHub cannot be asked
 */
export async function workflowHistory(event: RunEvent, token: string, file: string, signal: AbortSignal): Promise<WorkflowHistory> {
  const { ask, where } = connectGitHub(event, token, signal);
  const runs = async (branch: string, only: { readonly status?: 'success'; readonly per_page: number }): Promise<ListedRun[]> => {
    const listed: ListedRun[] = [];
    for (const name of countedEvents) {
      const question = { ...where, workflow_id: file, branch, event: name, exclude_pull_requests: true, ...only };
      const { data } = await ask(({ rest }, request) => rest.actions.listWorkflowRuns({ ...question, request }));
      for (const { run_started_at, created_at, html_url, status, conclusion } of data.workflow_runs) {
        listed.push({ startedAt: new Date(run_started_at ?? created_at), url: html_url, status: status ?? '', conclusion: conclusion ?? '' });
      }
    }
    return listed.sort((left, right) => right.startedAt.getTime() - left.startedAt.getTime());
  };
  try {
    const branch = event.defaultBranch ?? (await ask(({ rest }, request) => rest.repos.get({ ...where, request }))).data.default_branch;
    const { data } = await ask(({ rest }, request) => rest.actions.getWorkflow({ ...where, workflow_id: file, request }));
    // A run that hangs may have many after it that were cancelled while they waited.
    const latest = await runs(branch, { per_page: 100 });
    const recent = latest.find(({ conclusion }) => conclusion === 'success');
    // Where there is none among them, it may be long ago.
    return { state: data.state, latest, lastSuccess: recent ?? (await runs(branch, { status: 'success', per_page: 1 }))[0] };
  } catch (thrown) {
    signal.throwIfAborted();
    if (refusalOf(thrown) !== 404) throw asRefusal(thrown, reading);
    throw new SyncError('invalid-input', `GitHub knows no workflow ${JSON.stringify(file)} in this repository.`, {
      hint: 'Give in `watch-workflow` the name of its file in .github/workflows on the default branch, and the run the permission `actions: read`.',
      cause: thrown,
    });
  }
}
