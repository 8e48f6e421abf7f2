import { expect } from '@jest/globals';
import { unzip } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'both files are uploaded under a name of their own, and kept for as long as is asked; a second of that name is a warning',
  inputs: { mode: 'plan', 'artifact-name': 'people-sync', 'artifact-retention-days': '5', 'sync-file': 'sync/contoso.hr.yml' },
  workspace: { 'sync/contoso.hr.yml': 'version: 1\nsync-keys: [email]\n' },
  env: { GITHUB_RUN_ATTEMPT: '3' },
  arrange: ({ tenant }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: async ({ sandbox: { github }, run, again }) => {
    const artifact = github.artifact('people-sync-contoso.hr-3');
    const files = unzip(artifact?.content ?? Buffer.alloc(0));
    expect([...files.keys()].sort()).toEqual(['changes.csv', 'plan.json']);
    for (const [name, content] of files) expect(content.toString()).toBe(run.file(name));
    expect(run.outputs['artifact-id']).toBe(String(artifact?.id));
    expect(run.outputs['artifact-url']).toBe(`https://github.com/contoso/it-automation/actions/runs/${run.run.id}/artifacts/${artifact?.id ?? 0}`);
    expect(run.summary).toContain(run.outputs['artifact-url']);
    const days = (Date.parse(artifact?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days * 10) / 10).toBe(5);

    const twice = await again({ label: 'another step of the same job', run: run.run });
    expect(twice.outputs).toMatchObject({ 'failure-reason': '', 'artifact-id': '' });
    expect(twice.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining(twice.reportDirectory) }]);
  },
} satisfies Scenario;
