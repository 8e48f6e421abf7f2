import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { bodiesOf, writesOf } from '../support/writes.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'the first apply creates, updates, and leaves the rest alone; the next one finds nothing to do',
  inputs: { mode: 'apply', concurrency: '8', 'artifact-name': 'oomnitza-user-sync' },
  writes: true,
  arrange: ({ tenant, instance }) => {
    tenant.addUser({ displayName: 'Ada Byron', department: 'Research' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Grace Hopper', department: 'Navy', jobTitle: 'Admiral' }), { department: 'Army', role: 31 });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Alan Turing', jobTitle: 'Fellow' }), { role: 5, cost_center: 'CC-7' });
    instance.addRecord({ email: 'somebody@else.example', department: 'Elsewhere' });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect(bodiesOf(run, 'POST')).toEqual([
      {
        account_enabled: true,
        department: 'Research',
        email: 'ada.byron@contoso.com',
        first_name: 'Ada',
        last_name: 'Byron',
        mail_nickname: 'ada.byron',
        position: 'Employee',
        role: 25,
        username: 'ada.byron@contoso.com',
      },
    ]);
    expect(bodiesOf(run, 'PATCH')).toEqual([{ department: 'Navy' }]);
    expect(instance.records.size).toBe(4);
    const record = (email: string): unknown => instance.find((candidate) => candidate['email'] === email);
    expect(record('ada.byron@contoso.com')).toMatchObject({ position: 'Employee', role: 25, department: 'Research' });
    expect(record('grace.hopper@contoso.com')).toMatchObject({ position: 'Admiral', role: 31, department: 'Navy', version: 2 });
    expect(record('alan.turing@contoso.com')).toMatchObject({ role: 5, cost_center: 'CC-7', version: 1 });
    expect(record('somebody@else.example')).toMatchObject({ department: 'Elsewhere', version: 1 });

    const next = await again({ label: 'the next run' });
    expect(writesOf(next)).toEqual([]);
    expect(next.outputs).toMatchObject({ 'has-changes': 'false', 'unchanged-count': '3' });
    expect(next.summary).toContain('Nothing to change; 3 users compared');
  },
} satisfies Scenario;
