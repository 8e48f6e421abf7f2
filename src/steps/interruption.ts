import { SyncError } from '../errors.ts';
import { graver } from '../gravity.ts';

/** Calls under way when a run is to end get this long. */
const callsMs = 4_500;

/** This long after a signal the report goes out with what it has; GitHub kills the process ten seconds after its first signal. */
const reportMs = 6_000;

/** A timer of Node holds no more, and no job lives as long. */
const longestTimerMs = 2 ** 31 - 1;

/** Ends a run before it is done: when the process gets a signal, or after a time. It ends in steps. */
export class Interruption {
  readonly #ended = new AbortController();
  readonly #stopped = new AbortController();
  readonly #late = new AbortController();
  readonly #onEnd: (reason: SyncError) => void;
  #reason: SyncError | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #onSignal = (): void => {
    const reason = new SyncError('cancelled', 'The run was cancelled.');
    this.#end(reason);
    // The first signal decides, also where the time was up before: whatever comes later aborts nothing any more.
    setTimeout(() => { this.#late.abort(reason); }, reportMs).unref();
  };

  /** @param onEnd told once, when the end begins */
  constructor(onEnd: (reason: SyncError) => void) {
    this.#onEnd = onEnd;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.#onSignal);
  }

  /** Why the run is to end; `undefined` as long as it is not. */
  get reason(): SyncError | undefined {
    return this.#reason;
  }

  /** Aborted at once: nothing new is begun. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Aborted some seconds later: calls under way are given up. */
  get stop(): AbortSignal {
    return this.#stopped.signal;
  }

  /**
   * Aborted soon after that, where there was a signal: what is left of the report is given up. A run that ended by its time is not
   * killed, so its report has the time that the report of any run has.
   */
  get late(): AbortSignal {
    return this.#late.signal;
  }

  /** Ends the run by itself after so many minutes; 0: never. */
  endAfter(minutes: number): void {
    const milliseconds = minutes * 60_000;
    if (minutes === 0 || milliseconds > longestTimerMs) return;
    const time = minutes === 1 ? 'a minute' : `${minutes} minutes`;
    const reason = new SyncError('timeout', `The run was not done after ${time}, the \`timeout-minutes\` that it has.`, {
      hint: 'The next run does what is left. If this happens again, give more time, or find out in the log what takes so long.',
    });
    this.#timer = setTimeout(() => { this.#end(reason); }, milliseconds).unref();
  }

  /** Lets go of the process's signals, and of the time. */
  close(): void {
    clearTimeout(this.#timer);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.#onSignal);
  }

  #end(reason: SyncError): void {
    const isFirst = this.#reason === undefined;
    this.#reason = this.#reason === undefined ? reason : graver(this.#reason, reason);
    if (!isFirst) return;
    this.#onEnd(reason);
    this.#ended.abort(reason);
    setTimeout(() => { this.#stopped.abort(reason); }, callsMs).unref();
  }
}
