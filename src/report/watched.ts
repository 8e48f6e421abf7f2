import type { Outcome } from './outcome.ts';
import { inHours, moment } from './words.ts';

/** A run of the workflow that is looked after. */
export interface WatchedRun {
  readonly startedAt: Date;
  readonly url: string;
  readonly status: string;
  readonly conclusion: string;
}

/** Why no run has succeeded in time. */
export type Lateness =
  | { readonly cause: 'disabled'; readonly state: string }
  | { readonly cause: 'not-started' }
  /** The other one, if any: of a run under way the one that ended before it, else one that is under way. */
  | { readonly cause: 'under-way' | 'not-finished' | 'failed'; readonly run: WatchedRun; readonly other: WatchedRun | undefined };

/** What became of the issue by which contacts are told, and its number where there is one. */
export type Told = { readonly done: 'opened' | 'updated' | 'closed'; readonly issue: number } | { readonly done: 'nothing' };

/** What a run found that looked after another workflow. */
export interface Watched {
  /** File name of the workflow. */
  readonly workflow: string;
  readonly maxAgeHours: number;
  /** When the run looked. */
  readonly at: Date;
  readonly lastSuccess: WatchedRun | undefined;
  /** `undefined`: the latest success is recent enough. */
  readonly lateness: Lateness | undefined;
  readonly told: Told;
}

const verdicts: Readonly<Record<Lateness['cause'], string>> = {
  disabled: 'it did not start, since it is switched off',
  'not-started': 'it did not start',
  'under-way': 'it has not finished yet',
  'not-finished': 'it did not finish',
  failed: 'it failed',
};

/** @param failure why the watchdog itself failed */
export function watchdogOutcome(watched: Watched | null, failure: string | undefined): Outcome {
  if (failure !== undefined) return { mark: '❌', headline: `The watchdog could not do its work: ${failure}` };
  const { lateness } = watched ?? {};
  if (lateness === undefined) return { mark: '✅', headline: 'The workflow succeeded in time' };
  return { mark: '⏰', headline: `The workflow is overdue: ${verdicts[lateness.cause]}` };
}

/** Why the workflow is late, in sentences made of fixed words. */
export function latenessText(lateness: Lateness, maxAgeHours: number): string {
  switch (lateness.cause) {
    case 'disabled':
      return disabledText(lateness.state);
    case 'not-started':
      return `It did not start: no run by schedule, push or hand has begun on the default branch within ${inHours(maxAgeHours)}.`;
    case 'under-way':
      return `It has not finished yet: a run ${stateOf(lateness.run)}.${lateness.other === undefined ? '' : ` An earlier one ${stateOf(lateness.other)}.`}`;
    case 'not-finished':
      return `It did not finish: ${ofTwo(lateness)}`;
    case 'failed':
      return `It failed: ${ofTwo(lateness)}`;
  }
}

function ofTwo({ run, other }: { readonly run: WatchedRun; readonly other: WatchedRun | undefined }): string {
  const isOver = run.status === 'completed';
  if (other === undefined) return `${isOver ? 'the latest' : 'a'} run ${stateOf(run)}.`;
  // What has not begun may wait for the run that hangs.
  return `a run ${stateOf(run)}. Another one ${stateOf(other)}${isOver || other.status === 'in_progress' ? ', and may still end well' : ''}.`;
}

/** What became of a run, as the end of a sentence. */
function stateOf({ status, conclusion, startedAt }: WatchedRun): string {
  if (status !== 'completed') return `${status === 'in_progress' ? 'is still under way' : 'still waits to begin'}, since ${moment(startedAt)}`;
  return endings.get(conclusion) ?? 'ended without a success';
}

/** What to do about it. */
export function latenessAdvice(lateness: Lateness): string {
  switch (lateness.cause) {
    case 'disabled':
      return 'Open the workflow under Actions and choose “Enable workflow”. GitHub switches schedules off after 60 days without a commit in a public repository.';
    case 'not-started':
      return 'Look under Actions whether the workflow is still there and enabled. GitHub may drop a scheduled run when it is busy, and stops schedules when whoever last edited the cron has left the organization; starting a run by hand and editing the cron line both help.';
    case 'under-way':
      return 'Wait, if the run began not long ago: it may still end well. Otherwise look at it: it may wait for a runner, for an approval, or for another run of its concurrency group.';
    case 'not-finished':
      if (lateness.run.status !== 'completed') return 'Look at the run that hangs, and cancel it if need be: it may wait for a runner, for an approval, or for another run of its concurrency group. The ones after it may be waiting for it.';
      return 'Look at the run that did not finish: its page says who or what ended it, and its log how far it came.';
    case 'failed':
      return 'Look at the run that failed: its last lines and its page say why.';
  }
}

function disabledText(state: string): string {
  if (state === 'disabled_inactivity') return 'It did not start: GitHub has switched the workflow off, because nothing happened in the repository for 60 days.';
  if (state === 'disabled_manually') return 'It did not start: somebody has switched the workflow off.';
  return 'It did not start: GitHub does not run the workflow any more.';
}

const endings = new Map([
  ['failure', 'ended with a failure'],
  ['startup_failure', 'ended before it began, since GitHub could not read the workflow'],
  ['action_required', 'ended waiting for somebody to allow it'],
  ['skipped', 'ended with everything in it skipped'],
  ['timed_out', 'took longer than it may'],
  ['cancelled', 'was cancelled'],
  ['stale', 'was cancelled'],
]);

/** What the watchdog found, as names and texts. */
export function watchedRows(watched: Watched | null): readonly (readonly [name: string, text: string])[] {
  if (watched === null) return [];
  const { workflow, maxAgeHours, at, lastSuccess, lateness, told } = watched;
  return [
    ['Workflow', workflow],
    ['Latest success', lastSuccess === undefined ? 'none that GitHub knows of' : `${moment(lastSuccess.startedAt)}, ${ago(lastSuccess.startedAt, at)}`],
    ['May be as old as', inHours(maxAgeHours)],
    ...(lateness === undefined ? [] : ([['What is wrong', latenessText(lateness, maxAgeHours)], ['What to do', latenessAdvice(lateness)]] as const)),
    ...(told.done === 'nothing' ? [] : ([['Contacts', `issue ${told.issue} was ${told.done}`]] as const)),
  ];
}

/** How long before `at` it was. */
export function ago(then: Date, at: Date): string {
  const hours = (at.getTime() - then.getTime()) / 3_600_000;
  return hours < 1 ? 'less than an hour ago' : `${inHours(hours)} ago`;
}
