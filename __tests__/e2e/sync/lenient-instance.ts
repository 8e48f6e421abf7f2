import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'an instance that spells its values differently and knows people by their user names alone is synced as well',
  inputs: { mode: 'apply' },
  writes: true,
  syncFile: 'version: 1\nsync-keys: [email]\nfields: { role: { value: 25, apply: always }, left_on: createdDateTime }\n',
  arrange: ({ tenant, instance }) => {
    Object.assign(instance.behaviour, { roles: 'text', booleans: 'digit', flags: 'True', address: 'username', caseSensitiveFilters: true });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Ada Byron' }), { left_on: 1_614_585_600 });
    const renamed = tenant.addUser({ displayName: 'Grace Hopper', mail: 'grace@contoso.com' });
    addSyncedRecord(instance, renamed, { username: 'grace/murray hopper', left_on: 1_614_585_600 });
  },
  verify: async ({ run, again }) => {
    expect(run.outputs).toMatchObject({ 'unchanged-count': '1', 'update-count': '1', 'fail-count': '0' });
    expect(bodiesOf(run, 'PATCH')).toEqual([{ username: 'grace@contoso.com' }]);
    expect((await again({ label: 'the next run' })).outputs['has-changes']).toBe('false');
  },
} satisfies Scenario;
