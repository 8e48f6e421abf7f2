import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import type { BulkResult, BulkWriter, WriteOutcome } from '../apply/index.ts';
import { asSyncError, SyncError } from '../errors.ts';
import { HttpFailure } from '../http/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import { createJudge, type Verdict } from './bulk-outcome.ts';
import { openPortion, type Portion } from './bulk-portion.ts';
import { batchesOf, isForBulk, type BulkBatch, type Fields } from './bulk-record.ts';
import type { Oomnitza } from './client.ts';
import { perhapsWritten, refusal } from './outcome.ts';
import { readAgain, type PeopleNow } from './read-again.ts';
import { awaitRunLog, type RunLog } from './run-log.ts';
import { isForeignSuccess, strangerIn } from './stranger.ts';

export interface BulkOptions {
  readonly connectorName: string;
  /** By name, as the metadata describe them. */
  readonly fields: Fields;
  /** The sync keys in their order. */
  readonly keyFields: readonly string[];
  /** People whom the instance has, about. */
  readonly people: number;
  /** Calls under way at the same time. */
  readonly concurrency: number;
  readonly notice: (sentence: string) => void;
  /** Told while the run waits, for the log alone. */
  readonly say: (sentence: string) => void;
}

/** One of so many calls asks first whether the run was cancelled in Oomnitza. */
const callsToACheck = 8;
/** When the first records are all refused alike, the next ones would be too. */
const sameRefusalsToStop = 50;
/** The waits grow to half a minute, so that this is a line a minute, about. */
const looksToALine = 3;
const looksWithoutLine = 5;
/** Whether the log of a cancelled run ever says that nothing is being processed is not known. */
const mostLooksAfterCancelling = 4;

/** What there is to know of everything that was sent. */
interface Found {
  readonly log: RunLog;
  readonly now: PeopleNow;
}

/**
 * Writes changes through the API of the vendor's own connector, a hundred at a time. Its answers say nothing of the
 * records, so that what became of them is read again when the instance has processed them all.
 */
export function createBulkWriter(oomnitza: Oomnitza, options: BulkOptions): BulkWriter {
  const { fields, keyFields } = options;
  return {
    takes: (entry) => isForBulk(entry, fields, keyFields),
    write: (entries, signal) => new BulkRun(oomnitza, options, signal).write(entries),
  };
}

class BulkRun {
  readonly #oomnitza: Oomnitza;
  readonly #options: BulkOptions;
  readonly #signal: AbortSignal;
  readonly #id = randomUUID();
  readonly #portion: Portion;
  readonly #outcomes = new Map<PlanEntry, WriteOutcome>();
  /** Changes that the instance took in, and those of which that is not known. */
  readonly #sent = new Set<PlanEntry>();
  readonly #unanswered = new Set<PlanEntry>();
  /** Of the calls that the instance refused, whose changes are left to be written in another way. */
  readonly #refusals = new Set<string>();
  #refusedCalls = 0;
  #refusedRecords = 0;
  #stopped: SyncError | undefined;
  #cancelled = false;
  #looksSinceCancelled = 0;
  #isMissing = false;
  #logRefusal: SyncError | undefined;
  /** Why the portion was not finalized; empty where it was. */
  #notFinalized = '';
  #neverArrived = false;

  constructor(oomnitza: Oomnitza, options: BulkOptions, signal: AbortSignal) {
    this.#oomnitza = oomnitza;
    this.#options = options;
    this.#signal = signal;
    this.#portion = openPortion(oomnitza, this.#id, options.connectorName);
  }

  async write(entries: readonly PlanEntry[]): Promise<BulkResult> {
    const { fields, keyFields, concurrency } = this.#options;
    const batches = batchesOf(entries, fields, keyFields);
    await pMap(batches, (batch, index) => this.#send(batch, index), { concurrency });
    if (this.#sent.size + this.#unanswered.size > 0) await this.#settle();
    this.#tellRefusals();
    return { outcomes: this.#outcomes, stopped: this.#stopped };
  }

  async #send(batch: BulkBatch, index: number): Promise<void> {
    if (index > 0 && index % callsToACheck === 0) await this.#attempt(() => this.#look());
    if (this.#signal.aborted || this.#stopped !== undefined || this.#isMissing || this.#isRefusedAlike()) return;
    const { entries } = batch;
    try {
      const answer = await this.#portion.send(batch);
      if (isForeignSuccess(answer)) add(this.#unanswered, entries);
      else if (answer.status >= 200 && answer.status <= 299) add(this.#sent, entries);
      else if (answer.status >= 500) add(this.#unanswered, entries);
      else if (answer.status === 404 || answer.status === 405) this.#isMissing = true;
      else this.#refuse(entries.length, refusal(answer).message);
    } catch (thrown) {
      if (thrown instanceof HttpFailure) {
        if (thrown.maybeSent) add(this.#unanswered, entries);
        return;
      }
      this.#stopped ??= asSyncError(thrown);
      if (['cancelled', 'timeout'].includes(this.#stopped.reason)) add(this.#unanswered, entries);
      else for (const entry of entries) this.#outcomes.set(entry, { ok: false, unavailable: false, kind: 'bulk', message: this.#stopped.message });
    }
  }

  #refuse(records: number, message: string): void {
    this.#refusals.add(message);
    this.#refusedCalls += 1;
    this.#refusedRecords += records;
  }

  #isRefusedAlike(): boolean {
    return this.#sent.size === 0 && this.#refusals.size === 1 && this.#refusedRecords >= sameRefusalsToStop;
  }

  #tellRefusals(): void {
    const { notice } = this.#options;
    if (this.#isMissing && this.#sent.size + this.#unanswered.size === 0) notice('This Oomnitza instance has no bulk API, so everything is written by the REST API.');
    else if (this.#isMissing) notice('Oomnitza answered a bulk call as if it had no bulk API. What was not sent by it is written by the REST API.');
    if (this.#neverArrived) notice('No bulk call arrived in Oomnitza, so everything is written by the REST API.');
    const [words] = this.#refusals;
    if (words !== undefined) notice(`Oomnitza refused ${this.#refusedCalls} of the bulk calls, so their changes are written by the REST API. ${words}`);
  }

  /** A call without an answer stops nothing; what stops everything is kept. */
  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (thrown) {
      if (!(thrown instanceof HttpFailure)) this.#stopped ??= asSyncError(thrown);
    }
  }

  async #look(): Promise<void> {
    if (this.#cancelled || !(await this.#portion.isCancelled())) return;
    this.#cancelled = true;
    this.#stopped = new SyncError('cancelled', `The bulk run ${this.#id} was cancelled in Oomnitza.`, {
      hint: 'Ask who cancelled it there, and run again; what was written before is in the report.',
    });
  }

  /** Finds out what became of everything that was sent. */
  async #settle(): Promise<void> {
    await this.#attempt(() => this.#look());
    // Also where the run ends: what was sent is then processed, and does not wait for ever.
    if (!this.#cancelled) await this.#attempt(() => this.#finalize());
    if (this.#neverArrived) return;
    const sent = [...this.#sent, ...this.#unanswered];
    const found: Found[] = [];
    await this.#attempt(async () => { found.push(...(await this.#findOut(sent))); });
    for (const { log, now } of found) this.#judge(sent, log, now);
    if (found.length === 0) {
      const message = this.#signal.aborted ? 'The run ended in the middle of this change' : 'What Oomnitza did with this change could not be found out';
      for (const entry of sent) this.#outcomes.set(entry, perhapsWritten({ ok: false, unavailable: false, kind: 'bulk', message }));
      if (this.#signal.aborted) this.#stopped ??= asSyncError(this.#signal.reason);
    }
  }

  async #finalize(): Promise<void> {
    const answer = await this.#portion.finalize();
    if (answer.status < 400 || answer.status > 499) return;
    if (answer.status === 404 && this.#sent.size === 0 && strangerIn(answer, 'finalizing a bulk run') === undefined) this.#neverArrived = true;
    else this.#notFinalized = `the bulk run could not be finalized: ${refusal(answer).message}`;
  }

  async #findOut(entries: readonly PlanEntry[]): Promise<readonly Found[]> {
    const { keyFields, people, concurrency, notice, say, connectorName } = this.#options;
    const log = this.#notFinalized !== '' ? notRead : await awaitRunLog(this.#oomnitza, this.#id, connectorName, {
      sent: { taken: this.#sent.size, perhaps: this.#unanswered.size },
      onRefusal: (refused) => { this.#logRefusal = refused; },
      pause: async (looks, processed) => {
        if (looks > looksWithoutLine && looks % looksToALine === 0) say(`Waiting for Oomnitza to process the bulk run: ${processed} of ${entries.length} records so far`);
        await this.#pause(looks);
      },
      ended: async () => {
        if (this.#signal.aborted) return true;
        await this.#look();
        return this.#cancelled && ++this.#looksSinceCancelled > mostLooksAfterCancelling;
      },
    });
    if (this.#signal.aborted) return [];
    if (!log.settled && this.#notFinalized === '') notice(`Oomnitza’s run logs did not say that the bulk run was processed, though they were asked for some time. What is read of the records now may not be the last word.${this.#refusalOfLog()}`);
    const again = { entries, fields: columnsOf(entries, keyFields), people: people + entries.length, keyFields, concurrency, notice };
    return [{ log, now: await readAgain(this.#oomnitza, again) }];
  }

  #refusalOfLog(): string {
    const refused = this.#logRefusal;
    return refused === undefined ? '' : ` ${refused.message} ${refused.hint}`.trimEnd();
  }

  async #pause(looks: number): Promise<void> {
    if (this.#signal.aborted) return;
    const ended = new Promise<void>((resolve) => { this.#signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
    await Promise.race([this.#oomnitza.pause(looks), ended]);
  }

  #judge(entries: readonly PlanEntry[], log: RunLog, now: PeopleNow): void {
    const { fields, keyFields, notice } = this.#options;
    const judge = createJudge(fields, columnsOf(entries, keyFields), keyFields);
    const kept = new Set<string>();
    const verdict: Verdict = { why: this.#cancelled ? 'the bulk run was cancelled in Oomnitza' : this.#notFinalized, isOpen: this.#notFinalized !== '' };
    for (const entry of entries) {
      const trace = judge.judge(entry, now.of(entry), log, verdict);
      // Nothing is left to be processed, so that it can be written in another way without being written twice.
      if (!trace.outcome.ok && this.#unanswered.has(entry) && log.settled && !this.#cancelled) continue;
      this.#outcomes.set(entry, trace.outcome);
      for (const field of trace.kept) kept.add(field);
    }
    if (kept.size > 0) {
      const names = [...kept].sort().map((field) => `\`${field}\``).join(', ');
      notice(`Oomnitza keeps other values than those sent in ${names}. Unless the rules send them as Oomnitza keeps them, they will differ again in every run.`);
    }
  }
}

const notRead: RunLog = { settled: false, unwritten: undefined, lines: [], fatal: '' };

function columnsOf(entries: readonly PlanEntry[], keyFields: readonly string[]): readonly string[] {
  return [...new Set([...keyFields, ...entries.flatMap(({ fields }) => fields.map(({ field }) => field))])].sort();
}

function add(set: Set<PlanEntry>, entries: readonly PlanEntry[]): void {
  for (const entry of entries) set.add(entry);
}
