import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a token that is revoked while users are read is replaced once, and nobody is lost',
  world: { people: 1500 },
  inputs: { mode: 'plan' },
  arrange: ({ faults, tenant }) => {
    faults.add({ service: 'graph', replace: (page) => { tenant.tokens.clear(); return page; } });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '1500' });
  },
} satisfies Scenario;
