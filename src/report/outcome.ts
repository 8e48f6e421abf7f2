import type { FailureReason } from '../errors.ts';
import type { Plan } from '../plan/index.ts';
import type { Suggestion } from '../suggest/index.ts';
import type { RunReport } from './report.ts';
import { countWrites, participles, writingActions } from './status.ts';
import { watchdogOutcome } from './watched.ts';
import { counted, people, thousands } from './words.ts';

/** How the run ended, for a person who reads nothing else. */
export interface Outcome {
  /** An emoji that tells good from bad at a glance. */
  readonly mark: string;
  /** One line, made of fixed words and numbers. */
  readonly headline: string;
}

/** Completes "it failed:". */
export const failures: Readonly<Record<FailureReason, string>> = {
  'invalid-input': 'an input of the action is wrong',
  'invalid-sync-file': 'the sync file has mistakes',
  authentication: 'a sign-in was refused',
  permission: 'a permission is missing',
  'directory-incomplete': 'the directory could not be read completely',
  'target-unavailable': 'Oomnitza is not available',
  'limits-exceeded': 'the plan exceeds a limit',
  'plan-changed': 'the plan is not the expected one',
  'record-failures': 'records could not be written',
  cancelled: 'the run was cancelled',
  timeout: 'the run took too long',
  internal: 'an unexpected error',
};

/** The outcome of the run in one line. */
export function outcomeOf(report: RunReport): Outcome {
  const { applied, failed } = countWrites(report.results);
  if (applied + failed > 0) return appliedOutcome(report);
  if (report.mode === 'watchdog') {
    // It asks nobody but GitHub.
    const why = report.failure?.reason === 'target-unavailable' ? 'GitHub is not available' : report.failure && failures[report.failure.reason];
    return watchdogOutcome(report.watched, why ?? undefined);
  }
  if (report.failure !== null) {
    const what = report.mode === 'validate' ? 'The check failed' : report.mode === 'suggest' ? 'Nothing was suggested' : 'Nothing was written';
    return { mark: '❌', headline: `${what}: ${failures[report.failure.reason]}` };
  }
  if (report.comparison?.isUntouched === true) return { mark: '✅', headline: 'The sync file is not changed here; nobody was read' };
  if (report.suggestion !== null) return suggestedOutcome(report.suggestion);
  if (report.mode === 'suggest') return { mark: 'ℹ️', headline: 'Nothing can be suggested here; nobody was read' };
  if (!report.enabled) {
    const nothing = report.comparison === null ? 'Nothing was read or written.' : 'Nothing would be written.';
    return { mark: '⏸️', headline: `Switched off: the sync file says enabled: false. ${nothing}` };
  }
  if (report.mode === 'validate' || report.plan === null) return { mark: '✅', headline: 'The sync file is valid' };
  if (report.explanation !== null && report.plan.entries.length === 0) {
    return { mark: 'ℹ️', headline: report.explanation.user === undefined ? 'Nobody to explain was found' : 'One user explained; nothing would be written' };
  }
  return plannedOutcome(report.plan);
}

function suggestedOutcome({ proven, guesses, unmatched }: Suggestion): Outcome {
  const parts = [`${counted(proven, 'field')} by evidence`, ...(guesses === 0 ? [] : [`${thousands(guesses)} by guess`]), ...(unmatched === 0 ? [] : [`${thousands(unmatched)} not matched`])];
  return { mark: '💡', headline: `A sync file is suggested: ${parts.join(', ')}; nothing was written to Oomnitza` };
}

function plannedOutcome(plan: Plan): Outcome {
  const parts = writingActions
    .filter((action) => plan.counts[action] > 0)
    .map((action, index) =>
      index === 0
        ? `${people(plan.counts[action])} would be ${participles[action]}`
        : `${thousands(plan.counts[action])} ${participles[action]}`,
    );
  if (parts.length > 0) return { mark: '📋', headline: `Plan: ${parts.join(', ')}; nothing was written` };
  const { conflict, skip } = plan.counts;
  const left = [...(conflict > 0 ? [`${thousands(conflict)} in conflict`] : []), ...(skip > 0 ? [`${thousands(skip)} skipped`] : [])];
  return { mark: '✅', headline: [`Nothing to change; ${counted(plan.counts.scope, 'user')} compared`, ...left].join(', ') };
}

function appliedOutcome({ failure, results }: RunReport): Outcome {
  const { applied, failed, notAttempted } = countWrites(results);
  const done = new Map<string, number>();
  for (const [entry, { status }] of results) {
    if (status === 'applied') done.set(entry.action, (done.get(entry.action) ?? 0) + 1);
  }
  const parts = writingActions.flatMap((action) => {
    const count = done.get(action);
    return count === undefined ? [] : [`${thousands(count)} ${participles[action]}`];
  });
  if (failed > 0) parts.push(`${thousands(failed)} failed`);
  if (notAttempted > 0) parts.push(`${thousands(notAttempted)} not attempted`);

  const complete = applied === results.size;
  const headline = complete
    ? `Applied ${counted(applied, 'change')}: ${parts.join(', ')}`
    : `Applied ${applied === 0 ? 'none' : thousands(applied)} of ${counted(results.size, 'change')}: ${parts.join(', ')}`;
  if (failure === null) return { mark: complete ? '✅' : '⚠️', headline };
  // "Failed" in the numbers already says this one.
  const why = failure.reason === 'record-failures' ? '' : ` (${failures[failure.reason]})`;
  return { mark: '❌', headline: headline + why };
}
