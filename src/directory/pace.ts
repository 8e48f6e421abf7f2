import { setTimeout as wait } from 'node:timers/promises';

/** Time as a paced read sees it. */
export interface Clock {
  /** Milliseconds since any moment in the past. */
  now(): number;
  /** Rejects with the reason of the run's end where that comes first. */
  sleep(milliseconds: number): Promise<void>;
}

/** Resolves when the next request may be sent. */
export type Pace = () => Promise<void>;

/** The clock of this machine; waits end with the signal. */
export function clockUntil(signal: AbortSignal): Clock {
  return {
    now: () => performance.now(),
    async sleep(milliseconds) {
      try {
        await wait(milliseconds, undefined, { signal });
      } finally {
        signal.throwIfAborted();
      }
    },
  };
}

export const unpaced: Pace = () => Promise.resolve();

/** One request at a time, this many milliseconds after the one before began. */
export function paced(clock: Clock, milliseconds: number): Pace {
  let earliest = -Infinity;
  return async () => {
    const now = clock.now();
    const start = Math.max(now, earliest);
    earliest = start + milliseconds;
    if (start > now) await clock.sleep(start - now);
  };
}
