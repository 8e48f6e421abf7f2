/** An issue of the repository. */
export interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  stateReason: string | null;
  /** Whether the conversation is locked, so that apps and people without a say in the repository cannot comment. */
  locked: boolean;
  readonly labels: string[];
  readonly assignees: string[];
  readonly comments: string[];
  readonly author: IssueAuthor;
}

/** Who wrote an issue, and what that person is to the repository. */
export interface IssueAuthor {
  readonly login: string;
  readonly type: 'Bot' | 'User';
  readonly association: 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE';
}

/** How the token of a job signs what it writes. */
export const JOB: IssueAuthor = { login: 'github-actions[bot]', type: 'Bot', association: 'CONTRIBUTOR' };

/** The issues of a repository. */
export class IssueTracker {
  /** Issues are a feature that can be switched off. */
  enabled = true;
  /** Users with access to the repository: only they can be assigned. */
  readonly assignable = new Set<string>();
  /** Users of GitHub who have nothing to do with the repository. */
  readonly strangers = new Set<string>();
  /** In the order in which they were opened. */
  readonly issues: Issue[] = [];

  open(sketch: Pick<Issue, 'title' | 'body' | 'labels'>, author: IssueAuthor = JOB): Issue {
    const issue: Issue = { ...sketch, number: this.issues.length + 1, state: 'open', stateReason: null, locked: false, assignees: [], comments: [], author };
    this.issues.push(issue);
    return issue;
  }

  /** Adds those who can be assigned, without a word about the others; false when one of them is no user at all. */
  assign(issue: Issue, logins: readonly string[]): boolean {
    const all = logins.map((login) => [...this.assignable, ...this.strangers].find((known) => known.toLowerCase() === login.toLowerCase()));
    const users = all.filter((login) => login !== undefined);
    if (users.length < logins.length) return false;
    for (const login of users) if (this.assignable.has(login) && !issue.assignees.includes(login)) issue.assignees.push(login);
    return true;
  }
}
