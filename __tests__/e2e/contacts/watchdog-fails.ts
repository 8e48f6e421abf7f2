import { expect } from '@jest/globals';
import { closedAddress } from '../support/closed-address.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a watchdog that cannot look or cannot tell fails, and says what to change',
  event: { name: 'schedule' },
  syncFile: null,
  inputs: { mode: 'watchdog', contacts: 'ada-it', 'watch-workflow': 'sync.yml' },
  arrange: ({ github }) => {
    github.workflows.set('sync.yml', { state: 'active', history: [] });
    return undefined;
  },
  verify: async ({ sandbox: { github }, run, again }) => {
    expect(run.outputs).toMatchObject({ mode: 'watchdog', 'failure-reason': 'permission' });
    expect(run.summary).toContain('actions: read');
    github.permissions.add('actions');
    const untold = await again({ label: 'nobody can be told' });
    expect(untold.summary).toContain('issues: write');
    github.permissions.add('issues');
    const unknown = await again({ label: 'no such workflow', inputs: { 'watch-workflow': 'syn.yml' } });
    expect(unknown.outputs['failure-reason']).toBe('invalid-input');
    const closed = await again({ label: 'GitHub is not there', env: { GITHUB_API_URL: closedAddress } });
    expect(closed.summary).toContain('GitHub is not available');
    const wrong = await again({ label: 'wrong inputs', inputs: { contacts: '', 'watch-workflow': '.github/workflows/sync.yml', 'max-age': '26', 'github-token': '' } });
    expect(wrong.annotations).toMatchObject([{ message: expect.stringMatching(/4 inputs are wrong.*contacts.*github-token.*watch-workflow.*max-age/s) }]);
  },
} satisfies Scenario;
