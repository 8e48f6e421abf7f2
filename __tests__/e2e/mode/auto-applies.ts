import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const syncFile = 'version: 1\nsync-keys: [email]\n';

export default {
  title: 'auto applies on a schedule, and on a push or a manual run of the default branch',
  syncFile,
  inputs: { mode: 'auto' },
  event: { name: 'schedule' },
  writes: true,
  arrange: ({ tenant, github }) => {
    // Line ends may differ, as git converts them on some runners.
    github.commit('main', { '.github/oomnitza-user-sync.yml': syncFile.replaceAll('\n', '\r\n') });
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: async ({ sandbox, run, again }) => {
    expect(run.outputs['mode']).toBe('apply');
    expect(run.log).toContain('Mode apply: this is a schedule run with the sync file of the branch main');
    expect(sandbox.instance.records.size).toBe(1);
    for (const name of ['push', 'workflow_dispatch']) {
      sandbox.tenant.addUser({ displayName: `After ${name}` });
      const next = await again({ label: name, event: { name }, writes: true });
      expect(next.outputs).toMatchObject({ mode: 'apply', 'create-count': '1' });
    }
    // The payload of some events does not name the default branch.
    const asked = await again({ label: 'default branch asked of GitHub', event: { name: 'push', payload: { repository: {} } } });
    expect(asked.outputs['mode']).toBe('apply');
    expect(asked.requests).toContainEqual(expect.objectContaining({ service: 'github', path: '/repos/contoso/it-automation' }));
  },
} satisfies Scenario;
