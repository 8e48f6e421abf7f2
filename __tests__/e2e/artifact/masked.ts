import { expect } from '@jest/globals';
import { addSyncedRecord, unzip } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';
import { csvRowsOf } from '../support/report-files.ts';

const personal = /ada|byron|grace|hopper|contoso\.com|research|navy/i;

export default {
  title: 'in an internal repository people have numbers wherever the run is seen, in a public one they are only counted',
  inputs: { mode: 'plan', 'artifact-name': 'oomnitza-user-sync' },
  arrange: ({ tenant, instance, github }) => {
    github.repository.visibility = 'internal';
    tenant.addUser({ displayName: 'Ada Byron', userPrincipalName: 'ada@contoso.com', department: 'Research' });
    const grace = tenant.addUser({ displayName: 'Grace Hopper', userPrincipalName: 'grace@contoso.com', department: 'Navy' });
    addSyncedRecord(instance, grace, { department: 'Army' });
  },
  verify: async ({ sandbox, run, again, keep }) => {
    const files = unzip(sandbox.github.artifact()?.content ?? Buffer.alloc(0));
    for (const [name, content] of files) keep(`artifact ${name}`, content.toString());
    for (const shown of [run.summary, run.log, JSON.stringify(run.outputs), ...[...files.values()].map(String)]) expect(shown).not.toMatch(personal);
    expect(run.summary).toMatch(/person 2.*department.*hidden.*hidden/);
    expect(csvRowsOf(run).map(({ user_principal_name: name }) => name)).toContain('ada@contoso.com');

    sandbox.github.repository.visibility = 'public';
    const open = await again({ label: 'in a public repository' });
    for (const shown of [open.summary, open.log, JSON.stringify(open.outputs)]) expect(shown).not.toMatch(personal);
    expect(open.outputs).toMatchObject({ 'create-count': '1', 'update-count': '1', 'artifact-id': '' });
    expect(sandbox.github.artifacts).toHaveLength(1);
  },
} satisfies Scenario;
