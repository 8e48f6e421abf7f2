import { json, segments, type Service, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { artifactService } from './artifacts.ts';
import { PULL_REQUEST } from './commits.ts';
import { conversations, viewer } from './conversations.ts';
import { gitHubError, HEADERS, notFound } from './errors.ts';
import { issuesService } from './issues.ts';
import { idTokenService } from './oidc.ts';
import { blobId, type GitHubSide } from './side.ts';
import { workflowsService } from './workflows.ts';

const REPOSITORY_ROUTE = '/repos/{owner}/{repo}';
const CONTENTS_ROUTE = '/repos/{owner}/{repo}/contents/{path}';
/** Above this size the API leaves the content out of its JSON. */
const INLINE_BYTES = 1024 * 1024;
/** A comparison lists no more. */
const MOST_COMPARED_FILES = 300;

/** GitHub's API, the results service that takes artifacts, and the one that gives identity tokens, behind one address. */
export function gitHubApi(side: GitHubSide, url: () => string): Service {
  const artifacts = artifactService(side, url);
  const idTokens = idTokenService(side);
  return (request) => {
    if (request.path.startsWith('/idtoken/')) return idTokens(request);
    if (/^\/(twirp|artifact-storage)\//.test(request.path)) return artifacts(request);
    const [repos, owner, name, kind, ...path] = segments(request.path) ?? [];
    const route = kind === 'contents' ? CONTENTS_ROUTE : repos === 'graphql' ? request.path : REPOSITORY_ROUTE;
    if (repos !== 'repos' && repos !== 'graphql') return notFound(request.path);
    const refusal = authorize(side, request, route);
    if (refusal !== undefined) return refusal;
    if (repos === 'graphql') return viewer(side, request);
    const isKnown = `${owner}/${name}`.toLowerCase() === side.fullName.toLowerCase();
    if (!isKnown || !side.permissions.has('metadata')) return notFound(route);
    if (kind === 'issues' && side.tracker.issues.some(({ number }) => String(number) === path[0])) return issuesService(side, request, path);
    const conversation = kind === 'issues' || kind === 'pulls' ? conversations(side, request, url(), [kind, ...path]) : undefined;
    if (conversation !== undefined) return conversation;
    if (kind === 'issues') return issuesService(side, request, path);
    if (kind === 'actions') return workflowsService(side, request, path);
    if (request.method !== 'GET') return notFound(request.path);
    if (kind === undefined) return json(REPOSITORY_ROUTE, 200, describeRepository(side), HEADERS);
    if (kind === 'git' && path[0] === 'commits') return commit(side, path[1] ?? '');
    if (kind === 'compare') return compare(side, path.join('/'));
    return kind === 'contents' ? contents(side, request, path.join('/')) : notFound(request.path);
  };
}

/** A commit as Git has it. */
function commit(side: GitHubSide, sha: string): ServiceAnswer {
  const route = '/repos/{owner}/{repo}/git/commits/{sha}';
  if (!side.permissions.has('contents')) return gitHubError(route, 403, 'Resource not accessible by integration');
  const parents = side.parents.get(sha);
  if (parents === undefined) return notFound(route);
  return json(route, 200, { sha, message: 'Merge', parents: parents.map((parent) => ({ sha: parent })) }, HEADERS);
}

/** How two commits compare: of all that GitHub tells, where they went apart, and the first files that are different. */
function compare(side: GitHubSide, basehead: string): ServiceAnswer {
  const route = '/repos/{owner}/{repo}/compare/{basehead}';
  if (!side.permissions.has('contents')) return gitHubError(route, 403, 'Resource not accessible by integration');
  const [base = '', head = ''] = basehead.split('...');
  const sha = side.mergeBases.get(head);
  if (sha === undefined || side.file(base, '') === null) return notFound(route);
  const files = (side.changedFiles.get(PULL_REQUEST) ?? []).slice(0, MOST_COMPARED_FILES);
  return json(route, 200, { status: 'diverged', merge_base_commit: { sha }, files }, HEADERS);
}

function authorize(side: GitHubSide, request: ServiceRequest, route: string): ServiceAnswer | undefined {
  const header = request.headers.authorization;
  const isOpen = header === undefined && request.method === 'GET' && side.repository.visibility === 'public';
  if (isOpen || header === `token ${side.token}` || header === `Bearer ${side.token}`) return undefined;
  // A private repository is not there for somebody who does not say who they are.
  return header === undefined ? notFound(route) : gitHubError(route, 401, 'Bad credentials');
}

function describeRepository(side: GitHubSide): unknown {
  const { id, name, owner, visibility, defaultBranch } = side.repository;
  return {
    id,
    name,
    full_name: side.fullName,
    private: visibility !== 'public',
    owner: { login: owner, type: 'Organization' },
    html_url: `https://github.com/${side.fullName}`,
    fork: false,
    default_branch: defaultBranch,
    visibility,
  };
}

function contents(side: GitHubSide, request: ServiceRequest, path: string): ServiceAnswer {
  if (!side.permissions.has('contents')) {
    return gitHubError(CONTENTS_ROUTE, 403, 'Resource not accessible by integration');
  }
  const ref = request.query.get('ref');
  const content = side.file(ref, path);
  if (content === null) return gitHubError(CONTENTS_ROUTE, 404, `No commit found for the ref ${ref ?? ''}`);
  if (content === undefined) {
    const names = side.folder(ref, path);
    // Whatever form is asked for, a folder is a list.
    return names.length === 0 ? notFound(CONTENTS_ROUTE) : json(CONTENTS_ROUTE, 200, names.map((name) => ({ name, path: `${path}/${name}` })), HEADERS);
  }
  if (/application\/vnd\.github(\.v3)?\.raw(\+json)?/.test(request.headers.accept ?? '')) {
    const headers = { 'Content-Type': 'application/vnd.github.raw+json; charset=utf-8' };
    return { route: CONTENTS_ROUTE, status: 200, headers, body: content };
  }
  const isInline = content.length <= INLINE_BYTES;
  const description = {
    type: 'file',
    encoding: isInline ? 'base64' : 'none',
    size: content.length,
    name: path.split('/').at(-1),
    path,
    // GitHub breaks its base64 into lines.
    content: isInline ? content.toString('base64').replaceAll(/.{60}/g, '$&\n') : '',
    sha: blobId(content),
  };
  return json(CONTENTS_ROUTE, 200, description, HEADERS);
}
