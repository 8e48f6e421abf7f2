import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { SyncError } from '../../src/errors.ts';
import { Interruption } from '../../src/steps/interruption.ts';

let told: SyncError[];
let interruption: Interruption;
beforeEach(() => {
  jest.useFakeTimers();
  told = [];
  interruption = new Interruption((reason) => told.push(reason));
});
afterEach(() => {
  interruption.close();
  jest.useRealTimers();
});

/** How far the end has come. */
function steps(): boolean[] {
  return [interruption.signal, interruption.stop, interruption.late].map(({ aborted }) => aborted);
}

test('a signal ends the run in three steps, within the time that GitHub leaves', () => {
  expect(interruption.reason).toBeUndefined();
  process.emit('SIGINT');
  expect(steps()).toEqual([true, false, false]);
  jest.advanceTimersByTime(4_000);
  expect(steps()).toEqual([true, false, false]);
  jest.advanceTimersByTime(1_000);
  expect(steps()).toEqual([true, true, false]);
  jest.advanceTimersByTime(1_500);
  expect(steps()).toEqual([true, true, true]);
  expect(interruption.reason).toMatchObject({ reason: 'cancelled' });
});

test('the time ends it as well, and not before', () => {
  interruption.endAfter(2);
  jest.advanceTimersByTime(119_999);
  expect(steps()).toEqual([false, false, false]);
  jest.advanceTimersByTime(1);
  expect(interruption.reason).toMatchObject({ reason: 'timeout', message: 'The run was not done after 2 minutes, the `timeout-minutes` that it has.' });
  expect(interruption.signal.reason).toBe(interruption.reason);
});

test('the time leaves the report as long as it takes, until there is a signal', () => {
  interruption.endAfter(1);
  jest.advanceTimersByTime(600_000);
  expect(steps()).toEqual([true, true, false]);
  process.emit('SIGINT');
  jest.advanceTimersByTime(5_000);
  process.emit('SIGTERM');
  expect(steps()).toEqual([true, true, false]);
  jest.advanceTimersByTime(1_000);
  expect(steps()).toEqual([true, true, true]);
});

test('who cancels a run whose time is up is told so, once', () => {
  interruption.endAfter(1);
  jest.advanceTimersByTime(60_000);
  process.emit('SIGTERM');
  expect(interruption.reason?.reason).toBe('cancelled');
  expect(told.map(({ reason }) => reason)).toEqual(['timeout']);
  expect(interruption.reason).not.toBe(interruption.signal.reason);
});

test.each([0, 10_000_000])('with %i minutes there is no end by time', (minutes) => {
  interruption.endAfter(minutes);
  expect(jest.getTimerCount()).toBe(0);
});

test('what is closed holds nothing', () => {
  interruption.endAfter(1);
  const before = process.listenerCount('SIGINT');
  interruption.close();
  expect([jest.getTimerCount(), process.listenerCount('SIGINT')]).toEqual([0, before - 1]);
});
