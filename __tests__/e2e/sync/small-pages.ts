import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'an instance with pages of 7 is read to its end, with a total and without one',
  world: { people: 30, oomnitzaCoverage: 1, difference: 0, oomnitzaPageLimit: 7 },
  inputs: { mode: 'plan' },
  verify: async ({ sandbox, run, again }) => {
    const inSync = { 'unchanged-count': '30', 'create-count': '0', 'update-count': '0', 'conflict-count': '0' };
    expect(run.outputs).toMatchObject(inSync);
    sandbox.instance.behaviour.totals = false;
    const next = await again({ label: 'without a total, several pages at a time', inputs: { concurrency: '8' } });
    expect(next.outputs).toMatchObject(inSync);
  },
} satisfies Scenario;
