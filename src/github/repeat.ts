import { setTimeout as wait } from 'node:timers/promises';
import { HttpFailure, httpFailure, waitBeforeRetry } from '../http/index.ts';
import { logLine } from './log.ts';
import { refusalOf } from './refusal.ts';

/** What there is to know of a request before it is sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly request?: { readonly signal?: AbortSignal };
}

const attempts = 4;
/** A server that asks for more is better asked by the next run. */
const longestWaitMs = 8000;

/**
 * Sends a request, and sends it again where GitHub cannot answer just now: 5xx, 429, 403 with `Retry-After`, no answer. What
 * creates something is sent once, since GitHub may have done it all the same. Waiting ends with the signal of the request.
 *
 * @throws what the last attempt threw
 */
export async function repeated<Answer>(send: () => Promise<Answer>, { method, url, request }: SentRequest): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (thrown) {
      if (attempt === attempts || request?.signal?.aborted === true || !isRepeatable(method, url) || !isPassing(thrown)) throw thrown;
      const milliseconds = waitBeforeRetry(attempt, retryAfterOf(thrown), Date.now(), Math.random());
      if (milliseconds > longestWaitMs) throw thrown;
      const status = refusalOf(thrown);
      logLine(`GitHub ${status === undefined ? 'gave no answer' : `answered ${status}`}; asking again in ${(milliseconds / 1000).toFixed(1)} s (attempt ${attempt + 1} of ${attempts})`);
      await wait(milliseconds, undefined, request?.signal === undefined ? {} : { signal: request.signal }).catch(() => { throw thrown; });
    }
  }
}

/** GraphQL is asked by POST, and only ever read. */
function isRepeatable(method: string, url: string): boolean {
  return method === 'GET' || method === 'PATCH' || url.endsWith('/graphql');
}

function isPassing(thrown: unknown): boolean {
  const status = refusalOf(thrown);
  if (status !== undefined) return status >= 500 || status === 429 || (status === 403 && retryAfterOf(thrown) !== null);
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return !(cause instanceof HttpFailure ? cause : httpFailure(thrown, 'GitHub')).isLasting;
}

function retryAfterOf(thrown: unknown): string | null {
  const response: unknown = Reflect.get(Object(thrown), 'response');
  const header: unknown = Reflect.get(Object(Reflect.get(Object(response), 'headers')), 'retry-after');
  return typeof header === 'string' || typeof header === 'number' ? String(header) : null;
}
