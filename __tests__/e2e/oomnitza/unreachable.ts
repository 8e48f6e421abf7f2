import { expect } from '@jest/globals';
import { closedAddress } from '../support/closed-address.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'an instance that nobody answers for is unavailable, and the log tells of each attempt',
  waits: true,
  world: { people: 3 },
  inputs: { mode: 'apply', 'oomnitza-url': closedAddress },
  givenUp: 'microsoft',
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('target-unavailable');
    expect(run.annotations[0]?.message).toMatch(/refused the connection.*`oomnitza-url`/);
    expect(run.log.match(/refused the connection; trying again/g)?.length).toBeGreaterThan(2);
  },
} satisfies Scenario;
