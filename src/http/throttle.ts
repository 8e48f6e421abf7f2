import { waitBeforeRetry } from './backoff.ts';
import { HttpFailure } from './failure.ts';

/** What a throttle looks at of an answer. */
interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

interface ThrottleOptions {
  /** The most requests under way at a time. */
  readonly concurrency: number;
  /** After so many slow-downs without a success between them, waiting longer is of no use. */
  readonly patience: number;
  /** Told when the service first asks for fewer requests, in one sentence. */
  readonly onSlowDown: (sentence: string) => void;
  /** Rejects when the run ends. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
  /** Milliseconds since any moment in the past. */
  readonly now: () => number;
}

/** Statuses by which a service asks for fewer requests, whichever of them it was that it could not take. */
const tooMuch = new Set([429, 503]);

export function asksForLess(answer: Answer | HttpFailure): boolean {
  return !(answer instanceof HttpFailure) && tooMuch.has(answer.status);
}

/**
 * Holds all requests to one service together. When the service asks for fewer, all wait as long as it says, or for one
 * exponential back-off, and then half as many go on at a time; with success there are more again, one by one.
 */
export class Throttle {
  readonly #options: ThrottleOptions;
  readonly #turns: (() => void)[] = [];
  #limit: number;
  #active = 0;
  #successes = 0;
  #resumeAt = -Infinity;
  /** How often the service asked, requests that were under way at the same time counted as one. */
  #slowDowns = 0;
  /** Those since the last success. */
  #inARow = 0;

  constructor(options: ThrottleOptions) {
    this.#options = options;
    this.#limit = options.concurrency;
  }

  /** The service asked again and again, and nothing succeeded meanwhile: who is refused once more should give up. */
  get isInVain(): boolean {
    return this.#inARow >= this.#options.patience;
  }

  /**
   * Sends when it is the request's turn, and takes notice of the answer.
   *
   * @param host whom to name in the sentence
   */
  async run<Sent extends Answer | HttpFailure>(host: string, send: () => Promise<Sent>): Promise<Sent> {
    await this.#takeTurn();
    const before = this.#slowDowns;
    try {
      const answer = await send();
      if (!(answer instanceof HttpFailure)) this.#notice(host, answer, before);
      return answer;
    } finally {
      // A connection can be used again only in the next turn of the event loop; before, a request would open one more.
      setImmediate(() => {
        this.#active -= 1;
        this.#callNext();
      });
    }
  }

  async #takeTurn(): Promise<void> {
    for (;;) {
      const left = this.#resumeAt - this.#options.now();
      if (left > 0) {
        await this.#options.sleep(left).catch((ended: unknown) => {
          // Whoever waits for this one's turn has to learn of the end as well.
          this.#callNext();
          throw ended;
        });
      } else if (this.#active < this.#limit) {
        this.#active += 1;
        return;
      } else {
        await new Promise<void>((resolve) => { this.#turns.push(resolve); });
      }
    }
  }

  #callNext(): void {
    for (const next of this.#turns.splice(0, Math.max(0, this.#limit - this.#active))) next();
  }

  #notice(host: string, answer: Answer, before: number): void {
    if (asksForLess(answer)) this.#slowDown(host, answer, before);
    else if (answer.status < 500) this.#recover();
  }

  #slowDown(host: string, { status, headers }: Answer, before: number): void {
    const retryAfter = headers.get('retry-after');
    const isNew = before === this.#slowDowns;
    if (!isNew && retryAfter === null) return;
    if (isNew) {
      this.#slowDowns += 1;
      this.#inARow += 1;
      this.#successes = 0;
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    }
    const { now, random, onSlowDown } = this.#options;
    const wait = waitBeforeRetry(this.isInVain ? 1 : this.#inARow, retryAfter, Date.now(), random());
    this.#resumeAt = Math.max(this.#resumeAt, now() + wait);
    if (isNew && this.#slowDowns === 1) {
      onSlowDown(`${host} answered ${status}: all calls wait ${(wait / 1000).toFixed(1)} s and go on with fewer at a time, now and whenever it does so again`);
    }
  }

  #recover(): void {
    this.#inARow = 0;
    this.#successes += 1;
    if (this.#successes < this.#limit || this.#limit === this.#options.concurrency) return;
    this.#successes = 0;
    this.#limit += 1;
  }
}
