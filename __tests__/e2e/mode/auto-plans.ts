import { expect } from '@jest/globals';
import { SYNC_FILE } from '../support/proposals.ts';
import type { Scenario } from '../support/scenario.ts';

const events = [
  { name: 'push', ref: 'refs/tags/v1' },
  { name: 'workflow_dispatch', ref: 'refs/heads/try-it' },
  { name: 'pull_request' },
  { name: 'pull_request_target' },
  { name: 'merge_group' },
  { name: 'repository_dispatch' },
];

export default {
  title: 'auto plans on every other branch, tag and event, and without a warning: nothing is wrong',
  inputs: { mode: 'auto' },
  event: { name: 'push', ref: 'refs/heads/map-cost-center' },
  arrange: ({ tenant, github }) => {
    github.permissions.add('pull-requests');
    github.propose({ [SYNC_FILE]: 'version: 1\nsync-keys: [username]\n' }, { [SYNC_FILE]: 'version: 1\nsync-keys: [email]\n' });
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: async ({ run, again }) => {
    expect(run.outputs).toMatchObject({ mode: 'plan', 'create-count': '1' });
    expect(run.log).toContain('Mode plan: refs/heads/map-cost-center is not the default branch');
    for (const event of events) {
      const next = await again({ label: `${event.name} ${event.ref ?? ''}`.trim(), event });
      expect(next.outputs).toMatchObject({ mode: 'plan', 'create-count': '1' });
      expect(next.annotations).toEqual([]);
    }
  },
} satisfies Scenario;
