import { isCalled, ownName } from './comment.ts';
import { connectGitHub, type GitHubConnection } from './connection.ts';
import type { RunEvent } from './event.ts';
import { markedBody, markIn, type IssueMark } from './issue-mark.ts';
import { asRefusal, isClosedToComments, refusalOf } from './refusal.ts';

/** An open issue that an earlier run wrote. */
export interface OpenIssue {
  readonly number: number;
  readonly mark: IssueMark;
  /** GitHub user names. */
  readonly assignees: readonly string[];
}

/** The issues by which contacts are told. All methods throw SyncError where GitHub refuses or cannot be asked. */
export interface Issues {
  /** The open issues about a subject, the oldest first. */
  openAbout(subject: string): Promise<readonly OpenIssue[]>;
  create(title: string, body: string, mark: IssueMark): Promise<number>;
  update(number: number, body: string, mark: IssueMark): Promise<void>;
  /** Whether it could be said: where the conversation is locked, or the repository archived, GitHub takes no comment from the token of a job. */
  comment(number: number, body: string): Promise<boolean>;
  close(number: number): Promise<void>;
  /** Whether the user could be assigned. */
  assign(number: number, user: string): Promise<boolean>;
}

/** By it the issues are found again among all others. */
const label = 'oomnitza-user-sync';

const writing = { what: 'write issues', permission: 'issues: write' };

export function connectIssues(event: RunEvent, token: string, signal: AbortSignal): Issues {
  const connection = connectGitHub(event, token, signal);
  const refusing = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
    try {
      return await work;
    } catch (thrown) {
      signal.throwIfAborted();
      throw asRefusal(thrown, writing);
    }
  };
  const ask: GitHubConnection['ask'] = (question) => refusing(connection.ask(question));
  const { where } = connection;
  return {
    async openAbout(subject) {
      const question = { ...where, state: 'open', labels: label, sort: 'created', direction: 'asc', per_page: 100 } as const;
      const { data } = await ask(({ rest }, request) => rest.issues.listForRepo({ ...question, request }));
      const found: OpenIssue[] = [];
      let self: string | undefined;
      for (const { number, body, user, author_association, assignees, pull_request } of data) {
        const mark = markIn(body ?? '');
        // To this list a pull request is an issue as well.
        if (mark?.subject !== subject || pull_request !== undefined) continue;
        const isOurs = mayWrite(author_association) || isCalled((self ??= await refusing(ownName(connection))), user?.login ?? '', user?.type === 'Bot');
        if (isOurs) found.push({ number, mark, assignees: (assignees ?? []).map(({ login }) => login) });
      }
      return found;
    },
    async create(title, body, mark) {
      const { data } = await ask(({ rest }, request) => rest.issues.create({ ...where, title, body: markedBody(body, mark), labels: [label], request }));
      return data.number;
    },
    async update(number, body, mark) {
      await ask(({ rest }, request) => rest.issues.update({ ...where, issue_number: number, body: markedBody(body, mark), request }));
    },
    async comment(number, body) {
      const said = connection.ask(({ rest }, request) => rest.issues.createComment({ ...where, issue_number: number, body, request }));
      return await refusing(said.then(() => true, unlessClosed));
    },
    async close(number) {
      await ask(({ rest }, request) => rest.issues.update({ ...where, issue_number: number, state: 'closed', state_reason: 'completed', request }));
    },
    async assign(number, user) {
      try {
        const { data } = await connection.ask(({ rest }, request) => rest.issues.addAssignees({ ...where, issue_number: number, assignees: [user], request }));
        // Whoever has no access to the repository is left out without a word.
        return data.assignees?.some(({ login }) => login.toLowerCase() === user.toLowerCase()) ?? false;
      } catch (thrown) {
        signal.throwIfAborted();
        if ([404, 422].includes(refusalOf(thrown) ?? 0)) return false;
        throw asRefusal(thrown, writing);
      }
    },
  };
}

/** In a public repository anybody can open an issue, with whatever text, and so can any app. */
function mayWrite(association: string | undefined): boolean {
  return ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association ?? '');
}

function unlessClosed(thrown: unknown): false {
  if (isClosedToComments(thrown)) return false;
  throw thrown;
}
