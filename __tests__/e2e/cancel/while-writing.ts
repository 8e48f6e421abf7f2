import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import { planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

export default {
  title: 'a run that is cancelled while it writes lets what is under way end, says what was done, and the next run does the rest',
  world: { latencyMs: 40 },
  inputs: { mode: 'apply', concurrency: '1', 'artifact-name': 'oomnitza-user-sync' },
  writes: true,
  signal: { name: 'SIGTERM', whenRequests: (requests) => requests.count({ service: 'oomnitza', method: 'POST' }) === 5 },
  arrange: (sandbox) => {
    addPeople(sandbox, 12);
  },
  verify: async ({ sandbox: { instance, github }, run, again }) => {
    expect(run.sinceSignalMs).toBeLessThan(7000);
    expect(github.artifacts.map(({ finalized }) => finalized)).toEqual([true]);
    expect(run.outputs).toMatchObject({ 'failure-reason': 'cancelled', 'fail-count': '0', 'create-count': '12' });
    const done = planOf(run).changes.filter(({ status }) => status === 'applied').map(({ userPrincipalName }) => userPrincipalName);
    expect([...instance.records.values()].map(({ username }) => username)).toEqual(done);
    expect(planOf(run).changes.map(({ status }) => status)).toEqual([...Array<string>(5).fill('applied'), ...Array<string>(7).fill('not-attempted')]);
    expect(run.summary).toContain('People not created yet: 7');

    const next = await again({ label: 'the next run', inputs: { 'artifact-name': '' }, writes: true });
    expect(writesOf(next)).toHaveLength(7);
    expect(instance.records.size).toBe(12);
  },
} satisfies Scenario;
