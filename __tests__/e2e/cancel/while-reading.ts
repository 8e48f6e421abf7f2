import { expect } from '@jest/globals';
import type { RunResult } from '../../../sandbox/runner.ts';
import type { Circumstances, Scenario } from '../support/scenario.ts';

const whenGraphIsAsked: Circumstances['signal'] = { name: 'SIGINT', whenRequests: (requests) => requests.all.at(-1)?.service === 'graph' };

export default {
  title: 'a run that is cancelled while it reads ends at once, with a report, and nothing is written',
  world: { people: 5 },
  inputs: { mode: 'apply' },
  givenUp: 'oomnitza',
  signal: whenGraphIsAsked,
  arrange: ({ faults }) => {
    faults.add({ service: 'graph', hang: true });
  },
  verify: async ({ sandbox: { faults }, run, again }) => {
    const runs: RunResult[] = [run];
    faults.add({ service: 'graph', status: 429, headers: { 'Retry-After': '120' } });
    runs.push(await again({ label: 'while it waits for its next try', signal: whenGraphIsAsked }));
    faults.add({ service: 'authority', hang: true });
    runs.push(await again({ label: 'while it signs in', signal: { name: 'SIGTERM', whenRequests: (requests) => requests.all.at(-1)?.service === 'authority' } }));
    for (const { outputs, sinceSignalMs, summary } of runs) {
      expect(outputs['failure-reason']).toBe('cancelled');
      expect(sinceSignalMs).toBeLessThan(4000);
      expect(summary).toContain('Nothing was written: the run was cancelled');
    }
  },
} satisfies Scenario;
