import { connectGitHub, inPages, type GitHubConnection } from './connection.ts';
import type { RunEvent } from './event.ts';
import { logLine } from './log.ts';
import { refusalOf } from './refusal.ts';

/** A comment to leave on a pull request. */
export interface PullRequestComment {
  readonly pullRequest: number;
  readonly body: string;
  /** By which the action finds its own comment again, by the text that it has now. */
  readonly subjectOf: (body: string) => 'same' | 'former' | 'other';
  /** Whether nobody else keeps a comment on what may be the former subject: it is taken over where there is none on the same. */
  readonly isLeftBehind: (body: string) => Promise<boolean>;
  /** Whether there is to be a comment where there is none yet; one that is there is brought up to date in any case. */
  readonly create: boolean;
}

/**
 * Keeps one comment on a pull request: the first on the same matter that was written by whoever the token belongs to, since
 * anybody may write down what it is known by. Others of the kind, which runs made that looked at the same time, are deleted.
 * Where there is none, one that was left behind is taken over.
 *
 * @throws Error with GitHub's words where GitHub cannot be asked or refuses
 */
export async function keepComment(event: RunEvent, token: string, signal: AbortSignal, { pullRequest, body, subjectOf, isLeftBehind, create }: PullRequestComment): Promise<void> {
  const github = connectGitHub(event, token, signal);
  const { ask, where } = github;
  const own = await ownComments(github, pullRequest, subjectOf);
  const same = own.filter(({ subject }) => subject === 'same');
  for (const [index, { id }] of same.entries()) {
    if (await isUpdated(github, id, body)) {
      await remove(github, same.slice(index + 1));
      return;
    }
  }
  for (const { id, subject, text } of own) {
    if (subject === 'former' && (await isLeftBehind(text)) && (await isUpdated(github, id, body))) return;
  }
  if (create) await ask((octokit, request) => octokit.rest.issues.createComment({ ...where, issue_number: pullRequest, body, request }));
}

async function isUpdated({ ask, where }: GitHubConnection, id: number, body: string): Promise<boolean> {
  return await isThere(ask((octokit, request) => octokit.rest.issues.updateComment({ ...where, comment_id: id, body, request })));
}

/** That one cannot be deleted is no failure: what there is to say was said. */
async function remove({ ask, where }: GitHubConnection, comments: readonly OwnComment[]): Promise<void> {
  try {
    for (const { id } of comments) await isThere(ask((octokit, request) => octokit.rest.issues.deleteComment({ ...where, comment_id: id, request })));
  } catch {
    logLine('The pull request has a second comment of this action, which could not be deleted; the next run tries again.');
  }
}

/** `false` where somebody has deleted the comment since it was listed. */
async function isThere(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (thrown) {
    if (refusalOf(thrown) === 404) return false;
    throw thrown;
  }
}

interface OwnComment {
  readonly id: number;
  readonly subject: 'same' | 'former';
  readonly text: string;
}

async function ownComments(github: GitHubConnection, pullRequest: number, subjectOf: PullRequestComment['subjectOf']): Promise<readonly OwnComment[]> {
  const { ask, where } = github;
  const comments = inPages(async (page) => {
    const { data } = await ask((octokit, request) => octokit.rest.issues.listComments({ ...where, ...page, issue_number: pullRequest, request }));
    return data;
  });
  const own: OwnComment[] = [];
  let self: string | undefined;
  for await (const { id, body: text = '', user } of comments) {
    const subject = subjectOf(text);
    if (subject === 'other') continue;
    // Asked only where it matters, as most runs find no comment at all.
    self ??= await ownName(github);
    if (isCalled(self, user?.login ?? '', user?.type === 'Bot')) own.push({ id, subject, text });
  }
  return own;
}

/** What GitHub calls a job's own token. */
const actionsApp = 'github-actions[bot]';

/**
 * Under which name the token writes. Only GraphQL tells that for every kind of token: the REST API answers an app's, the
 * job's own among them, with 403.
 */
export async function ownName({ ask }: GitHubConnection): Promise<string> {
  try {
    const answer: unknown = await ask((octokit, request) => octokit.graphql('query { viewer { login } }', { request }));
    const login: unknown = Reflect.get(Object(Reflect.get(Object(answer), 'viewer')), 'login');
    if (typeof login === 'string' && login !== '') return login;
  } catch (thrown) {
    if ([401, 403].includes(refusalOf(thrown) ?? 0)) return actionsApp;
    throw thrown;
  }
  // To take another's name for its own would make a second comment.
  throw new Error('GitHub does not tell whose token it is');
}

/** Some of GitHub's APIs name an app with `[bot]` behind it, some without. */
export function isCalled(self: string, login: string, isApp: boolean): boolean {
  const [mine, theirs] = [self, login].map((name) => (isApp ? name.replace(/\[bot\]$/, '') : name).toLowerCase());
  return mine === theirs;
}
