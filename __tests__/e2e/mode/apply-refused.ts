import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'apply is refused on whatever is only proposed, and nobody is asked anything',
  world: { people: 3 },
  inputs: { mode: 'apply' },
  event: { name: 'pull_request' },
  verify: async ({ run, again }) => {
    const runs = [run, await again({ label: 'pull_request_target', event: { name: 'pull_request_target' } }), await again({ label: 'merge_group', event: { name: 'merge_group' } })];
    for (const { outputs, requests } of runs) {
      expect(outputs['failure-reason']).toBe('invalid-input');
      expect(requests).toEqual([]);
    }
  },
} satisfies Scenario;
