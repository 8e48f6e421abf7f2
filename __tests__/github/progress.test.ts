import { afterEach, expect, jest, test } from '@jest/globals';
import { createProgress } from '../../src/github/index.ts';
import { captureLog } from '../support/github.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** Tells a progress at points in time, in seconds, and gives the lines of the log. */
function lines(told: readonly (readonly [seconds: number, done: number, total?: number])[]): string[] {
  const log = captureLog();
  let time = 1_000;
  const progress = createProgress('Reading Oomnitza', 'people', () => time);
  for (const [seconds, done, total] of told) {
    time = 1_000 + seconds * 1000;
    progress(done, total);
  }
  return log.lines();
}

test('says how many of how many, how fast and how long it still takes', () => {
  expect(lines([[10, 2500, 10_000]])).toEqual(['Reading Oomnitza: 2,500 of 10,000 people, 250 a second, 30 s left']);
});

test('says how many and how fast where nobody knows of how many', () => {
  expect(lines([[10, 2500]])).toEqual(['Reading Oomnitza: 2,500 people, 250 a second']);
});

test('gives no time that is left where nothing is done yet, or more than there should be', () => {
  expect(lines([[10, 0, 50]])).toEqual(['Reading Oomnitza: 0 of 50 people, 0 a second']);
  jest.restoreAllMocks();
  expect(lines([[10, 60, 50]])).toEqual(['Reading Oomnitza: 60 people, 6 a second']);
});

test('says something every five seconds at most', () => {
  const told = Array.from({ length: 121 }, (_none, tenth) => [tenth / 10, tenth, 200] as const);
  expect(lines(told)).toEqual([
    'Reading Oomnitza: 50 of 200 people, 10 a second, 15 s left',
    'Reading Oomnitza: 100 of 200 people, 10 a second, 10 s left',
  ]);
});

test('says nothing of what is done at once', () => {
  expect(lines([[0.1, 10, 10]])).toEqual([]);
});

test('has a clock of its own', () => {
  const log = captureLog();
  createProgress('Writing', 'changes')(1, 2);
  expect(log.lines()).toEqual([]);
});
