import { json, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { gitHubError, HEADERS, notFound } from './errors.ts';
import type { GitHubSide } from './side.ts';

const WORKFLOW = '/repos/{owner}/{repo}/actions/workflows/{workflow}';

/** A workflow of the repository and the runs that it is told to have had. */
export interface Workflow {
  state: 'active' | 'disabled_inactivity' | 'disabled_manually' | 'disabled_fork' | 'deleted';
  readonly history: PastRun[];
}

/** A run of a workflow, as the list of runs shows it. */
export interface PastRun {
  readonly event: string;
  readonly branch: string;
  /** Of the latest attempt, in ISO 8601. */
  readonly startedAt: string;
  readonly status: 'queued' | 'pending' | 'waiting' | 'in_progress' | 'completed';
  readonly conclusion: string | null;
}

/**
 * Workflows and their runs (https://docs.github.com/rest/actions).
 * @param path - what follows `actions` in the address
 */
export function workflowsService(side: GitHubSide, request: ServiceRequest, path: readonly string[]): ServiceAnswer {
  const [workflows, file = '', runs] = path;
  const route = runs === undefined ? WORKFLOW : `${WORKFLOW}/runs`;
  if (workflows !== 'workflows' || request.method !== 'GET') return notFound(request.path);
  if (!side.permissions.has('actions') && side.repository.visibility !== 'public') return gitHubError(route, 403, 'Resource not accessible by integration');
  const workflow = side.workflows.get(file);
  if (workflow === undefined) return notFound(route);
  if (runs === undefined) return json(route, 200, { id: 5_000_001, name: 'Oomnitza user sync', path: `.github/workflows/${file}`, state: workflow.state }, HEADERS);
  return runs === 'runs' ? list(route, side, workflow, request.query) : notFound(request.path);
}

function list(route: string, side: GitHubSide, { history }: Workflow, query: URLSearchParams): ServiceAnswer {
  const asked = { event: query.get('event'), branch: query.get('branch'), status: query.get('status') };
  const found = history
    .map((run, index) => ({ ...run, id: 8_000_001 + index }))
    .filter(({ event, branch, status, conclusion }) =>
      [null, event].includes(asked.event) && [null, branch].includes(asked.branch) && (asked.status === null || asked.status === status || asked.status === conclusion))
    .sort((left, right) => right.startedAt.localeCompare(left.startedAt));
  const page = found.slice(0, Number(query.get('per_page') ?? 30)).map(({ id, event, branch, startedAt, status, conclusion }) => ({
    id,
    head_branch: branch,
    event,
    status,
    conclusion,
    run_attempt: 1,
    created_at: startedAt,
    run_started_at: startedAt,
    updated_at: startedAt,
    html_url: `https://github.com/${side.fullName}/actions/runs/${id}`,
  }));
  return json(route, 200, { total_count: found.length, workflow_runs: page }, HEADERS);
}
