import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'connections that break and pages that stop in the middle are read again',
  waits: true,
  world: { people: 1500 },
  inputs: { mode: 'plan' },
  arrange: ({ faults }) => {
    faults.add({ service: 'authority', method: 'POST', drop: 'before' });
    faults.add({ service: 'graph', drop: 'before' });
    faults.add({ service: 'graph', path: /skiptoken/, truncate: 'connection' });
    faults.add({ service: 'graph', path: /skiptoken/, truncate: 'json' });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '1500' });
    expect(run.log).toMatch(/the answer stopped in the middle; trying again/);
  },
} satisfies Scenario;
