import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import { csvRowsOf, statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a write that does not end is given up in time for the report, though the upload does not end either, and said to be in doubt',
  waits: true,
  inputs: { mode: 'apply', 'artifact-name': 'oomnitza-user-sync' },
  writes: true,
  signal: { name: 'SIGINT', whenRequests: (requests) => requests.count({ service: 'oomnitza', method: 'POST' }) === 2 },
  arrange: (sandbox) => {
    addPeople(sandbox, 4);
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', after: 1, hang: true, commit: true });
    sandbox.faults.add({ service: 'github', path: /CreateArtifact/, hang: true });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    // GitHub sends a second signal after 7.5 s, and kills the process after 10.
    expect(run.sinceSignalMs).toBeLessThan(7000);
    expect(run.outputs).toMatchObject({ 'failure-reason': 'cancelled', 'fail-count': '1' });
    expect(statusesOf(run)).toEqual({ applied: 8, failed: 8, 'not-attempted': 16 });
    expect(csvRowsOf(run).find(({ status }) => status === 'failed')?.['message']).toMatch(/may or may not have been written/);
    const next = await again({ label: 'the next run', inputs: { 'artifact-name': '' }, writes: true });
    expect(next.outputs).toMatchObject({ 'create-count': '2', 'unchanged-count': '2' });
    expect(instance.records.size).toBe(4);
  },
} satisfies Scenario;
