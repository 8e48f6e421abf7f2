import { expect } from '@jest/globals';
import { rowOf, SYNC_FILE } from '../support/proposals.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

const before = 'version: 1\nsync-keys: [email]\n';

export default {
  title: 'in the merge queue the base is what the queue builds upon, and nothing is commented on',
  inputs: { mode: 'auto', comment: 'always' },
  event: { name: 'merge_group' },
  syncFile: `${before}fields: { cost_center: employeeId }\n`,
  arrange: (sandbox) => {
    const { tenant, github } = sandbox;
    github.permissions.add('pull-requests');
    github.propose({ [SYNC_FILE]: before }, {});
    tenant.addUser({ displayName: 'Ada Byron', employeeId: 'CC-100' });
    sandbox.syncAll();
    return undefined;
  },
  verify: async ({ sandbox: { github }, run, again }) => {
    expect(run.outputs).toMatchObject({ mode: 'plan', 'update-count': '1', 'failure-reason': '' });
    expect(rowOf(readable(run.summary), 'cost_center')).toEqual(['1', '0', '0']);

    github.propose({ 'people.yml': before }, {}, [{ filename: 'sync/people.yml', status: 'renamed', previous_filename: 'people.yml' }]);
    const renamed = await again({ label: 'renamed', inputs: { 'sync-file': 'sync/people.yml' }, workspace: { 'sync/people.yml': `${before}fields: { cost_center: employeeId }\n` } });
    expect(readable(renamed.summary)).toContain('In the base the sync file is people.yml.');
    expect(rowOf(readable(renamed.summary), 'cost_center')).toEqual(['1', '0', '0']);
    expect(github.comments).toEqual([]);
  },
} satisfies Scenario;
