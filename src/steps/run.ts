import { performance } from 'node:perf_hooks';
import type { InstanceFields, SyncFile } from '../config/index.ts';
import type { SyncError } from '../errors.ts';
import type { ResolvedMode, RunEvent } from '../github/index.ts';
import { inGroup, logLine, logWarning } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import type { Plan } from '../plan/index.ts';
import { disclosedText, type Check, type Comparison, type Explanation, type PersonalData, type Phase, type PlanMismatch, type Watched, type WriteResults } from '../report/index.ts';
import { Secrets } from '../secrets.ts';
import type { Suggestion } from '../suggest/index.ts';
import { Interruption } from './interruption.ts';
import type { RecordsRead } from './values-read.ts';

/**
 * What is known of a run so far. Steps fill it in, so that whatever happens, the report says what was reached.
 */
export class Run {
  inputs: Inputs | undefined;
  event: RunEvent | undefined;
  mode: ResolvedMode | 'suggest' | 'watchdog' | undefined;
  /** What may be told of people. Nothing, until it is known. */
  personalData: PersonalData = 'none';
  /** Path of the sync file from the root of the workspace, once it was found. */
  syncFile: string | undefined;
  /** Where a pull request renames the sync file: its path before. */
  renamedFrom: string | undefined;
  enabled = true;
  /** The sync file in the instance's own names, once they are known. */
  resolved: SyncFile | undefined;
  /** What the instance tells of its fields. */
  fields: InstanceFields = new Map();
  /** People whom Oomnitza showed. */
  people = 0;
  /** The same as they were read, kept until a plan for them is written. */
  read: RecordsRead | undefined;
  plan: Plan | undefined;
  /** Where a proposal is planned. */
  comparison: Comparison | undefined;
  /** Where the run is asked about one user. */
  explanation: Explanation | undefined;
  /** Where the run is asked for a sync file. */
  suggestion: Suggestion | undefined;
  /** Where the run looks after another workflow. */
  watched: Watched | undefined;
  /** Where another plan was expected. */
  mismatch: PlanMismatch | undefined;
  results: WriteResults = new Map();
  failure: SyncError | undefined;
  /** The day on which the run began, in UTC, such as `2026-02-28`. */
  readonly today = new Date().toISOString().slice(0, 10);
  readonly secrets = new Secrets();
  readonly checks: Check[] = [];
  readonly phases: Phase[] = [];
  readonly notices: string[] = [];
  readonly interruption = new Interruption(({ message }) => {
    logLine(`${message} Nothing new is begun, and calls under way get a few seconds to end.`);
  });

  /** Aborted when the run is to end: nothing new is begun. */
  get signal(): AbortSignal {
    return this.interruption.signal;
  }

  /** Aborted some seconds later: calls under way are given up. */
  get stop(): AbortSignal {
    return this.interruption.stop;
  }

  /** Takes down a sentence that the user should read though nothing failed. */
  notice(sentence: string): void {
    // Reading a second time comes to the same again.
    if (this.notices.includes(sentence)) return;
    this.say(sentence);
    this.notices.push(sentence);
  }

  /** The same, for one that the page of the run shows as a warning. */
  warn(sentence: string): void {
    if (this.notices.includes(sentence)) return;
    logWarning(disclosedText(sentence, this.personalData));
    this.notices.push(sentence);
  }

  /** A line of the log, with no more of people than may be told. */
  say(sentence: string): void {
    logLine(disclosedText(sentence, this.personalData));
  }

  /** Runs a step, and takes down how long it took even when it fails. */
  async phase<Value>(name: string, step: () => Promise<Value>): Promise<Value> {
    const start = performance.now();
    try {
      return await inGroup(name, step);
    } finally {
      const milliseconds = performance.now() - start;
      this.phases.push({ name, milliseconds });
      logLine(`${name} took ${(milliseconds / 1000).toFixed(1)} s`);
    }
  }
}
