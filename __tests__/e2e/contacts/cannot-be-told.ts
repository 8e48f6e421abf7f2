import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'contacts who cannot be told are a warning that names what to change, and no reason to fail',
  event: { name: 'schedule' },
  syncFile: 'version: 1\nsync-keys: [email]\n',
  inputs: { mode: 'plan', contacts: 'ada-it' },
  arrange: ({ tenant }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
    return undefined;
  },
  verify: async ({ sandbox: { github, faults }, run, again }) => {
    expect(run.outputs['failure-reason']).toBe('');
    expect(run.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('`issues: write`') }]);
    const failing = { inputs: { 'oomnitza-api-token': 'revoked' } };
    const refused = await again({ ...failing, label: 'the permission is missing' });
    expect(refused.outputs['failure-reason']).toBe('authentication');
    github.permissions.add('issues');
    github.tracker.enabled = false;
    const disabled = await again({ ...failing, label: 'issues are switched off' });
    expect(disabled.annotations).toContainEqual(expect.objectContaining({ level: 'warning', message: expect.stringContaining('Settings') }));
    faults.add({ service: 'github', status: 502, headers: { 'Retry-After': '0' }, times: 4, body: '<html>words of a gateway</html>' });
    const broken = await again({ ...failing, label: 'GitHub is broken' });
    expect(broken.stdout).not.toContain('words of a gateway');
    expect(github.tracker.issues).toEqual([]);

    github.tracker.enabled = true;
    const mark = '<!-- oomnitza-user-sync {"subject":"sync-file .github/oomnitza-user-sync.yml","cause":"internal","since":"2026-01-01T00:00:00Z","times":1} -->';
    const issue = github.tracker.open({ title: 'Broken', body: mark, labels: ['oomnitza-user-sync'] });
    issue.locked = true;
    await again({ inputs: { 'oomnitza-api-token': 'token-of-yesterday' }, label: 'the conversation is locked' });
    expect(issue).toMatchObject({ state: 'open', body: expect.stringContaining('2 runs') });
    await again({ label: 'good, and still locked' });
    expect(issue).toMatchObject({ state: 'closed', comments: [] });
  },
} satisfies Scenario;
