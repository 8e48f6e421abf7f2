import { expect } from '@jest/globals';
import { PULL_REQUEST } from '../../../sandbox/index.ts';
import { rowOf, SYNC_FILE, walksOf } from '../support/proposals.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

const before = 'version: 1\nsync-keys: [email]\n';
const after = 'version: 1\nsync-keys: [email]\nsource: { min-users: 2 }\nfields:\n  cost_center: employeeId\n  mail_nickname: null\n';

export default {
  title: 'a change of the mapping is told apart from what it stops and from what was pending anyway, over one read of both sides',
  inputs: { mode: 'auto' },
  event: { name: 'pull_request' },
  syncFile: after,
  arrange: (sandbox) => {
    const { tenant, instance, github } = sandbox;
    github.permissions.add('pull-requests');
    github.propose({ [SYNC_FILE]: before }, { [SYNC_FILE]: after });
    tenant.addUser({ displayName: 'Ada Byron', employeeId: 'CC-100', department: 'IT' });
    tenant.addUser({ displayName: 'Grace Hopper', department: 'IT', mailNickname: 'amazing' });
    tenant.addUser({ displayName: 'Alan Turing', employeeId: 'CC-300', department: 'IT' });
    tenant.addUser({ displayName: 'Mary Shelley', mail: null });
    sandbox.syncAll();
    // Not there yet, and only there.
    tenant.addUser({ displayName: 'Zoë Newcomer', employeeId: 'CC-400', department: 'IT' });
    for (const record of instance.records.values()) {
      if (record.email?.toString().startsWith('ada')) instance.updateRecord(record.user_id, { department: 'Sales' });
      if (record.email?.toString().startsWith('grace')) instance.updateRecord(record.user_id, { mail_nickname: 'captain' });
    }
    return undefined;
  },
  verify: async ({ sandbox: { github }, run, again, keep }) => {
    expect(run.outputs).toMatchObject({ mode: 'plan', 'create-count': '1', 'update-count': '2', 'failure-reason': '' });
    expect(walksOf(run)).toEqual({ users: 1, people: 1 });
    expect(rowOf(run.summary, '**Records**')).toEqual(['3', '2', '2']);
    expect(rowOf(run.summary, 'People to update')).toEqual(['2', '1', '1']);
    expect(rowOf(run.summary, 'People created anyway, with other values')).toEqual(['1', '1', '0']);
    expect(rowOf(readable(run.summary), 'cost_center')).toEqual(['3', '0', '0']);
    expect(rowOf(readable(run.summary), 'department')).toEqual(['0', '0', '2']);

    const [comment, ...others] = github.comments;
    expect(others).toEqual([]);
    expect(comment).toMatchObject({ issue: PULL_REQUEST, author: 'github-actions[bot]' });
    expect(rowOf(readable(comment?.body ?? ''), 'cost_center')).toEqual(['3', '0', '0']);
    expect(comment?.body).not.toMatch(/contoso\.com|CC-|Ada|Grace|Sales|captain|amazing/);
    keep('the comment', comment?.body ?? '');

    const filtered = await again({ label: 'the filter is changed as well', syncFile: after.replace('min-users: 2', "filter: department eq 'IT'") });
    expect(walksOf(filtered)).toEqual({ users: 2, people: 1 });
    expect(github.comments).toHaveLength(1);

    const limited = (file: string, updates: number): string => `${file}limits: { updates: ${updates} }\n`;
    const renaming = `${before}fields: { first_name: displayName }\n`;
    github.propose({ [SYNC_FILE]: limited(before, 2) }, { [SYNC_FILE]: limited(renaming, 2) });
    const beyond = await again({ label: 'a limit that it exceeds', syncFile: limited(renaming, 2) });
    expect(beyond.outputs['failure-reason']).toBe('limits-exceeded');
    expect(github.comments[0]?.body).toContain('Failure reason: <code>limits-exceeded</code>');
    github.propose({ [SYNC_FILE]: limited(before, 1) }, { [SYNC_FILE]: limited(renaming, 1) });
    const anyway = await again({ label: 'a limit that is exceeded anyway', syncFile: limited(renaming, 1) });
    expect(anyway.outputs['failure-reason']).toBe('');
    expect(anyway.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('Exceeded without this proposal as well') }]);
    github.propose({ [SYNC_FILE]: before }, { [SYNC_FILE]: after });

    const off = await again({ label: 'the sync is switched off', syncFile: `${after}enabled: false\n` });
    expect(off.outputs).toMatchObject({ 'directory-count': '0', 'update-count': '0', 'failure-reason': '' });
    expect(rowOf(off.summary, '**Records**')).toEqual(['0', '3', '0']);
    expect(github.comments[0]?.body).toContain('Switched off');

    const wrong = await again({ label: 'a mistake', syncFile: 'version: 1\nsync-keys: [emial]\n' });
    expect(wrong.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('the sync file has mistakes');
  },
} satisfies Scenario;
