import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'an app registration that may not read users is told which permission it lacks',
  world: { people: 3, permissions: ['Group.Read.All'] },
  inputs: { mode: 'apply' },
  givenUp: 'oomnitza',
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('permission');
    expect(run.annotations[0]?.message).toContain('User.Read.All');
  },
} satisfies Scenario;
