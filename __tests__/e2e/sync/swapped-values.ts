import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'of two people who swap their addresses one is refused, the other is not attempted for that, and others are written',
  inputs: { mode: 'apply', concurrency: '8' },
  writes: true,
  syncFile: 'version: 1\nsync-keys: [external_id]\nfields: { external_id: employeeId }\n',
  arrange: ({ tenant, instance }) => {
    const add = (id: string, mail: string, before: string): unknown =>
      addSyncedRecord(instance, tenant.addUser({ displayName: `Person ${id}`, employeeId: id, mail }), { external_id: id, email: before });
    add('E1', 'one@contoso.com', 'two@contoso.com');
    add('E2', 'two@contoso.com', 'one@contoso.com');
    add('E3', 'three@contoso.com', 'drei@contoso.com');
  },
  verify: ({ sandbox, run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'fail-count': '1' });
    expect(statusesOf(run)).toEqual({ applied: 1, failed: 1, 'not-attempted': 1 });
    expect([...sandbox.instance.records.values()].map(({ email }) => email)).toEqual(['two@contoso.com', 'one@contoso.com', 'three@contoso.com']);
  },
} satisfies Scenario;
