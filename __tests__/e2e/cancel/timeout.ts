import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import { statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

/** Has the minute of the action pass when this process says so. */
const minuteOnSignal =
  "const wait = setTimeout; globalThis.setTimeout = (callback, time, ...more) => { if (time !== 60000) return wait(callback, time, ...more); process.on('SIGUSR2', callback); return { unref() { return this; } }; };";

export default {
  title: 'a run that takes longer than timeout-minutes begins no further write, lets those under way end, and reports; the next run does the rest',
  waits: true,
  inputs: { mode: 'apply', 'timeout-minutes': '1', 'max-failures': '1000', concurrency: '4', 'artifact-name': 'oomnitza-user-sync' },
  env: { NODE_OPTIONS: `--import="data:text/javascript,${encodeURIComponent(minuteOnSignal)}"` },
  writes: true,
  signal: { name: 'SIGUSR2', whenRequests: (requests) => requests.count({ service: 'oomnitza', method: 'POST' }) === 4 },
  arrange: (sandbox) => {
    addPeople(sandbox, 12);
    // Four are under way when the time is up; three of them are answered, and one is to be tried again long after that.
    const slow = { service: 'oomnitza', method: 'POST', delayMs: 1000 } as const;
    sandbox.faults.add({ ...slow, times: 3 });
    sandbox.faults.add({ ...slow, status: 429, headers: { 'Retry-After': '1' } });
  },
  verify: async ({ sandbox: { instance, github }, run, again }) => {
    expect(run.sinceSignalMs).toBeLessThan(7000);
    expect(run.outputs).toMatchObject({ 'failure-reason': 'timeout', 'create-count': '12', 'fail-count': '0' });
    expect(statusesOf(run)).toEqual({ applied: 24, 'not-attempted': 72 });
    expect(writesOf(run)).toHaveLength(4);
    expect(instance.records.size).toBe(3);
    expect(github.artifacts.map(({ finalized }) => finalized)).toEqual([true]);
    const next = await again({ label: 'the next run, with time enough', env: {}, inputs: { 'artifact-name': '' }, writes: true });
    expect(next.outputs).toMatchObject({ 'failure-reason': '', 'create-count': '9' });
    expect(instance.records.size).toBe(12);
  },
} satisfies Scenario;
