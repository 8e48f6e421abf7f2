import type { WriteResult } from '../apply/index.ts';
import type { SyncError } from '../errors.ts';
import type { Impact, LimitCheck, Plan, PlanEntry } from '../plan/index.ts';
import type { PlanDifference } from '../plan-file/index.ts';
import type { Suggestion } from '../suggest/index.ts';
import type { Explanation } from './explanation.ts';
import type { Watched } from './watched.ts';

/** What became of each change that apply was given; empty where apply did not run. */
export type WriteResults = ReadonlyMap<PlanEntry, WriteResult>;

/** Something that was looked at and found good, such as a connection. */
export interface Check {
  readonly name: string;
  readonly detail: string;
}

/** A step of the run and how long it took. */
export interface Phase {
  readonly name: string;
  readonly milliseconds: number;
}

/** How a proposed sync file compares with the one that would be in force without the proposal. */
export interface Comparison {
  /** The proposal does not change the sync file, so nobody was read. */
  readonly isUntouched: boolean;
  /** `null` where the plan without the proposal is not known. */
  readonly impact: Impact | null;
  /** Limits that the plan exceeds, as it does without the proposal: no reason to refuse it. */
  readonly limitsAnyway: readonly LimitCheck[];
  /** What a reader should know of the base, a sentence each: of paths and nobody's values. */
  readonly notes: readonly string[];
}

/** A plan that is not the one that was expected. */
export interface PlanMismatch {
  /** One or two: of the file, and the one that was given by itself. */
  readonly expectedDigests: readonly string[];
  /** `undefined` where the changes that were expected are not known. */
  readonly difference: PlanDifference | undefined;
}

/** How much a report tells of people, from all to nothing. */
export const personalDataLevels = ['full', 'masked', 'none'] as const;
export type PersonalData = (typeof personalDataLevels)[number];

/** What is known of one run, whatever its outcome; `disclosed` makes a report of it. */
export type RunFacts = Omit<RunReport, 'personalData'>;

/** Everything that the renderers need to know of one run and may show. */
export interface RunReport {
  /** What is left out of the rest already: with `masked` there are no names and no values, with `none` no single people. */
  readonly personalData: PersonalData;
  /** As resolved; `null` where the run failed before it was known. */
  readonly mode: 'validate' | 'plan' | 'apply' | 'suggest' | 'watchdog' | null;
  /** Path of the sync file from the workspace. */
  readonly syncFile: string;
  /** Name of the event that started the run, such as `schedule`; empty where unknown. */
  readonly event: string;
  /** `enabled` of the sync file; true where the file could not be read. */
  readonly enabled: boolean;
  readonly failure: SyncError | null;
  /** `null` where none was computed: validation, a switched-off sync, a failure before the plan. */
  readonly plan: Plan | null;
  /** A change without a result is reported as planned, so an aborted apply states `not-attempted` itself. */
  readonly results: WriteResults;
  /** What validation found good. */
  readonly checks: readonly Check[];
  /** In the order in which they began; they may overlap. */
  readonly phases: readonly Phase[];
  /** What a user should know though nothing failed, one sentence or two each. */
  readonly notices: readonly string[];
  /** Where a proposal was planned: how it compares with its base. */
  readonly comparison: Comparison | null;
  /** Where the run was asked about one user: what it found. */
  readonly explanation: Explanation | null;
  /** Where the run was asked for a sync file: what it came to. */
  readonly suggestion: Suggestion | null;
  /** Where the run looked after another workflow: what it found. */
  readonly watched: Watched | null;
  /** Where another plan was expected. */
  readonly mismatch: PlanMismatch | null;
  /** Where the uploaded artifact can be downloaded. */
  readonly artifactUrl: string | null;
}
