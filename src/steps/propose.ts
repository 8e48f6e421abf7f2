import { parseSyncFile, usesLocations, type SyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import { logWarning, type Proposal, type RunEvent } from '../github/index.ts';
import { exceededAnyway, impactOf, type Plan } from '../plan/index.ts';
import type { Comparison } from '../report/index.ts';
import { nameOf, type Ground } from './base.ts';
import { limitSentence } from './hold-limits.ts';
import { finishBoth } from './look-up.ts';
import { emptyPlan, planFile, type Planning } from './plan-file.ts';
import { readBothSides } from './read.ts';
import { readDirectory } from './read-directory.ts';
import type { Run } from './run.ts';

/** Of a proposal that may change the sync file. */
export type Changed = Exclude<Ground, { kind: 'untouched' }>;

/** What a proposal is planned with. */
interface Proposing extends Planning {
  readonly proposal: Proposal;
  readonly ground: Changed;
}

/** The plan with the proposed sync file, and how it compares with the one without the proposal. */
export interface Proposed {
  readonly plan: Plan;
  readonly comparison: Comparison;
}

/** Of a proposal that leaves the sync file as it is nobody is read, and the plan is empty. */
export async function proposeNothing(run: Run, { untrusted }: RunEvent, { note }: Extract<Ground, { kind: 'untouched' }>): Promise<void> {
  run.comparison = { ...notCompared([note]), isUntouched: true };
  run.mode = untrusted === undefined ? 'plan' : 'validate';
  if (run.mode === 'validate') return;
  // Its own may be invalid, or missing.
  run.plan = await emptyPlan(parseSyncFile('version: 1\nsync-keys: [email]\n'));
}

/**
 * Plans with the proposed sync file and, over the same read of both sides, with the one that would be in force without the
 * proposal.
 */
export async function planProposal(proposing: Proposing, syncFile: SyncFile): Promise<Proposed> {
  const { ground } = proposing;
  // GitHub's own words may be in it.
  const notes = ground.note === undefined ? [] : [proposing.run.secrets.redact(ground.note)];
  switch (ground.kind) {
    case 'unknown':
      if (ground.warning) logWarning(notes.join(' '));
      return { plan: await planFile(proposing, syncFile), comparison: notCompared(notes) };
    case 'none':
      return compared(await planFile(proposing, syncFile), await emptyPlan(syncFile), notes);
    case 'file':
      return await planBoth(proposing, syncFile, ground.syncFile, notes);
  }
}

async function planBoth(proposing: Proposing, syncFile: SyncFile, base: SyncFile, notes: readonly string[]): Promise<Proposed> {
  const { run, inputs, onSecret, proposal } = proposing;
  if (!base.enabled) {
    const note = `In the base the sync file is switched off, so everything is caused by ${nameOf(proposal)}.`;
    return compared(await planFile(proposing, syncFile), await emptyPlan(base), syncFile.enabled ? [...notes, note] : notes);
  }
  try {
    if (!syncFile.enabled) return compared(await emptyPlan(syncFile), await planFile(proposing, base), notes);
    const reading = await run.phase('Reading', () => readBothSides(run, inputs, syncFile, onSecret, readDirectory, base));
    const [head, other] = await finishBoth(reading);
    return compared(head, other, notes);
  } catch (thrown) {
    // It may be the base's file alone that the directory or the instance refuses, be it the very thing that is mended.
    if (!(thrown instanceof SyncError) || !(['invalid-sync-file', 'permission'].includes(thrown.reason) || (thrown.reason === 'target-unavailable' && asksMore(base, syncFile)))) throw thrown;
    const plan = await planFile(proposing, syncFile);
    const note = `The base’s sync file cannot be planned with this directory and this instance, so it is not told what ${nameOf(proposal)} causes and what was pending anyway.`;
    return { plan, comparison: notCompared([...notes, note]) };
  }
}

/** Whether a sync file needs lists of the instance that another does not: the instance may not have them. */
function asksMore(one: SyncFile, other: SyncFile): boolean {
  return (usesLocations(one) && !usesLocations(other)) || (one.saas !== undefined && one.saas.application !== other.saas?.application);
}

function compared(plan: Plan, base: Plan, notes: readonly string[]): Proposed {
  const anyway = exceededAnyway(plan, base);
  for (const check of anyway) logWarning(`Exceeded without this proposal as well, and so no reason to refuse it: ${limitSentence(check)}.`);
  return { plan, comparison: { isUntouched: false, impact: impactOf(plan, base), limitsAnyway: anyway, notes } };
}

/** What is said where the base's plan is not known; every limit that is exceeded counts against the proposal then. */
function notCompared(notes: readonly string[]): Comparison {
  return { isUntouched: false, impact: null, limitsAnyway: [], notes };
}
