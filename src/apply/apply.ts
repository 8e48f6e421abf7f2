import pMap from 'p-map';
import { asSyncError, SyncError } from '../errors.ts';
import { graver } from '../gravity.ts';
import type { OrderedWrite, PlanEntry } from '../plan/index.ts';
import type { BulkWriter, WriteOutcome, WriteResult, Writer } from './result.ts';

export interface ApplyOptions {
  /** Changes written at the same time. */
  readonly concurrency: number;
  /** Aborted: no further change is started. */
  readonly signal: AbortSignal;
  /** Writes what it can before the changes that are left are written one by one. */
  readonly bulk?: BulkWriter | undefined;
  /** Hides secrets in whatever is taken down of a change: a server may quote what it was sent. */
  readonly redact?: (text: string) => string;
  /** Told after each change: changes tried so far. */
  readonly onProgress: (done: number) => void;
}

/** What was done, for every change of the plan. */
export interface Applied {
  readonly results: ReadonlyMap<PlanEntry, WriteResult>;
  /** Why not everything was attempted; `undefined` where it was. */
  readonly stopped: SyncError | undefined;
}

/** When the first changes all fail alike, the next ones would too. */
const sameFailuresToStop = 50;

/** Each of them was tried for a quarter of a minute or more; an instance that is down would take hours of that. */
const leastInVain = 3;

/**
 * Writes changes, several at a time. A change that fails does not keep others from being written; a refusal of the
 * token, the end of the run, a target that no longer works or {@link sameFailuresToStop} failures alike from the start do.
 */
export async function applyPlan(writes: readonly OrderedWrite[], writer: Writer, options: ApplyOptions): Promise<Applied> {
  const run = new ApplyRun(writer, options);
  const waitedFor = new Set(writes.flatMap(({ after }) => after));
  // Nobody's access is taken away before everything else is done, the changes under way included.
  for (const group of [writes.filter(({ entry }) => entry.action !== 'suspend'), writes.filter(({ entry }) => entry.action === 'suspend')]) {
    const left = options.bulk === undefined ? group : await run.writeInBulk(group, waitedFor, options.bulk);
    await pMap(left, (write) => run.attempt(write), { concurrency: options.concurrency });
  }
  return { results: run.results, stopped: run.stopped };
}

class ApplyRun {
  readonly results = new Map<PlanEntry, WriteResult>();
  stopped: SyncError | undefined;
  readonly #writer: Writer;
  readonly #options: ApplyOptions;
  readonly #attempts = new Map<PlanEntry, Promise<void>>();
  readonly #kinds = new Set<string>();
  /** Changes in a row, in the order of their ends, for which the target did not work. */
  #inVain = 0;
  #done = 0;
  /** One by one, that is. */
  #tried = 0;

  constructor(writer: Writer, options: ApplyOptions) {
    this.#writer = writer;
    this.#options = options;
  }

  /**
   * Nobody knows in which order a bulk writer's changes are carried out, so it gets those alone that neither wait for
   * another change nor are waited for.
   *
   * @returns the changes that are left
   */
  async writeInBulk(writes: readonly OrderedWrite[], waitedFor: ReadonlySet<PlanEntry>, bulk: BulkWriter): Promise<readonly OrderedWrite[]> {
    const free = writes.filter(({ entry, after }) => after.length === 0 && !waitedFor.has(entry) && bulk.takes(entry)).map(({ entry }) => entry);
    this.#stopIfEnded();
    if (free.length === 0 || this.stopped !== undefined) return writes;
    const { outcomes, stopped } = await bulk.write(free, this.#options.signal);
    for (const [entry, outcome] of outcomes) {
      // Each fails for a reason of its own, however alike they are told; what succeeds shows that the target works.
      this.results.set(entry, this.#resultOf(outcome));
      if (outcome.ok) this.#kinds.add('');
      this.#options.onProgress(++this.#done);
    }
    if (stopped !== undefined) this.#stop(stopped);
    return writes.filter(({ entry }) => !this.results.has(entry));
  }

  attempt(write: OrderedWrite): Promise<void> {
    const attempt = this.#attempt(write);
    this.#attempts.set(write.entry, attempt);
    return attempt;
  }

  async #attempt({ entry, after }: OrderedWrite): Promise<void> {
    // Those waited for stand earlier in the order, so they have been started and none of them waits for this one.
    for (const earlier of after) await this.#attempts.get(earlier);
    this.#stopIfEnded();
    if (this.stopped !== undefined) {
      this.results.set(entry, { status: 'not-attempted', message: '' });
      return;
    }
    if (after.some((earlier) => this.#isHinderedBy(entry, earlier))) {
      const message = 'not attempted, because a change that has to be made before, to the same record or of the same value, was not made or may not have been';
      this.results.set(entry, { status: 'not-attempted', message });
      this.#options.onProgress(++this.#done);
      return;
    }
    try {
      this.#record(entry, await this.#writer.write(entry));
    } catch (thrown) {
      const failure = asSyncError(thrown);
      this.#stop(failure);
      this.#stopIfEnded();
      const message = this.#options.signal.aborted ? 'The run ended in the middle of this change; it may or may not have been written.' : failure.message;
      this.results.set(entry, { status: 'failed', message: this.#redact(message) });
    }
    this.#options.onProgress(++this.#done);
  }

  /**
   * Whether a change must not be made since an earlier one was not, or may not have been. Under a user name or another value that was to
   * be given up or taken before, it could meet the record of somebody else. A suspend does not depend on other fields of its record.
   */
  #isHinderedBy(entry: PlanEntry, earlier: PlanEntry): boolean {
    const result = this.results.get(earlier);
    if (result === undefined || result.status === 'applied') return false;
    const isSameRecord = entry.oomnitzaId !== null && entry.oomnitzaId === earlier.oomnitzaId;
    return !isSameRecord || earlier.fields.some(({ field }) => field === 'username');
  }

  #record(entry: PlanEntry, outcome: WriteOutcome): void {
    if (!outcome.ok && outcome.notBegun) {
      this.results.set(entry, { status: 'not-attempted', message: '' });
      this.#stopIfEnded();
      return;
    }
    this.results.set(entry, this.#resultOf(outcome));
    this.#inVain = !outcome.ok && outcome.unavailable ? this.#inVain + 1 : 0;
    if (!outcome.ok && this.#inVain >= Math.max(leastInVain, 2 * this.#options.concurrency)) {
      this.#stop(
        new SyncError('target-unavailable', `Oomnitza did not carry out ${this.#inVain} changes in a row: ${this.#redact(outcome.message)}`, {
          hint: 'Run again when the instance works; the other changes were not attempted.',
        }),
      );
    }
    // Records can be written though nobody can be assigned.
    if (!outcome.ok && outcome.ofAssignment) {
      if (outcome.recordWritten) this.#kinds.add('');
      return;
    }
    this.#tried += 1;
    if (this.#tried > sameFailuresToStop) return;
    this.#kinds.add(outcome.ok ? '' : outcome.kind);
    if (this.#tried === sameFailuresToStop && this.#kinds.size === 1 && !outcome.ok) {
      this.#stop(
        new SyncError('record-failures', `The first ${sameFailuresToStop} changes all failed alike: ${this.#redact(outcome.message)}`, {
          hint: 'Mend what the message names; the other changes were not attempted.',
        }),
      );
    }
  }

  #resultOf(outcome: WriteOutcome): WriteResult {
    const result = resultOf(outcome);
    return { ...result, message: this.#redact(result.message) };
  }

  #redact(text: string): string {
    return this.#options.redact?.(text) ?? text;
  }

  #stopIfEnded(): void {
    const { signal } = this.#options;
    if (signal.aborted) this.#stop(asSyncError(signal.reason));
  }

  #stop(failure: SyncError): void {
    this.stopped = this.stopped === undefined ? failure : graver(this.stopped, failure);
  }
}

const meanwhileWords = {
  archived: 'written, but the record was archived in Oomnitza after it had been read',
  edited: 'written, but somebody else, or a rule of the instance, changed the record after it had been read',
} as const;

function resultOf(outcome: WriteOutcome): WriteResult {
  if (!outcome.ok) return { status: 'failed', message: outcome.message, ...(outcome.recordWritten ? { recordWritten: true } : {}) };
  const { altered, meanwhile } = outcome;
  return {
    status: 'applied',
    message: meanwhile === undefined ? '' : meanwhileWords[meanwhile],
    ...(altered === undefined ? {} : { altered }),
    ...(meanwhile === undefined ? {} : { meanwhile }),
  };
}
