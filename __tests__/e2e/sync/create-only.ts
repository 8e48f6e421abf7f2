import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { findingsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf, writesOf } from '../support/writes.ts';

export default {
  title: 'create-only creates who is missing, and leaves a record alone though it differs',
  inputs: { mode: 'apply' },
  syncFile: 'version: 1\nsync-keys: [email]\npreference: create-only\n',
  writes: true,
  arrange: ({ tenant, instance }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Grace Hopper', department: 'Navy' }), { department: 'Army' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Alan Turing' }));
  },
  verify: ({ sandbox, run }) => {
    expect(bodiesOf(run, 'POST')).toMatchObject([{ email: 'ada.byron@contoso.com' }]);
    expect(writesOf(run)).toHaveLength(1);
    expect(sandbox.instance.find(({ email }) => email === 'grace.hopper@contoso.com')).toMatchObject({ department: 'Army', version: 1 });
    expect(findingsOf(run)).toEqual(['skip preference grace.hopper@contoso.com']);
    expect(run.outputs).toMatchObject({ 'create-count': '1', 'update-count': '0', 'unchanged-count': '1', 'skip-count': '1' });
  },
} satisfies Scenario;
