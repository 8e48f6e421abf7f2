import type { FailureReason } from '../errors.ts';
import { linked, mentions, paragraphs, titleOf, type IssueText, type Trouble } from './issue-text.ts';
import { code, table } from './markdown.ts';
import { failures } from './outcome.ts';
import { counted, moment } from './words.ts';

/** A failed run, as contacts are told of it: nothing here is about a person of either system. */
export interface FailedRun {
  /** Path of the sync file from the workspace. */
  readonly syncFile: string;
  readonly reason: FailureReason;
  /** Page of the run; `undefined` outside GitHub. */
  readonly url: string | undefined;
  readonly at: Date;
}

/** Fixed sentences, since what a server said may be about anybody; the page of the run has the rest. */
const advice: Readonly<Record<FailureReason, string>> = {
  'invalid-input': 'Open the run: it names each input of the workflow step that is missing or wrong. A repository secret that was deleted or renamed arrives empty.',
  'invalid-sync-file': 'Open the run: it names each line of the sync file that is wrong, or that names what the directory or the instance does not have.',
  authentication: 'A credential may have expired or been revoked. Open the run: it says which side refused the sign-in. Then renew the repository secret behind it.',
  permission: 'Open the run: it names the permission that is missing, in Microsoft Entra, in Oomnitza or in GitHub, and who can grant it.',
  'directory-incomplete': 'Nothing was written, so nothing is lost. Often Microsoft is back by the next run; if not, open the run and look at what it could not read.',
  'target-unavailable': 'Often Oomnitza is back by the next run. If not, check the address in `oomnitza-url` and whether the instance answers.',
  'limits-exceeded': 'Nothing was written, because the plan changes more than the limits in the sync file allow. Open the run and read the plan: then correct what caused it, or let it through once with `override-limits`.',
  'plan-changed': 'Nothing was written, because the plan is not the one that was reviewed. Plan again, and review that one.',
  'record-failures': 'Open the run: it says how many changes were written, lists the records that Oomnitza refused, and why.',
  cancelled: 'The work was cancelled in Oomnitza. Start the run again if that was not meant.',
  timeout: 'The run took longer than `timeout-minutes` allows. The next run goes on with what is left; if this happens again, allow more time.',
  internal: 'This is a defect of the action. Please report it with the log of the run.',
};

/** The issue that a failed run opens or brings up to date. */
export function failureIssue({ syncFile, reason, url, at }: FailedRun, contacts: readonly string[], { since, times }: Trouble): IssueText {
  const body = paragraphs(
    mentions(contacts),
    `The Oomnitza user sync failed: ${failures[reason]}.`,
    `**What to do:** ${advice[reason]}`,
    table(
      ['', ''],
      [
        ['Latest failure', `${linked('this run', url)}, ${moment(at)}`],
        ['Failure reason', code(reason)],
        ['Sync file', code(syncFile, 200)],
        ['Failing since', `${moment(since)}, ${counted(times, 'run')}`],
      ],
    ),
    'Each failing run writes this text anew, and the next good one closes the issue.',
  );
  return { title: titleOf('Oomnitza user sync fails', syncFile), body };
}

/** A comment for a failure of another kind than the one before. */
export function failureChanged({ reason, url }: FailedRun): string {
  return `It fails for another reason now: ${failures[reason]} (${code(reason)}), in ${linked('this run', url)}. ${advice[reason]}`;
}

/** A comment for the run that is good again. */
export function failureOver(url: string | undefined): string {
  return `The sync is good again, since ${linked('this run', url)}.`;
}
