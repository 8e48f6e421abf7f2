import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import { csvRowsOf, statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a write that does not end is given up in time for the report, and said to be in doubt',
  waits: true,
  inputs: { mode: 'apply' },
  writes: true,
  signal: { name: 'SIGINT', whenRequests: (requests) => requests.count({ service: 'oomnitza', method: 'POST' }) === 2 },
  arrange: (sandbox) => {
    addPeople(sandbox, 4);
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', after: 1, hang: true, commit: true });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    // GitHub kills the process ten seconds after the signal.
    expect(run.wallMs).toBeLessThan(9500);
    expect(run.outputs).toMatchObject({ 'failure-reason': 'cancelled', 'fail-count': '1' });
    expect(statusesOf(run)).toEqual({ applied: 8, failed: 8, 'not-attempted': 16 });
    expect(csvRowsOf(run).find(({ status }) => status === 'failed')?.['message']).toMatch(/may or may not have been written/);
    expect((await again({ label: 'the next run', writes: true })).outputs).toMatchObject({ 'create-count': '2', 'unchanged-count': '2' });
    expect(instance.records.size).toBe(4);
  },
} satisfies Scenario;
