import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { csvRowsOf, statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

const syncFile = `version: 1
sync-keys: [email]
fields:
  phone_number: mobilePhone
  left_on: employeeHireDate
  employee_type: employeeType
  account_enabled: null
leavers: { disabled: suspend }
`;

export default {
  title: 'what Oomnitza keeps in another form, and what others did between reading and writing, is told by name and number',
  inputs: { mode: 'apply' },
  syncFile,
  writes: true,
  arrange: ({ tenant, instance, faults }) => {
    instance.field('phone_number').stores = (value) => String(value).replaceAll(' ', '');
    const user = (displayName: string): Parameters<typeof tenant.addUser>[0] => ({ displayName, mobilePhone: '+44 1632 960', employeeHireDate: '2024-02-29T00:00:00Z', employeeType: 'Contractor' });
    tenant.addUser(user('Nina New'));
    const others = ['Ada Archived', 'Eve Edited', 'Gil Gone', 'Pia Plain'].map((name) => addSyncedRecord(instance, tenant.addUser(user(name))));
    const leavers = ['Sue Archived', 'Sid Gone', 'Sam Plain'].map((name) => addSyncedRecord(instance, tenant.addUser({ displayName: name })));
    for (const { email } of leavers) tenant.updateUser(String(email), { accountEnabled: false });
    const [ada, eve, gil] = others.map((record) => record.user_id);
    const [sue, sid] = leavers.map((record) => record.user_id);
    const meanwhile = (body: unknown): unknown => {
      if (ada !== undefined) instance.updateRecord(ada, { deleted: 1709164800 });
      if (eve !== undefined) instance.updateRecord(eve, { username: 'eve.else@contoso.com' });
      if (gil !== undefined) instance.removeRecord(gil);
      if (sue !== undefined) instance.updateRecord(sue, { deleted: 1709164800 });
      if (sid !== undefined) instance.removeRecord(sid);
      return body;
    };
    // The second probe is that of the apply; it is answered as ever.
    faults.add({ service: 'oomnitza', path: '/api/v2/mappings', after: 1, replace: meanwhile });
  },
  verify: async ({ sandbox: { instance }, run, keep, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'fail-count': '2', 'create-count': '1', 'update-count': '4', 'suspend-count': '3' });
    expect(instance.find(({ email }) => email === 'sam.plain@contoso.com')).toMatchObject({ suspended: true });
    expect(Object.keys(statusesOf(run)).sort()).toEqual(['applied', 'failed']);
    keep('messages', [...new Set(csvRowsOf(run).map(({ user_principal_name: name, status, message }) => `${name ?? ''} ${status ?? ''}: ${message ?? ''}`))].join('\n'));
    keep('notices', run.log.split('\n').filter((line) => /^(Oomnitza keeps|Between)/.test(line)).join('\n'));
    expect(run.summary).toContain('every run finds the same difference again');
    const next = await again({ label: 'the next run', inputs: { mode: 'plan' }, writes: false });
    expect(csvRowsOf(next).filter(({ action }) => action === 'update').map(({ field }) => field)).toContain('phone_number');
  },
} satisfies Scenario;
