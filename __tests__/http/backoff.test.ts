import { describe, expect, test } from '@jest/globals';
import { waitBeforeRetry } from '../../src/http/backoff.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const wait = (attempt: number, retryAfter: string | null = null, random = 0.5): number => waitBeforeRetry(attempt, retryAfter, now, random);

describe('without Retry-After', () => {
  test('waits twice as long each time, up to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 20].map((attempt) => wait(attempt, null, 1))).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test('spreads callers over half of the time', () => {
    expect([wait(3, null, 0), wait(3, null, 0.5), wait(3, null, 0.999)]).toEqual([1000, 1500, 1999]);
  });
});

describe('with Retry-After', () => {
  test.each([
    ['seconds', '7', 7000],
    ['white space around', ' 7 ', 7000],
    ['fractions of a second', '1.25', 1250],
    ['at once', '0', 0],
    ['a date', 'Sun, 01 Mar 2026 12:00:42 GMT', 42_000],
    ['a date that is over', 'Sun, 01 Mar 2026 11:59:00 GMT', 0],
    ['more than we would ever wait', '86400', 300_000],
    ['a date far away', 'Mon, 02 Mar 2026 12:00:00 GMT', 300_000],
  ])('waits as asked: %s', (_name, header, milliseconds) => {
    expect(wait(1, header)).toBe(milliseconds);
  });

  test('is as patient with a server that asks for little as with one that asks for nothing', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => wait(attempt, '1'))).toEqual([1000, 1000, 1500, 3000, 6000]);
  });

  // Dates that JavaScript would make of such texts lie in the past and would mean not to wait at all.
  test.each(['', 'soon', '-5', '5, 10', 'Sun', 'March', '1e3', '5 seconds'])('goes by its own rule where it says %j', (header) => {
    expect(wait(2, header)).toBe(750);
  });
});
