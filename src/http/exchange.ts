import { setTimeout as wait } from 'node:timers/promises';
import { waitBeforeRetry } from './backoff.ts';
import { HttpFailure, httpFailure, throughProxy } from './failure.ts';
import { proxyFor } from './proxy.ts';
import { asksForLess, Throttle } from './throttle.ts';
import { transport, type Transport, type TransportAnswer } from './transport.ts';

/** One request as a client room describes it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * Whether sending it twice does no harm. Where it is `false`, only requests that certainly were not carried out are
   * tried again; everything else comes back at once, for the caller to find out.
   */
  readonly repeatable: boolean;
  /** Whether answers of success may be quoted, too: then secrets are hidden in their text, and left as they are in their JSON. */
  readonly quotable?: boolean;
  /** Ends this request and its waits, besides the signal of {@link HttpOptions}. */
  readonly signal?: AbortSignal;
  /** Tells answers that are passing faults of the service although their status does not say so. */
  readonly isPassing?: (answer: HttpAnswer) => boolean;
}

/** A whole answer: the body has been read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: TransportAnswer['headers'];
  /** The parsed body, `undefined` where it is no JSON. */
  readonly json: unknown;
  /** The body; where it may be quoted, without secrets. */
  readonly text: string;
}

/** How a client makes its requests; all but `signal` and `onRetry` have sensible values in {@link httpDefaults}. */
export interface HttpOptions {
  readonly transport: Transport;
  /** Ends the request and every wait at once; its reason is what the caller gets. */
  readonly signal: AbortSignal;
  /** Aborted: a request that must not be carried out twice is not begun any more; one that is under way goes on. */
  readonly beginUntil?: AbortSignal;
  /** Hides secrets in what a server says of a failure: it may quote what it was sent. */
  readonly redact: (text: string) => string;
  /** Told before each further attempt, in one sentence. */
  readonly onRetry: (sentence: string) => void;
  readonly attempts: number;
  /** For one attempt, the body included. */
  readonly timeoutMs: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** Milliseconds since any moment in the past. */
  readonly now: () => number;
  /**
   * The most requests under way at a time. Where it is given, 429 and 503 slow all requests down together; without it,
   * each request waits for itself.
   */
  readonly concurrency?: number;
}

export const httpDefaults = {
  transport,
  attempts: 6,
  timeoutMs: 60_000,
  sleep: async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    await wait(milliseconds, undefined, { signal });
  },
  random: Math.random,
  now: () => performance.now(),
  redact: (text: string): string => text,
} satisfies Partial<HttpOptions>;

/** Sends requests and reads the answers whole. */
export interface Http {
  /**
   * Tries again after 429, 500, 502, 503, 504, 509, connections that fail or break, answers that stop in the middle and
   * answers that never come, as far as {@link HttpRequest.repeatable} allows. Every other status, and the last passing
   * one, is returned.
   *
   * @throws {@link HttpFailure} where no attempt got an answer; the signal's reason where the run was stopped
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Waits as it would before a further attempt, for callers that have to look before they try again. */
  pause(attempt: number): Promise<void>;
}

/** 509 is Graph's "bandwidth limit exceeded"; the others are the usual signs of a passing fault. */
const passing = new Set([429, 500, 502, 503, 504, 509]);

/** The one place where clients wait and retry. */
export function createHttp(options: HttpOptions): Http {
  const throttle = throttleOf(options);
  return {
    async send(request) {
      const progress = { underWay: false };
      try {
        return await sendUntilGood(request, options, throttle, progress);
      } catch (thrown) {
        // Earlier attempts were certainly not carried out, else there would not have been a further one.
        const neverBegun = !request.repeatable && !progress.underWay && options.beginUntil?.aborted;
        throw neverBegun ? ended(request) : thrown;
      }
    },
    pause: (attempt) => sleepOrStop(waitBeforeRetry(attempt, null, Date.now(), options.random()), options.signal, options),
  };
}

/** @param progress tells whether an attempt is under way */
async function sendUntilGood(request: HttpRequest, options: HttpOptions, throttle: Throttle | undefined, progress: { underWay: boolean }): Promise<HttpAnswer> {
  let apart = false;
  const once = async (): Promise<HttpAnswer | HttpFailure> => {
    progress.underWay = true;
    const answer = await attemptOnce(request, apart, options);
    progress.underWay = false;
    return answer;
  };
  for (let attempt = 1; ; attempt++) {
    const answer = throttle === undefined ? await once() : await throttle.run(request.url.host, once);
    const isThrottled = throttle !== undefined && asksForLess(answer);
    if (attempt === options.attempts || (isThrottled && throttle.isInVain) || !mayTryAgain(request, answer)) {
      if (answer instanceof HttpFailure) throw answer;
      return answer;
    }
    if (isThrottled) continue;
    // The connection that a 503 came by may lead to the very machine that is out of order.
    apart = !(answer instanceof HttpFailure) && answer.status === 503;
    const retryAfter = answer instanceof HttpFailure ? null : answer.headers.get('retry-after');
    const milliseconds = waitBeforeRetry(attempt, retryAfter, Date.now(), options.random());
    const why = answer instanceof HttpFailure ? answer.message : `${request.url.host} answered ${answer.status}`;
    options.onRetry(`${why}; trying again in ${(milliseconds / 1000).toFixed(1)} s (attempt ${attempt + 1} of ${options.attempts})`);
    await sleepOrStop(milliseconds, signalOf(request, options), options);
  }
}

function ended({ url }: HttpRequest): HttpFailure {
  return new HttpFailure('ended', url.host, false, 'the run ended before this was sent');
}

/** The end of the run comes first: where both have come, its reason is the one that counts. */
function signalOf({ signal }: HttpRequest, options: HttpOptions): AbortSignal {
  return signal === undefined ? options.signal : AbortSignal.any([options.signal, signal]);
}

function throttleOf(options: HttpOptions): Throttle | undefined {
  const { concurrency, attempts: patience, random, now, onRetry } = options;
  if (concurrency === undefined) return undefined;
  return new Throttle({ concurrency, patience, random, now, onSlowDown: onRetry, sleep: (milliseconds) => sleepOrStop(milliseconds, options.signal, options) });
}

async function sleepOrStop(milliseconds: number, signal: AbortSignal, options: HttpOptions): Promise<void> {
  try {
    await options.sleep(milliseconds, signal);
  } finally {
    signal.throwIfAborted();
  }
}

function mayTryAgain(request: HttpRequest, answer: HttpAnswer | HttpFailure): boolean {
  if (answer instanceof HttpFailure) {
    return !answer.isLasting && (request.repeatable || !answer.maybeSent);
  }
  if (request.isPassing?.(answer)) return request.repeatable;
  return passing.has(answer.status) && (request.repeatable || answer.status === 429);
}

async function attemptOnce(request: HttpRequest, apart: boolean, options: HttpOptions): Promise<HttpAnswer | HttpFailure> {
  if (!request.repeatable && options.beginUntil?.aborted) return ended(request);
  const end = signalOf(request, options);
  end.throwIfAborted();
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const { host } = request.url;
  try {
    const answer = await options.transport(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      signal: AbortSignal.any([end, deadline]),
      apart,
    });
    const text = await answer.text();
    if (!isGood(answer.status)) return wholeAnswer(answer, options.redact(text), host);
    const whole = wholeAnswer(answer, text, host);
    return whole instanceof HttpFailure || request.quotable !== true ? whole : { ...whole, text: options.redact(text) };
  } catch (thrown) {
    end.throwIfAborted();
    const proxy = proxyFor(request.url, process.env);
    if (deadline.aborted) return new HttpFailure('timeout', host, true, `no answer within ${options.timeoutMs / 1000} s${throughProxy(proxy)}`);
    return httpFailure(thrown, host, proxy);
  }
}

function wholeAnswer({ status, headers }: TransportAnswer, text: string, host: string): HttpAnswer | HttpFailure {
  const claimsJson = headers.get('content-type')?.toLowerCase().includes('json') ?? false;
  // Some servers name every body a web page.
  if ((!claimsJson && !/^\s*[[{]/.test(text)) || text === '') return { status, headers, json: undefined, text };
  try {
    const json: unknown = JSON.parse(text);
    return { status, headers, json, text };
  } catch {
    if (claimsJson && isGood(status)) return new HttpFailure('truncated', host, true, 'the answer stopped in the middle');
    return { status, headers, json: undefined, text };
  }
}

function isGood(status: number): boolean {
  return status >= 200 && status <= 299;
}
