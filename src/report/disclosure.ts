import type { WriteResult } from '../apply/index.ts';
import { SyncError } from '../errors.ts';
import type { PlanEntry } from '../plan/index.ts';
import { revealed, withheld } from '../reserved.ts';
import { disclosedComparison, disclosedMismatch } from './disclosed-comparison.ts';
import { EntryDisclosure, peopleIn } from './disclosed-entry.ts';
import { disclosedExplanation } from './disclosed-explanation.ts';
import type { PersonalData, RunFacts, RunReport } from './report.ts';

/**
 * The one place that decides what a report may tell of people. Renderers get what comes out of here and nothing else, so
 * none of them can show what it should not, and whatever is added to a report has to be decided on here before it compiles.
 *
 * `full`: everything. `masked`: people are `person N`, values, ids and the words of servers are hidden, names of fields are
 * shown. `none`: numbers alone.
 */
export function disclosed(facts: RunFacts, level: PersonalData): RunReport {
  const text = (sentence: string): string => disclosedText(sentence, level);
  const dropped = facts.comparison?.impact?.dropped.samples ?? [];
  // Only where people are told apart by number is there a number for each.
  const people = level === 'masked' ? peopleIn(facts.plan?.entries ?? [], dropped.map(({ entry }) => entry)) : new Map<string, number>();
  const disclosure = new EntryDisclosure(level, people);
  return {
    personalData: level,
    mode: facts.mode,
    syncFile: facts.syncFile,
    event: facts.event,
    enabled: facts.enabled,
    failure: disclosedFailure(facts.failure, level),
    ...disclosedPlan(facts, level, disclosure),
    checks: facts.checks.map(({ name, detail }) => ({ name, detail: text(detail) })),
    phases: facts.phases,
    notices: facts.notices.map(text),
    comparison: facts.comparison === null ? null : disclosedComparison(facts.comparison, disclosure, text),
    suggestion: facts.suggestion,
    watched: facts.watched,
    mismatch: facts.mismatch === null ? null : disclosedMismatch(facts.mismatch, disclosure),
    explanation: facts.explanation === null ? null : disclosedExplanation(facts.explanation, level),
    artifactUrl: facts.artifactUrl,
  };
}

/** A sentence of ours as it may be shown; what it quotes from outside is shown in full alone. */
export function disclosedText(sentence: string, level: PersonalData): string {
  return level === 'full' ? revealed(sentence) : withheld(sentence);
}

/** A failure as it may be shown. */
export function disclosedFailure(failure: SyncError | null, level: PersonalData): SyncError | null {
  if (failure === null) return null;
  const text = (sentence: string): string => disclosedText(sentence, level);
  return new SyncError(failure.reason, text(failure.message), {
    hint: text(failure.hint),
    details: failure.details.map(text),
    problems: failure.problems.map(({ message, hint, position }) => ({ message: text(message), position, ...(hint === undefined ? {} : { hint: text(hint) }) })),
    cause: failure,
  });
}

/** What a comment on a pull request may show: it is sent by mail to whoever watches, and stays when the run is long gone. */
export function levelOfComments(level: PersonalData): PersonalData {
  return level === 'full' ? 'masked' : level;
}

type PlanFacts = Pick<RunFacts, 'plan' | 'results'>;

function disclosedPlan({ plan, results }: PlanFacts, level: PersonalData, disclosure: EntryDisclosure): PlanFacts {
  if (plan === null) return { plan, results };
  const shownResults = new Map<PlanEntry, WriteResult>();
  const entries = plan.entries.map((entry) => {
    const shown = disclosure.of(entry);
    const result = results.get(entry);
    if (result !== undefined) {
      const { status, message, recordWritten } = result;
      shownResults.set(shown, { status, message: disclosedText(message, level), ...(recordWritten ? { recordWritten } : {}) });
    }
    return shown;
  });
  const { counts, limits, outOfScope, digest } = plan;
  return { plan: { entries, counts, limits, outOfScope, digest }, results: shownResults };
}
