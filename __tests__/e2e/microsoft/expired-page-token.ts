import { expect } from '@jest/globals';
import type { Fault } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

const EXPIRED: Fault = { service: 'graph', path: /skiptoken/, status: 400, body: { error: { code: 'Directory_ExpiredPageToken', message: 'The specified page token value has expired.' } } };

export default {
  title: 'a walk whose page token expires starts again, some times, and then fails the run',
  world: { people: 1500, oomnitzaCoverage: 1, difference: 0 },
  inputs: { mode: 'plan' },
  arrange: ({ faults }) => {
    faults.add(EXPIRED);
  },
  verify: async ({ sandbox, run, again }) => {
    expect(run.outputs).toMatchObject({ 'directory-count': '1500', 'unchanged-count': '1500' });
    expect(run.summary).toContain('reading again from the start');
    sandbox.faults.add({ ...EXPIRED, times: Infinity });
    const never = await again({ label: 'again and again', inputs: { mode: 'apply' } });
    expect(never.outputs['failure-reason']).toBe('directory-incomplete');
  },
} satisfies Scenario;
