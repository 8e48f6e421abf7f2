import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { findingsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf, writesOf } from '../support/writes.ts';

export default {
  title: 'update-only changes who is there, creates nobody, and needs no role',
  inputs: { mode: 'apply' },
  syncFile: 'version: 1\nsync-keys: [email]\npreference: update-only\ndefaults: {}\n',
  writes: true,
  arrange: ({ tenant, instance }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Grace Hopper', department: 'Navy' }), { department: 'Army' });
  },
  verify: ({ sandbox, run }) => {
    expect(bodiesOf(run, 'PATCH')).toEqual([{ department: 'Navy' }]);
    expect(writesOf(run)).toHaveLength(1);
    expect(sandbox.instance.records.size).toBe(1);
    expect(findingsOf(run)).toEqual(['skip preference ada.byron@contoso.com']);
    expect(run.outputs).toMatchObject({ 'create-count': '0', 'update-count': '1', 'skip-count': '1' });
  },
} satisfies Scenario;
