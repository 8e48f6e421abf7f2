import { describe, expect, test } from '@jest/globals';
import { createHttp, httpDefaults, type Http, type HttpAnswer } from '../../src/http/index.ts';
import { get } from '../support/transport.ts';

interface World {
  readonly http: Http;
  /** When each request was sent, in milliseconds of a clock that only waits and answers move. */
  readonly sentAt: readonly number[];
  /** The most requests that were under way at a time, since the last call. */
  readonly most: () => number;
  readonly told: readonly string[];
}

const nothing = { get: (): null => null };

/** A service that takes a hundred milliseconds for each answer, under a clock of its own. */
function world(answerAt: (now: number, number: number) => { readonly status: number; readonly retryAfter?: string }, { concurrency = 8, signal = new AbortController().signal } = {}): World {
  const clock = new Clock();
  const sentAt: number[] = [];
  const told: string[] = [];
  let underWay = 0;
  let most = 0;
  const http = createHttp({
    ...httpDefaults,
    signal,
    concurrency,
    random: () => 1,
    now: () => clock.now,
    sleep: (milliseconds) => clock.sleep(milliseconds, signal),
    onRetry: (sentence) => { told.push(sentence); },
    transport: async () => {
      sentAt.push(clock.now);
      most = Math.max(most, ++underWay);
      const { status, retryAfter } = answerAt(clock.now, sentAt.length);
      await clock.sleep(100, signal);
      underWay -= 1;
      return { status, headers: retryAfter === undefined ? nothing : { get: (name) => (name === 'retry-after' ? retryAfter : null) }, text: () => Promise.resolve('') };
    },
  });
  return {
    http,
    sentAt,
    told,
    most: () => {
      const found = most;
      most = underWay;
      return found;
    },
  };
}

/** Goes on to the next moment at which somebody wakes up, as soon as nothing else is left to do. */
class Clock {
  now = 0;
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    const until = this.now + milliseconds;
    await new Promise<void>((wake) => {
      this.#sleepers.push({ until, wake });
      signal.addEventListener('abort', () => { wake(); });
      setImmediate(() => { this.#advance(); });
    });
    signal.throwIfAborted();
  }

  #advance(): void {
    const next = this.#sleepers.toSorted((left, right) => left.until - right.until)[0];
    if (next === undefined) return;
    this.now = Math.max(this.now, next.until);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
    next.wake();
  }
}

/** Sends requests as so many workers do, each the next one after the last. */
async function work(http: Http, requests: number, workers = 8): Promise<HttpAnswer[]> {
  const answers: HttpAnswer[] = [];
  let begun = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (begun++ < requests) answers.push(await http.send(get()));
    }),
  );
  return answers;
}

describe.each([429, 503])('an answer of %i', (status) => {
  test('makes all workers wait as long as the service asks, and go on with half as many', async () => {
    const { http, sentAt, most, told } = world((_now, number) => (number === 8 ? { status, retryAfter: '3' } : { status: 200 }));
    await work(http, 8);
    expect(most()).toBe(8);
    const answers = await work(http, 12);
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(sentAt.slice(8).every((time) => time >= 3100)).toBe(true);
    expect(most()).toBeLessThan(8);
    expect(told).toEqual([`api.example.com answered ${status}: all calls wait 3.0 s and go on with fewer at a time, now and whenever it does so again`]);
  });

  test('of many requests at once is one reason to slow down, told once', async () => {
    const { http, sentAt, most, told } = world((now) => ({ status: now < 1000 ? status : 200 }));
    await work(http, 40);
    // One back-off of half a second after the first eight, and one of a second after half of them.
    expect(sentAt.slice(0, 13)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 600, 600, 600, 600, 1700]);
    expect(most()).toBe(8);
    expect(told).toHaveLength(1);
  });
});

test('with success there are more at a time again, up to what there was before', async () => {
  const { http, most } = world((now) => ({ status: now === 0 ? 429 : 200, retryAfter: '1' }));
  await work(http, 8);
  most();
  await work(http, 12, 12);
  expect(most()).toBeLessThan(8);
  await work(http, 100, 20);
  // Between an answer and the next request there is a moment.
  expect(most()).toBeGreaterThanOrEqual(7);
  expect(most()).toBeLessThanOrEqual(8);
});

test('a service that takes no call any more is given up by all together', async () => {
  const { http, sentAt } = world(() => ({ status: 503 }));
  const answers = await work(http, 20);
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 503));
  expect(sentAt.at(-1)).toBeLessThan(45_000);
});

test('every worker that waits learns of the end of the run', async () => {
  const run = new AbortController();
  const reason = new Error('the run was cancelled');
  const { http } = world((_now, number) => {
    if (number === 3) setImmediate(() => { run.abort(reason); });
    return { status: 429, retryAfter: '60' };
  }, { concurrency: 3, signal: run.signal });
  const ends = await Promise.allSettled(Array.from({ length: 9 }, () => http.send(get())));
  expect(ends).toEqual(ends.map(() => ({ status: 'rejected', reason })));
});
