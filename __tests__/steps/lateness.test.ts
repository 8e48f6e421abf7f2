import { describe, expect, test } from '@jest/globals';
import type { ListedRun, WorkflowHistory } from '../../src/github/index.ts';
import { latenessOf } from '../../src/steps/lateness.ts';

const at = new Date('2026-11-22T08:00:00Z');

function hoursBefore(hours: number): Date {
  return new Date(at.getTime() - hours * 3_600_000);
}

/** A run some hours before `at`. */
function run(hours: number, conclusion: string, status = 'completed'): ListedRun {
  return { startedAt: hoursBefore(hours), url: 'https://github.com/a/b/actions/runs/1', status, conclusion };
}

/** Runs that each were cancelled for the next one to wait in its place. */
const pushedOut = (...hours: readonly number[]): ListedRun[] => hours.map((started) => run(started, 'cancelled'));

function causeOf(history: Partial<WorkflowHistory>): string | undefined {
  return latenessOf({ state: 'active', latest: [], lastSuccess: undefined, ...history }, hoursBefore(26))?.cause;
}

describe('a workflow is late', () => {
  test.each<[string | undefined, number]>([[undefined, 26], ['not-started', 26.01]])('not before its time: %s after %d hours', (cause, hours) => {
    const success = run(hours, 'success');
    expect(causeOf({ latest: [success], lastSuccess: success })).toBe(cause);
  });

  test.each([
    ['not-started', []],
    ['not-started', [run(27, 'failure')]],
    ['failed', [run(25, 'failure'), run(27, 'cancelled')]],
    ['failed', [run(1, 'startup_failure')]],
    ['not-finished', [run(1, 'cancelled'), run(2, 'failure')]],
    ['not-finished', [run(1, 'timed_out')]],
    ['under-way', [run(0.05, '', 'in_progress')]],
    ['under-way', [run(25, '', 'waiting'), run(27, 'failure')]],
    ['not-finished', [run(27, '', 'waiting')]],
    ['not-finished', [run(300, '', 'in_progress')]],
    // What hangs keeps the ones after it from starting.
    ['not-finished', [run(3, '', 'pending'), run(30, '', 'waiting')]],
    ['not-finished', [run(3, '', 'pending'), run(27, 'cancelled'), run(51, '', 'waiting')]],
    ['failed', [run(3, 'failure'), run(30, '', 'waiting')]],
    ['not-started', [run(27, 'failure'), run(300, '', 'waiting')]],
    ['under-way', [run(3, '', 'queued'), run(27, 'failure'), run(300, '', 'waiting')]],
  ])('because it %s, by its latest runs', (cause, latest) => {
    expect(causeOf({ latest })).toBe(cause);
    expect(causeOf({ latest, lastSuccess: run(1000, 'success') })).toBe(cause);
  });

  test.each<[ListedRun[], number]>([
    [[run(0.1, '', 'queued'), run(3, 'failure'), run(4, 'failure')], 0],
    [[run(3, 'cancelled'), run(5, '', 'in_progress')], 1],
    [[run(3, '', 'pending'), run(30, '', 'waiting')], 0],
    [[run(3, '', 'queued'), run(27, 'failure'), run(28, 'failure')], 1],
    // Of several under way the oldest, for which the others may be waiting.
    [[run(2, 'cancelled'), run(4, '', 'pending'), run(5, '', 'in_progress')], 2],
  ])('and tells of two runs where one is over and one under way: %#', (latest, other) => {
    expect(latenessOf({ state: 'active', latest, lastSuccess: undefined }, hoursBefore(26))).toMatchObject({ run: latest[other === 0 ? 1 : 0], other: latest[other] });
  });

  test.each<[number, ListedRun[]]>([
    [13, [run(2, '', 'pending'), ...pushedOut(8, 14), run(20, '', 'in_progress')]],
    [26, [run(1.7, '', 'pending'), ...pushedOut(4.4), run(28.4, '', 'in_progress')]],
    [1, [run(0.5, '', 'pending'), ...pushedOut(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), run(13, '', 'in_progress')]],
    [13, [run(2, '', 'pending'), run(14, '', 'pending'), run(20, '', 'in_progress')]],
  ])('because one hangs, however many were cancelled while they waited for it: within %d hours', (maxAgeHours, latest) => {
    expect(latenessOf({ state: 'active', latest, lastSuccess: undefined }, hoursBefore(maxAgeHours))).toEqual({ cause: 'not-finished', run: latest.at(-1), other: latest[0] });
  });

  test('and tells of no run beside it that is of no account', () => {
    for (const latest of [[run(3, '', 'queued'), run(27, 'success'), run(28, 'failure')], [run(3, 'failure'), run(30, '', 'waiting')]]) {
      expect(latenessOf({ state: 'active', latest, lastSuccess: undefined }, hoursBefore(26))).toMatchObject({ run: latest[0], other: undefined });
    }
  });

  test('because it is switched off, whatever its runs were', () => {
    expect(causeOf({ state: 'disabled_manually', latest: [run(1, 'failure')] })).toBe('disabled');
    expect(causeOf({ state: 'disabled_manually', lastSuccess: run(1, 'success') })).toBeUndefined();
  });
});
