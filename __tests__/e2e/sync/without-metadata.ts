import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'without metadata the fields of the people read count: the preset adapts, a field of the user’s own is an error',
  world: { metadata: false },
  inputs: { mode: 'apply' },
  writes: true,
  arrange: ({ tenant, instance }) => {
    instance.removeField('mail_nickname');
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Ada Byron', department: 'Research' }), { department: 'Sales' });
  },
  verify: async ({ run, again }) => {
    expect(bodiesOf(run, 'PATCH')).toEqual([{ department: 'Research' }]);
    expect(readable(run.summary)).toMatch(/does not tell which fields it has.*Left out of the preset.*mail_nickname/s);
    const next = await again({ label: 'with a field of its own', syncFile: 'version: 1\nsync-keys: [email]\nfields: { mail_nickname: mailNickname }\n' });
    expect(next.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(next.annotations).toContainEqual(expect.objectContaining({ file: '.github/oomnitza-user-sync.yml', line: 3, col: 11 }));
  },
} satisfies Scenario;
