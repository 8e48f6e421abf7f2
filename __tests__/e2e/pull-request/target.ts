import { expect } from '@jest/globals';
import { COMMITS } from '../../../sandbox/index.ts';
import { fromFork, readsOf, rowOf, SYNC_FILE } from '../support/proposals.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

const base = 'version: 1\nsync-keys: [email]\n';
const head = `${base}fields: { cost_center: employeeId }\n`;

export default {
  title: 'pull_request_target takes the sync file of the pull request as data: from a fork it is checked alone, credentials or not',
  inputs: { mode: 'auto' },
  event: { name: 'pull_request_target', payload: fromFork },
  syncFile: base,
  arrange: (sandbox) => {
    const { tenant, github } = sandbox;
    github.permissions.add('pull-requests');
    github.propose({ [SYNC_FILE]: base }, { [SYNC_FILE]: 'version: 1\nsync-keys: [emial]\n' });
    tenant.addUser({ displayName: 'Ada Byron', employeeId: 'CC-100' });
    sandbox.syncAll();
    return undefined;
  },
  verify: async ({ sandbox: { github }, run, again }) => {
    expect(run.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(run.annotations).toContainEqual(expect.objectContaining({ file: SYNC_FILE, line: 2, col: 13 }));
    expect(github.comments).toHaveLength(1);
    github.commit(COMMITS.head, { [SYNC_FILE]: head });
    const mended = await again({ label: 'mended' });
    expect(mended.outputs).toMatchObject({ mode: 'validate', 'failure-reason': '' });
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining('The sync file is valid')]);
    github.commit(COMMITS.head, { [SYNC_FILE]: `${head}# ${'x'.repeat(300_000)}` });
    const large = await again({ label: 'larger than a sync file may be' });
    expect(large.annotations[0]?.message).toContain('a sync file has 262144 (256 KiB) at most');
    const folder = await again({ label: 'a folder', inputs: { 'sync-file': '.github', comment: 'never' } });
    expect(folder.annotations[0]?.message).toContain('is a folder, not a file');
    for (const next of [run, mended, large, folder]) expect(readsOf(next)).toEqual([]);

    // From a branch of the repository itself it is planned, although the workspace holds the base's file.
    github.commit(COMMITS.head, { [SYNC_FILE]: head });
    const own = { name: 'pull_request_target' };
    const planned = await again({ label: 'from a branch of the repository', event: own });
    expect(planned.outputs).toMatchObject({ mode: 'plan', 'update-count': '1', 'failure-reason': '' });
    expect(rowOf(readable(planned.summary), 'cost_center')).toEqual(['1', '0', '0']);
    expect(github.comments).toHaveLength(1);
  },
} satisfies Scenario;
