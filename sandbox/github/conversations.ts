import { isRecord, json, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { gitHubError, HEADERS, notFound } from './errors.ts';
import type { GitHubSide, IssueComment } from './side.ts';

const COMMENTS_ROUTE = '/repos/{owner}/{repo}/issues/{number}/comments';
const COMMENT_ROUTE = '/repos/{owner}/{repo}/issues/comments/{id}';
const FILES_ROUTE = '/repos/{owner}/{repo}/pulls/{number}/files';
/** GitHub refuses a longer comment as a whole. */
const MOST_CHARACTERS = 65_536;

/** What is said on pull requests, and the files they change; undefined for anything else below `issues` and `pulls`. */
export function conversations(side: GitHubSide, request: ServiceRequest, url: string, [kind, ...path]: readonly string[]): ServiceAnswer | undefined {
  const [first = '', second = ''] = path;
  const isComments = kind === 'issues' && second === 'comments';
  const isComment = kind === 'issues' && first === 'comments';
  const isFiles = kind === 'pulls' && second === 'files';
  if (!isComments && !isComment && !isFiles) return undefined;
  const route = isComment ? COMMENT_ROUTE : isComments ? COMMENTS_ROUTE : FILES_ROUTE;
  const isOpen = request.method === 'GET' && side.repository.visibility === 'public';
  if (!isOpen && !side.permissions.has('pull-requests')) return gitHubError(route, 403, 'Resource not accessible by integration');
  if (isFiles) return page(route, request, url, side.changedFiles.get(Number(first)) ?? []);
  if (isComment) return change(side, request, Number(second));
  if (request.method === 'POST') return create(side, request, Number(first));
  return page(route, request, url, side.comments.filter(({ issue }) => issue === Number(first)).map((comment) => describe(side, comment)));
}

/** Who asks: what GraphQL tells of every token. */
export function viewer(side: GitHubSide, { content, path }: ServiceRequest): ServiceAnswer {
  const query: unknown = isRecord(content) ? content['query'] : undefined;
  if (typeof query !== 'string' || !/^\s*(?:query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(query)) return json(path, 200, { errors: [{ message: 'Field does not exist' }] }, HEADERS);
  return json(path, 200, { data: { viewer: { login: side.actor } } }, HEADERS);
}

function create(side: GitHubSide, request: ServiceRequest, issue: number): ServiceAnswer {
  const body = bodyOf(request);
  if (body === undefined) return gitHubError(COMMENTS_ROUTE, 422, 'Validation Failed');
  return json(COMMENTS_ROUTE, 201, describe(side, side.comment(issue, side.actor, body)), HEADERS);
}

function change(side: GitHubSide, request: ServiceRequest, id: number): ServiceAnswer {
  const comment = side.comments.find((candidate) => candidate.id === id);
  if (comment === undefined || !['PATCH', 'DELETE'].includes(request.method)) return notFound(COMMENT_ROUTE);
  // An app may change its own comments alone.
  if (comment.author !== side.actor) return gitHubError(COMMENT_ROUTE, 403, 'Resource not accessible by integration');
  if (request.method === 'DELETE') {
    side.comments.splice(side.comments.indexOf(comment), 1);
    return { route: COMMENT_ROUTE, status: 204, headers: HEADERS };
  }
  const body = bodyOf(request);
  if (body === undefined) return gitHubError(COMMENT_ROUTE, 422, 'Validation Failed');
  comment.body = body;
  return json(COMMENT_ROUTE, 200, describe(side, comment), HEADERS);
}

function bodyOf({ content }: ServiceRequest): string | undefined {
  const body: unknown = isRecord(content) ? content['body'] : undefined;
  return typeof body === 'string' && body.trim() !== '' && body.length <= MOST_CHARACTERS ? body : undefined;
}

function describe(side: GitHubSide, { id, issue, author, body }: IssueComment): unknown {
  const isApp = author.endsWith('[bot]');
  return {
    id,
    html_url: `https://github.com/${side.fullName}/pull/${issue}#issuecomment-${id}`,
    user: { login: author, type: isApp ? 'Bot' : 'User' },
    performed_via_github_app: isApp ? { slug: author.replace('[bot]', '') } : null,
    body,
  };
}

function page(route: string, request: ServiceRequest, url: string, elements: readonly unknown[]): ServiceAnswer {
  if (request.method !== 'GET') return notFound(route);
  const size = Math.min(100, Number(request.query.get('per_page') ?? 30));
  const number = Number(request.query.get('page') ?? 1);
  const isLast = number * size >= elements.length;
  const next = `${url}${request.path}?per_page=${size}&page=${number + 1}`;
  return json(route, 200, elements.slice((number - 1) * size, number * size), { ...HEADERS, ...(isLast ? {} : { Link: `<${next}>; rel="next"` }) });
}
