import { expect } from '@jest/globals';
import { COMMITS, PULL_REQUEST } from '../../../sandbox/index.ts';
import { readsOf, SYNC_FILE } from '../support/proposals.ts';
import type { Scenario } from '../support/scenario.ts';

const syncFile = 'version: 1\nsync-keys: [email]\n';

export default {
  title: 'a proposal that leaves the sync file as it is costs no read of either side, and no comment',
  world: { people: 3 },
  inputs: { mode: 'auto' },
  event: { name: 'pull_request' },
  syncFile,
  arrange: ({ github }) => {
    github.permissions.add('pull-requests');
    github.propose({ [SYNC_FILE]: syncFile.replaceAll('\n', '\r\n') }, {}, [{ filename: 'README.md', status: 'modified' }]);
    return undefined;
  },
  verify: async ({ sandbox: { github }, run, again }) => {
    expect(run.outputs).toMatchObject({ mode: 'plan', 'has-changes': 'false', 'directory-count': '0', 'failure-reason': '' });
    expect(run.summary).toContain('This pull request leaves the sync file as it is');
    const queue = await again({ label: 'merge_group', event: { name: 'merge_group' } });
    expect(github.comments).toEqual([]);
    // The default branch has moved on since, and not by this pull request.
    github.commit('main', { [SYNC_FILE]: `${syncFile}enabled: true\n` });
    const target = await again({ label: 'pull_request_target', event: { name: 'pull_request_target' } });
    expect(github.comments).toEqual([]);
    const asked = await again({ label: 'comment: always', inputs: { comment: 'always' } });
    expect(github.comments).toHaveLength(1);
    for (const next of [run, queue, target, asked]) {
      expect(next.exitCode).toBe(0);
      expect(readsOf(next)).toEqual([]);
    }
    const without = await again({ label: 'without credentials', inputs: { 'client-secret': '', 'tenant-id': '', 'oomnitza-api-token': '', comment: 'never' } });
    expect([without.outputs['failure-reason'], readsOf(without)]).toEqual(['', []]);
    const large = `# ${'x'.repeat(300_000)}`;
    github.propose({ [SYNC_FILE]: large }, {});
    const useless = await again({ label: 'a file that was no good before', syncFile: large, inputs: { comment: 'never' } });
    expect([useless.outputs['failure-reason'], readsOf(useless)]).toEqual(['', []]);
    github.propose({ [SYNC_FILE]: syncFile }, {});
    // An earlier comment says what is so by now.
    github.commit(COMMITS.head, { [SYNC_FILE]: syncFile });
    const body = github.comments[0]?.body ?? '';
    github.comments.length = 0;
    github.comment(PULL_REQUEST, 'github-actions[bot]', `${body.split('\n')[0] ?? ''}\nyesterday`);
    await again({ label: 'an earlier comment' });
    expect(github.comments.map((comment) => comment.body)).toEqual([expect.stringContaining('The sync file is not changed here')]);
  },
} satisfies Scenario;
