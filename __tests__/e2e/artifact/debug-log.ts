import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'with debug logging switched on there is more in the log, and no secret either',
  inputs: { mode: 'auto', 'artifact-name': 'oomnitza-user-sync' },
  event: { name: 'push' },
  env: { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' },
  writes: true,
  arrange: ({ tenant, github, faults }) => {
    github.commit('main', { '.github/oomnitza-user-sync.yml': 'version: 1\nsync-keys: [email]\n' });
    tenant.addUser({ displayName: 'Ada Byron' });
    faults.add({ service: 'oomnitza', method: 'POST', status: 429, headers: { 'Retry-After': '0' } });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ mode: 'apply', 'artifact-id': '7000001' });
    // The address of the upload is a key to it.
    const signatures = run.requests.flatMap(({ query }) => query['sig'] ?? []);
    expect(signatures).not.toEqual([]);
    const printed = run.stdout.replaceAll(/^::add-mask::.*$/gm, '');
    expect(printed).toContain('::debug::');
    for (const signature of signatures) {
      expect(printed).not.toContain(signature);
      expect(printed).not.toContain(encodeURIComponent(signature));
    }
  },
} satisfies Scenario;
