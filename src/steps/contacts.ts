import { asSyncError } from '../errors.ts';
import { connectIssues, logLine, logWarning, type Issues, type RunEvent } from '../github/index.ts';
import { readContactInputs, type Contact } from '../inputs/index.ts';
import { failureChanged, failureIssue, failureOver, type Told } from '../report/index.ts';
import type { Run } from './run.ts';
import { toldPath } from './sync-file.ts';
import { settle, tell } from './tell.ts';
import { tellingLimit } from './telling-limit.ts';

const limitSeconds = 60;

/**
 * Tells the contacts, through an issue, that a run failed which nobody waits for, and closes the issue once a run is good
 * again. What cannot be told is a warning: it changes nothing about the run itself.
 */
export async function tellContacts(run: Run): Promise<void> {
  const { event, failure } = run;
  const { contacts, githubToken, syncFile, isWatchdog } = readContactInputs();
  if (contacts.length === 0 || isWatchdog || event === undefined || event.proposal !== undefined || !isOnDefaultBranch(event)) return;
  // Whoever cancels a run knows of it, and GitHub ends the process within seconds.
  if (run.signal.aborted && failure?.reason === 'cancelled') return;
  const issues = connectIssues(event, githubToken, tellingLimit(run, limitSeconds));
  const path = await toldPath(run, syncFile);
  try {
    if (failure !== undefined) {
      report(await tellFailure(issues, { syncFile: path, reason: failure.reason, url: event.runUrl, at: new Date() }, run.mode ?? run.inputs?.mode, contacts));
    } else if (isGoodRun(run)) {
      report(await settle(issues, subjectOf(path), failureOver(event.runUrl), (mark) => mark.mode !== 'apply' || run.mode === 'apply'));
    }
  } catch (thrown) {
    const { message, hint } = asSyncError(thrown);
    logWarning(`The contacts were not told. ${message} ${hint}`.trimEnd());
  }
}

function tellFailure(issues: Issues, failed: Parameters<typeof failureIssue>[0], mode: string | undefined, contacts: readonly Contact[]): Promise<Told> {
  return tell(issues, {
    subject: subjectOf(failed.syncFile),
    cause: failed.reason,
    mode,
    contacts,
    at: failed.at,
    issue: (trouble) => failureIssue(failed, contacts.map(({ name }) => name), trouble),
    changed: failureChanged(failed),
  });
}

function subjectOf(syncFile: string): string {
  return `sync-file ${syncFile}`;
}

/** What runs on another branch is tried out by somebody who sees for themselves what becomes of it. */
function isOnDefaultBranch({ name, ref, defaultBranch }: RunEvent): boolean {
  return name === 'schedule' || defaultBranch === undefined || ref === `refs/heads/${defaultBranch}`;
}

/** Whether the run shows that the sync works again, and for everybody. */
function isGoodRun({ mode, inputs, enabled }: Run): boolean {
  return enabled && (mode === 'plan' || mode === 'apply') && inputs?.explain === '' && inputs.only.length === 0;
}

function report(told: Told): void {
  if (told.done !== 'nothing') logLine(`Contacts: issue ${told.issue} was ${told.done}.`);
}
