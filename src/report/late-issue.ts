import { linked, mentions, paragraphs, titleOf, type IssueText, type Trouble } from './issue-text.ts';
import { code, table } from './markdown.ts';
import { ago, latenessAdvice, latenessText, type Lateness, type Watched, type WatchedRun } from './watched.ts';
import { inHours, moment } from './words.ts';

/** What a watchdog found of a workflow that is late. */
export type Late = Omit<Watched, 'told' | 'lateness'> & { readonly lateness: Lateness };

/** The issue that a watchdog opens or brings up to date. */
export function lateIssue(late: Late, contacts: readonly string[], { since }: Trouble): IssueText {
  const { workflow, maxAgeHours, at, lastSuccess, lateness } = late;
  const body = paragraphs(
    mentions(contacts),
    `No run of ${code(workflow)} has succeeded within ${inHours(maxAgeHours)}. ${latenessText(lateness, maxAgeHours)}`,
    `**What to do:** ${latenessAdvice(lateness)}`,
    table(
      ['', ''],
      [
        ['Latest success', lastSuccess === undefined ? 'none that GitHub knows of' : `${linked('this run', lastSuccess.url)}, ${moment(lastSuccess.startedAt)}, ${ago(lastSuccess.startedAt, at)}`],
        ...runsOf(lateness).map(({ url, startedAt }, index) => [index === 0 ? 'Run' : 'Other run', `${linked('this run', url)}, ${moment(startedAt)}`]),
        lastSuccess === undefined ? ['Noticed since', moment(since)] : ['Overdue since', moment(new Date(lastSuccess.startedAt.getTime() + maxAgeHours * 3_600_000))],
        ['Last looked', moment(at)],
      ],
    ),
    'The watchdog writes this text anew each time it looks, and closes the issue once a run has succeeded.',
  );
  return { title: titleOf('Oomnitza user sync is overdue', workflow), body };
}

/** In the order in which the text tells of them. */
function runsOf(lateness: Lateness): readonly WatchedRun[] {
  if (!('run' in lateness)) return [];
  return lateness.other === undefined ? [lateness.run] : [lateness.run, lateness.other];
}

/** A comment for a workflow that is late for another reason than before; `undefined` where a run may still end well, which is no news. */
export function latenessChanged({ lateness, maxAgeHours }: Late): string | undefined {
  if (lateness.cause === 'under-way') return undefined;
  const link = 'run' in lateness ? ` See ${linked('the run', lateness.run.url)}.` : '';
  return `Things have changed. ${latenessText(lateness, maxAgeHours)} ${latenessAdvice(lateness)}${link}`;
}

/** A comment for the workflow that is in time again. */
export function latenessOver(lastSuccess: string | undefined): string {
  return `The workflow has succeeded again, with ${linked('this run', lastSuccess)}.`;
}
