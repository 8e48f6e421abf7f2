import { expect } from '@jest/globals';
import { closedAddress } from '../support/closed-address.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a sign-in service that nobody answers for is a directory that could not be read',
  waits: true,
  inputs: { mode: 'apply', 'authority-host': closedAddress },
  givenUp: 'oomnitza',
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('directory-incomplete');
    expect(run.annotations[0]?.message).toContain('authority-host');
  },
} satisfies Scenario;
