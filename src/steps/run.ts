import { performance } from 'node:perf_hooks';
import type { InstanceFields, SyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import type { ResolvedMode, RunEvent } from '../github/index.ts';
import { inGroup, logLine, logWarning } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import type { Plan } from '../plan/index.ts';
import { disclosedText, type Check, type Explanation, type PersonalData, type Phase, type WriteResults } from '../report/index.ts';
import { Secrets } from '../secrets.ts';

/** Calls under way when a run is cancelled get this long to end; GitHub kills the process ten seconds after the signal. */
const graceMs = 5_000;

/**
 * What is known of a run so far. Steps fill it in, so that whatever happens, the report says what was reached.
 */
export class Run {
  inputs: Inputs | undefined;
  event: RunEvent | undefined;
  mode: ResolvedMode | undefined;
  /** What may be told of people. Nothing, until it is known. */
  personalData: PersonalData = 'none';
  /** Path of the sync file from the root of the workspace, once it was found. */
  syncFile: string | undefined;
  enabled = true;
  /** The sync file in the instance's own names, once they are known. */
  resolved: SyncFile | undefined;
  /** What the instance tells of its fields. */
  fields: InstanceFields = new Map();
  /** People whom Oomnitza showed. */
  people = 0;
  plan: Plan | undefined;
  /** Where the run is asked about one user. */
  explanation: Explanation | undefined;
  results: WriteResults = new Map();
  failure: SyncError | undefined;
  readonly secrets = new Secrets();
  readonly checks: Check[] = [];
  readonly phases: Phase[] = [];
  readonly notices: string[] = [];
  readonly #ended = new AbortController();
  readonly #stopped = new AbortController();
  readonly #onSignal = (): void => {
    this.#end(new SyncError('cancelled', 'The run was cancelled.'));
  };

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.#onSignal);
  }

  /** Aborted when the run is to end: nothing new is begun. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Aborted some seconds later: calls under way are given up. */
  get stop(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Takes down a sentence that the user should read though nothing failed. */
  notice(sentence: string): void {
    this.say(sentence);
    this.notices.push(sentence);
  }

  /** The same, for one that the page of the run shows as a warning. */
  warn(sentence: string): void {
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

  /** Lets go of the process's signals. */
  close(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.#onSignal);
  }

  #end(reason: SyncError): void {
    if (this.signal.aborted) return;
    logLine('The run was cancelled: nothing new is begun, and calls under way get a few seconds to end.');
    this.#ended.abort(reason);
    setTimeout(() => { this.#stopped.abort(reason); }, graceMs).unref();
  }
}
