import type { WriteResult } from '../apply/index.ts';
import { SyncError } from '../errors.ts';
import { isEmpty, type FieldValue } from '../field-value.ts';
import type { FieldChange, Plan, PlanEntry } from '../plan/index.ts';
import { hidden, revealed, withheld } from '../reserved.ts';
import { disclosedExplanation } from './disclosed-explanation.ts';
import type { PersonalData, RunFacts, RunReport } from './report.ts';
import { isLeftOutField } from './status.ts';

/**
 * The one place that decides what a report may tell of people. Renderers get what comes out of here and nothing else, so
 * none of them can show what it should not, and whatever is added to a report has to be decided on here before it compiles.
 *
 * `full`: everything. `masked`: people are `person N`, values, ids and the words of servers are hidden, names of fields are
 * shown. `none`: numbers alone.
 */
export function disclosed(facts: RunFacts, level: PersonalData): RunReport {
  const text = (sentence: string): string => disclosedText(sentence, level);
  return {
    personalData: level,
    mode: facts.mode,
    syncFile: facts.syncFile,
    event: facts.event,
    enabled: facts.enabled,
    failure: disclosedFailure(facts.failure, level),
    ...disclosedPlan(facts, level),
    checks: facts.checks.map(({ name, detail }) => ({ name, detail: text(detail) })),
    phases: facts.phases,
    notices: facts.notices.map(text),
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

function disclosedPlan({ plan, results }: PlanFacts, level: PersonalData): PlanFacts {
  if (plan === null) return { plan, results };
  const people = level === 'masked' ? peopleIn(plan) : new Map<string, number>();
  const changes = new MaskedChanges();
  const shownResults = new Map<PlanEntry, WriteResult>();
  const entries = plan.entries.map((entry) => {
    const shown = level === 'full' ? whole(entry) : level === 'masked' ? masked(entry, people, changes) : counted(entry);
    const result = results.get(entry);
    if (result !== undefined) shownResults.set(shown, { status: result.status, message: disclosedText(result.message, level) });
    return shown;
  });
  const { counts, limits, digest } = plan;
  return { plan: { entries, counts, limits, digest }, results: shownResults };
}

function whole(entry: PlanEntry): PlanEntry {
  const message = revealed(entry.message);
  return message === entry.message ? entry : { ...entry, message };
}

function masked(entry: PlanEntry, people: ReadonlyMap<string, number>, changes: MaskedChanges): PlanEntry {
  const { action, syncKey, fields, reason, message } = entry;
  return {
    action,
    entraId: null,
    userPrincipalName: `person ${people.get(personKey(entry)) ?? 0}`,
    oomnitzaId: null,
    username: null,
    syncKey: syncKey === null ? null : `${syncKey.slice(0, syncKey.indexOf('='))}=${hidden}`,
    fields: fields.map((change) => changes.of(change)),
    reason,
    message: withheld(message),
  };
}

/** Of a field there are no more than four, and a plan has hundreds of thousands. */
class MaskedChanges {
  readonly #byField = new Map<string, FieldChange>();

  of({ field, before, after }: FieldChange): FieldChange {
    const key = `${isEmpty(before) ? '-' : '+'}${isEmpty(after) ? '-' : '+'}${field}`;
    const known = this.#byField.get(key);
    if (known !== undefined) return known;
    const change = { field, before: maskedValue(before), after: maskedValue(after) };
    this.#byField.set(key, change);
    return change;
  }
}

/** That there is no value is none. */
function maskedValue(value: FieldValue): FieldValue {
  return isEmpty(value) ? null : hidden;
}

const none: readonly FieldChange[] = [];
const leftOut: readonly FieldChange[] = [{ field: '', before: null, after: null }];

/** What is left to be counted. */
function counted(entry: PlanEntry): PlanEntry {
  const { action, reason } = entry;
  const fields = isLeftOutField(entry) ? leftOut : none;
  return { action, entraId: null, userPrincipalName: null, oomnitzaId: null, username: null, syncKey: null, fields, reason, message: '' };
}

/** The number of each person, by their order in the plan. */
function peopleIn({ entries }: Plan): ReadonlyMap<string, number> {
  const people = new Map<string, number>();
  for (const entry of entries) {
    const key = personKey(entry);
    if (!people.has(key)) people.set(key, people.size + 1);
  }
  return people;
}

/** The same for all entries about one person. */
function personKey({ entraId, oomnitzaId, userPrincipalName, syncKey }: PlanEntry): string {
  return entraId?.toLowerCase() ?? oomnitzaId ?? userPrincipalName ?? syncKey ?? '';
}
