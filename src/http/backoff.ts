const firstWaitMs = 500;
const longestWaitMs = 30_000;
/** A server may ask for more than we would wait by ourselves, yet not for ever. */
const longestAskedMs = 300_000;

/**
 * How long to wait before the next attempt, in milliseconds: what the server asked for, and no less than an exponential back-off
 * whose jitter keeps parallel workers from coming back at the same instant.
 *
 * @param attempt attempts made so far, from 1
 * @param retryAfter the header `Retry-After`, seconds or an HTTP date (RFC 9110, 10.2.3)
 * @param now milliseconds since 1970
 * @param random a number from 0 up to 1
 */
export function waitBeforeRetry(attempt: number, retryAfter: string | null, now: number, random: number): number {
  const asked = askedWait(retryAfter, now);
  const full = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs);
  const own = Math.round(full * (0.5 + random / 2));
  // A server that asks for a second each time would else be given up sooner than one that asks for nothing.
  return asked === undefined ? own : Math.min(asked === 0 ? 0 : Math.max(asked, own), longestAskedMs);
}

/** `Date.parse` makes a date long ago of texts such as "-5" or "5, 10", which would mean not to wait at all. */
const httpDate = /^[a-z]{3,9},? .*\d{2}:\d{2}:\d{2}/i;

function askedWait(retryAfter: string | null, now: number): number | undefined {
  if (retryAfter === null) return undefined;
  const text = retryAfter.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = httpDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
