import { expect } from '@jest/globals';
import { COMMITS, PULL_REQUEST } from '../../../sandbox/index.ts';
import { rowOf, SYNC_FILE, walksOf } from '../support/proposals.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

const good = 'version: 1\nsync-keys: [email]\n';
const changed = `${good}fields: { cost_center: employeeId }\n`;

export default {
  title: 'a base without a sync file, with another name for it, or with one that is of no use, is handled and told of',
  inputs: { mode: 'auto' },
  event: { name: 'pull_request' },
  arrange: ({ tenant, github }) => {
    github.permissions.add('pull-requests');
    github.propose({}, { [SYNC_FILE]: good });
    tenant.addUser({ displayName: 'Ada Byron', employeeId: 'CC-100' });
    return undefined;
  },
  verify: async ({ sandbox, run, again }) => {
    const { github, tenant, instance } = sandbox;
    expect(readable(run.summary)).toContain(`The base has no ${SYNC_FILE} yet, so everything is caused by this pull request.`);
    expect(rowOf(run.summary, '**Records**')).toEqual(['1', '0', '0']);
    expect(walksOf(run)).toEqual({ users: 1, people: 1 });

    sandbox.syncAll();
    github.propose({ 'people.yml': good }, { [SYNC_FILE]: changed }, [{ filename: SYNC_FILE, status: 'renamed', previous_filename: 'people.yml' }]);
    const renamed = await again({ label: 'renamed', syncFile: changed });
    expect(readable(renamed.summary)).toContain('In the base the sync file is people.yml.');
    expect(rowOf(readable(renamed.summary), 'cost_center')).toEqual(['1', '0', '0']);

    // A job that still has the path before makes a comment of its own.
    const left = await again({ label: 'the path before', syncFile: changed, inputs: { 'sync-file': 'people.yml' } });
    expect(left.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(github.comments.map(({ body }) => readable(body))).toEqual([expect.stringContaining(`Sync file ${SYNC_FILE}`), expect.stringContaining('Sync file people.yml')]);
    github.comments.length = 1;

    // The next commit takes it back, and the comment with it.
    github.propose({ 'people.yml': good }, {});
    const back = await again({ label: 'renamed and back', workspace: { 'people.yml': good }, inputs: { 'sync-file': 'people.yml' } });
    expect(readable(back.summary)).toContain('leaves the sync file as it is');
    expect(github.comments.map(({ body }) => readable(body))).toEqual([expect.stringContaining('Sync file people.yml')]);
    github.comments.length = 0;

    github.propose({ [SYNC_FILE]: 'version: 1\nsync-keys: [emial]\n' }, { [SYNC_FILE]: changed });
    const invalid = await again({ label: 'not valid', syncFile: changed });
    expect(readable(invalid.summary)).toContain('The base’s sync file is not valid');

    // What the directory refuses of the base is what this pull request mends.
    github.propose({ [SYNC_FILE]: `${good}source: { filter: nonsense }\n` }, { [SYNC_FILE]: changed });
    const refused = await again({ label: 'a filter that Graph refuses', syncFile: changed });
    expect(refused.outputs).toMatchObject({ 'failure-reason': '', 'update-count': '1' });
    expect(readable(refused.summary)).toContain('The base’s sync file cannot be planned');

    github.parents.delete(COMMITS.run);
    const gone = await again({ label: 'GitHub has lost the merge commit', syncFile: changed });
    expect(gone.outputs).toMatchObject({ 'failure-reason': '', 'update-count': '1' });
    expect(gone.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('GitHub could not be asked for the base’s sync file') }]);
    expect(github.comments.filter(({ issue }) => issue === PULL_REQUEST)).toHaveLength(1);
    expect([tenant.users.size, instance.records.size]).toEqual([1, 1]);
  },
} satisfies Scenario;
