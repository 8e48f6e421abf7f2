import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'an instance that gives a CSRF token gets it back with each write',
  inputs: { mode: 'apply' },
  writes: true,
  arrange: ({ tenant, instance }) => {
    instance.behaviour.csrf = true;
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: ({ sandbox, run }) => {
    expect(run.outputs['failure-reason']).toBe('');
    expect(sandbox.instance.records.size).toBe(1);
  },
} satisfies Scenario;
