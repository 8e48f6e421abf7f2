import { expect } from '@jest/globals';
import { CREDENTIALS } from '../../../sandbox/index.ts';
import { addPeople } from '../support/people.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a token that may only read is enough to plan; an apply says which right it lacks',
  inputs: { mode: 'plan' },
  arrange: (sandbox) => {
    addPeople(sandbox, 3);
    sandbox.instance.tokens.get(CREDENTIALS.apiToken)?.delete('write');
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect(run.outputs['create-count']).toBe('3');
    const apply = await again({ label: 'apply', inputs: { mode: 'apply' }, writes: true });
    expect(apply.outputs).toMatchObject({ 'failure-reason': 'permission', 'fail-count': '1' });
    expect(instance.records.size).toBe(0);
  },
} satisfies Scenario;
