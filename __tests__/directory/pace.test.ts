import { expect, test } from '@jest/globals';
import { clockUntil, paced, unpaced } from '../../src/directory/pace.ts';
import { FakeClock } from '../support/graph.ts';

test('requests begin as far apart as they are to, and late ones do not wait', async () => {
  const clock = new FakeClock();
  const pace = paced(clock, 6000);
  await pace();
  await pace();
  await clock.sleep(9000);
  await pace();
  await pace();
  expect(clock.waits).toEqual([6000, 9000, 6000]);
});

test('without a pace nothing waits', async () => {
  await expect(unpaced()).resolves.toBeUndefined();
});

test('a real wait takes its time, and ends with the run', async () => {
  const run = new AbortController();
  const clock = clockUntil(run.signal);
  const start = clock.now();
  await clock.sleep(10);
  expect(clock.now() - start).toBeGreaterThanOrEqual(9);
  const reason = new Error('cancelled');
  const waiting = expect(clock.sleep(60_000)).rejects.toBe(reason);
  run.abort(reason);
  await waiting;
});
