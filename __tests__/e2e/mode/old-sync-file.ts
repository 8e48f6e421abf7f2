import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a re-run with a sync file that is not the default branch’s any more plans, with a warning',
  inputs: { mode: 'auto' },
  event: { name: 'schedule' },
  arrange: ({ tenant, github }) => {
    github.commit('main', { '.github/oomnitza-user-sync.yml': 'version: 1\nsync-keys: [username]\n' });
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: async ({ sandbox: { faults }, run, again }) => {
    expect(run.outputs).toMatchObject({ mode: 'plan', 'failure-reason': '' });
    expect(run.annotations).toMatchObject([{ level: 'warning' }]);
    faults.add({ service: 'github', status: 502, headers: { 'Retry-After': '0' }, body: '<html>Bad Gateway</html>' });
    expect((await again({ label: 'GitHub is not there for a moment' })).outputs['mode']).toBe('plan');
    const gone = await again({
      label: 'the default branch has no such file',
      workspace: { 'sync/people.yml': 'version: 1\nsync-keys: [email]\n' },
      inputs: { 'sync-file': './sync/people.yml' },
    });
    expect(gone.outputs['mode']).toBe('plan');
    expect(gone.annotations).toMatchObject([{ level: 'warning' }]);
  },
} satisfies Scenario;
