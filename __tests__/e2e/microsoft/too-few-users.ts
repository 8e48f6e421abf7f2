import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'no users at all, or fewer than min-users, are an incomplete directory, never a reason to write',
  inputs: { mode: 'apply' },
  arrange: ({ instance }) => {
    instance.addRecord({ email: 'ada.byron@contoso.com' });
  },
  verify: async ({ sandbox: { tenant, instance }, run, again }) => {
    expect(run.outputs['failure-reason']).toBe('directory-incomplete');
    const syncFile = (least: number): string => `version: 1\nsync-keys: [email]\nsource: { min-users: ${least} }\n`;
    expect((await again({ label: 'none, and that is right', syncFile: syncFile(0) })).outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '0' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Grace Hopper' }));
    expect((await again({ label: 'one of two', syncFile: syncFile(2) })).outputs['failure-reason']).toBe('directory-incomplete');
    expect((await again({ label: 'one of one', syncFile: syncFile(1) })).outputs['failure-reason']).toBe('');
  },
} satisfies Scenario;
