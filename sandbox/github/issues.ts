import { isRecord, json, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { gitHubError, HEADERS, notFound } from './errors.ts';
import type { Issue } from './issue-tracker.ts';
import type { GitHubSide } from './side.ts';

const LIST = '/repos/{owner}/{repo}/issues';
const ONE = `${LIST}/{number}`;
const MOST_ASSIGNEES = 10;
const MOST_CHARACTERS = 65_536;

/**
 * The issues of the repository (https://docs.github.com/rest/issues).
 * @param path - what follows `issues` in the address
 */
export function issuesService(side: GitHubSide, request: ServiceRequest, path: readonly string[]): ServiceAnswer {
  const [number, part] = path;
  const route = number === undefined ? LIST : part === undefined ? ONE : `${ONE}/${part}`;
  if (!side.permissions.has('issues')) return gitHubError(route, 403, 'Resource not accessible by integration');
  const { tracker } = side;
  const content = isRecord(request.content) ? request.content : {};
  if (number === undefined) {
    if (request.method === 'GET') return json(LIST, 200, list(side, request.query), HEADERS);
    return request.method === 'POST' ? create(side, content) : notFound(route);
  }
  const issue = tracker.issues.find((candidate) => String(candidate.number) === number);
  if (issue === undefined) return notFound(route);
  if (!tracker.enabled) return disabled(route);
  switch (`${request.method} ${part ?? ''}`) {
    case 'PATCH ':
      return update(side, issue, content);
    case 'POST comments':
      return comment(route, issue, content);
    case 'POST assignees':
      return assign(side, issue, content['assignees']);
    default:
      return notFound(route);
  }
}

function list(side: GitHubSide, query: URLSearchParams): unknown[] {
  const state = query.get('state') ?? 'open';
  const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
  const found = side.tracker.issues.filter((issue) => (state === 'all' || issue.state === state) && labels.every((label) => issue.labels.includes(label)));
  const sorted = query.get('direction') === 'asc' ? found : found.toReversed();
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  return sorted.slice((page - 1) * size, page * size).map((issue) => describe(side, issue));
}

function create(side: GitHubSide, { title, body, labels, assignees }: Readonly<Record<string, unknown>>): ServiceAnswer {
  if (!side.tracker.enabled) return disabled(LIST);
  if (typeof title !== 'string' || title === '' || title.length > 256) return invalid(LIST, 'title');
  const text = typeof body === 'string' ? body : '';
  if (text.length > MOST_CHARACTERS) return invalid(LIST, 'body');
  const issue = side.tracker.open({ title, body: text, labels: Array.isArray(labels) ? labels.map(String) : [] });
  if (Array.isArray(assignees) && !side.tracker.assign(issue, assignees.map(String))) {
    side.tracker.issues.pop();
    return invalid(LIST, 'assignees');
  }
  return json(LIST, 201, describe(side, issue), HEADERS);
}

function update(side: GitHubSide, issue: Issue, { title, body, state, state_reason: stateReason }: Readonly<Record<string, unknown>>): ServiceAnswer {
  if (typeof body === 'string' && body.length > MOST_CHARACTERS) return invalid(ONE, 'body');
  if (typeof title === 'string') issue.title = title;
  if (typeof body === 'string') issue.body = body;
  if (state === 'open' || state === 'closed') issue.state = state;
  if (typeof stateReason === 'string') issue.stateReason = stateReason;
  return json(ONE, 200, describe(side, issue), HEADERS);
}

function comment(route: string, issue: Issue, { body }: Readonly<Record<string, unknown>>): ServiceAnswer {
  if (typeof body !== 'string' || body === '' || body.length > MOST_CHARACTERS) return invalid(route, 'body');
  if (issue.locked) return gitHubError(route, 403, 'Unable to create comment because issue is locked.');
  issue.comments.push(body);
  return json(route, 201, { id: 4_000_000 + issue.comments.length, body }, HEADERS);
}

function assign(side: GitHubSide, issue: Issue, assignees: unknown): ServiceAnswer {
  const route = `${ONE}/assignees`;
  const logins = Array.isArray(assignees) ? assignees.map(String) : [];
  if (issue.assignees.length + logins.length > MOST_ASSIGNEES || !side.tracker.assign(issue, logins)) return invalid(route, 'assignees');
  return json(route, 201, describe(side, issue), HEADERS);
}

function describe(side: GitHubSide, issue: Issue): unknown {
  const { number, title, body, state, stateReason, locked, labels, assignees, comments, author } = issue;
  return {
    number,
    title,
    body,
    state,
    state_reason: stateReason,
    locked,
    labels: labels.map((name) => ({ name })),
    assignees: assignees.map((login) => ({ login, type: 'User' })),
    comments: comments.length,
    user: { login: author.login, type: author.type },
    author_association: author.association,
    html_url: `https://github.com/${side.fullName}/issues/${number}`,
  };
}

function disabled(route: string): ServiceAnswer {
  return gitHubError(route, 410, 'Issues are disabled for this repo');
}

function invalid(route: string, field: string): ServiceAnswer {
  const body = { message: 'Validation Failed', errors: [{ resource: 'Issue', field, code: 'invalid' }], documentation_url: 'https://docs.github.com/rest', status: '422' };
  return json(route, 422, body, HEADERS);
}
