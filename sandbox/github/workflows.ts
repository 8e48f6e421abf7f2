import { json, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { gitHubError, HEADERS, notFound } from './errors.ts';
import type { GitHubSide } from './side.ts';

const WORKFLOW = '/repos/{owner}/{repo}/actions/workflows/{workflow}';
const ATTEMPT = '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}';
const FIRST_ID = 8_000_001;

/** A workflow of the repository and the runs that it is told to have had. */
export interface Workflow {
  state: 'active' | 'disabled_inactivity' | 'disabled_manually' | 'disabled_fork' | 'deleted';
  readonly history: PastRun[];
}

/** A run of a workflow, as the list of runs shows it: how its latest attempt went. */
export interface PastRun extends Attempt {
  readonly event: string;
  readonly branch: string;
  /** The attempts before the latest, the first one first. */
  readonly earlier?: readonly Attempt[];
}

/** One start of a run. */
export interface Attempt {
  /** In ISO 8601. */
  readonly startedAt: string;
  readonly status: 'queued' | 'pending' | 'waiting' | 'in_progress' | 'completed';
  readonly conclusion: string | null;
}

/**
 * Workflows and their runs (https://docs.github.com/rest/actions).
 * @param path - what follows `actions` in the address
 */
export function workflowsService(side: GitHubSide, request: ServiceRequest, path: readonly string[]): ServiceAnswer {
  const [kind, name = '', part, number] = path;
  const route = kind === 'runs' ? ATTEMPT : part === undefined ? WORKFLOW : `${WORKFLOW}/runs`;
  if ((kind !== 'workflows' && kind !== 'runs') || request.method !== 'GET') return notFound(request.path);
  if (!side.permissions.has('actions') && side.repository.visibility !== 'public') return gitHubError(route, 403, 'Resource not accessible by integration');
  if (kind === 'runs') return part === 'attempts' ? showAttempt(side, Number(name), Number(number)) : notFound(request.path);
  const workflow = side.workflows.get(name);
  if (workflow === undefined) return notFound(route);
  if (part === undefined) return json(route, 200, { id: 5_000_001, name: 'Oomnitza user sync', path: `.github/workflows/${name}`, state: workflow.state }, HEADERS);
  return part === 'runs' ? list(route, side, workflow, request.query) : notFound(request.path);
}

/** Ids say nothing of the workflow, so it is the first one that has had so many runs. */
function showAttempt(side: GitHubSide, id: number, number: number): ServiceAnswer {
  const run = [...side.workflows.values()].map(({ history }) => history[id - FIRST_ID]).find((past) => past !== undefined);
  const one = run && [...(run.earlier ?? []), run][number - 1];
  return run === undefined || one === undefined ? notFound(ATTEMPT) : json(ATTEMPT, 200, describe(side, { ...run, ...one, id }, number), HEADERS);
}

function list(route: string, side: GitHubSide, { history }: Workflow, query: URLSearchParams): ServiceAnswer {
  const asked = { event: query.get('event'), branch: query.get('branch'), status: query.get('status') };
  const found = history
    .map((run, index) => ({ ...run, id: FIRST_ID + index }))
    .filter(({ event, branch, status, conclusion }) =>
      [null, event].includes(asked.event) && [null, branch].includes(asked.branch) && (asked.status === null || asked.status === status || asked.status === conclusion))
    .sort((left, right) => createdAt(right).localeCompare(createdAt(left)));
  const page = found.slice(0, Number(query.get('per_page') ?? 30)).map((run) => describe(side, run, 1 + (run.earlier?.length ?? 0)));
  return json(route, 200, { total_count: found.length, workflow_runs: page }, HEADERS);
}

/** It keeps its place in the list, however often somebody starts it again. */
function createdAt(run: PastRun): string {
  return (run.earlier?.[0] ?? run).startedAt;
}

function describe(side: GitHubSide, run: PastRun & { readonly id: number }, attempt: number): object {
  const { id, event, branch, startedAt, status, conclusion } = run;
  return {
    id,
    head_branch: branch,
    event,
    status,
    conclusion,
    run_attempt: attempt,
    created_at: createdAt(run),
    run_started_at: startedAt,
    updated_at: startedAt,
    html_url: `https://github.com/${side.fullName}/actions/runs/${id}`,
  };
}
