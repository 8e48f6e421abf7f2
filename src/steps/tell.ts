import { asSyncError } from '../errors.ts';
import { logWarning, type IssueMark, type Issues } from '../github/index.ts';
import type { Contact } from '../inputs/index.ts';
import type { IssueText, Told, Trouble } from '../report/index.ts';

/** Something that contacts are to know of until it is over. */
export interface Matter {
  /** There is one open issue for each subject. */
  readonly subject: string;
  /** A word for what is wrong: while it stays the same, the issue is only brought up to date. */
  readonly cause: string;
  /** The mode of the run that noticed it, where that matters. */
  readonly mode?: string | undefined;
  readonly contacts: readonly Contact[];
  readonly at: Date;
  readonly issue: (trouble: Trouble) => IssueText;
  /** A comment, for a cause that is not the one before; `undefined`: where anything else was told, this cause is no news. */
  readonly changed: string | undefined;
}

/**
 * Tells the contacts: opens an issue, or brings the open one up to date. A change of its text notifies nobody, so a comment is
 * added where there is something new to know.
 *
 * @throws SyncError where GitHub refuses or cannot be asked
 */
export async function tell(issues: Issues, { subject, cause, mode, contacts, at, issue, changed }: Matter): Promise<Told> {
  const [open] = await issues.openAbout(subject);
  if (open === undefined) {
    const { title, body } = issue({ since: at, times: 1 });
    const number = await issues.create(title, body, { subject, cause, ...(mode === undefined ? {} : { mode }), since: at.toISOString(), times: 1 });
    await assign(issues, number, contacts, []);
    return { done: 'opened', issue: number };
  }
  const { number, mark, assignees } = open;
  const times = mark.times + 1;
  // In this order: a comment that fails is made up for by the next run.
  const isSaid = changed === undefined || mark.cause === cause || (await issues.comment(number, changed));
  await issues.update(number, issue({ since: new Date(mark.since), times }).body, { ...mark, cause: changed === undefined ? mark.cause : cause, times, ...(mode === undefined || mark.mode === 'apply' ? {} : { mode }) });
  if (!isSaid) logWarning(`Issue ${number} takes no comment, as where its conversation is locked. Its text is up to date, but nobody is notified that the reason has changed. Unlock it, or close it, so that the next failure opens another one.`);
  const assigned = assignees.map((name) => name.toLowerCase());
  await assign(issues, number, contacts, assigned);
  return { done: 'updated', issue: number };
}

/**
 * Closes what is open about a subject, several issues if that is so.
 *
 * @param isOver whether what an issue tells of is over
 * @throws SyncError where GitHub refuses or cannot be asked
 */
export async function settle(issues: Issues, subject: string, comment: string, isOver: (mark: IssueMark) => boolean = () => true): Promise<Told> {
  let told: Told = { done: 'nothing' };
  for (const { number, mark } of await issues.openAbout(subject)) {
    if (!isOver(mark)) continue;
    // Where nothing can be said, that it is closed says enough.
    await issues.comment(number, comment);
    await issues.close(number);
    told = told.done === 'nothing' ? { done: 'closed', issue: number } : told;
  }
  return told;
}

/** One by one, since GitHub refuses all of them for one who does not exist. */
async function assign(issues: Issues, number: number, contacts: readonly Contact[], assigned: readonly string[]): Promise<void> {
  const refused: number[] = [];
  for (const { name, entry } of contacts) {
    if (assigned.includes(name.toLowerCase())) continue;
    try {
      if (!(await issues.assign(number, name))) refused.push(entry);
    } catch (thrown) {
      const { message, hint } = asSyncError(thrown);
      logWarning(`Entry ${entry} of \`contacts\` was not assigned to issue ${number}; the issue mentions everybody all the same, and the next run that fails tries again. ${message} ${hint}`.trimEnd());
    }
  }
  if (refused.length === 0) return;
  logWarning(
    `Not everybody could be assigned to issue ${number}: GitHub refused the ${refused.length === 1 ? 'entry' : 'entries'} ${refused.join(', ')} of \`contacts\`. ` +
      'Only users with access to the repository can be assigned, and in a private repository of a free plan only one of them. The issue mentions them all the same.',
  );
}
