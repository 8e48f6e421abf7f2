import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { csvRowsOf } from '../support/report-files.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

const syncFile = `version: 1
sync-keys: [email]
fields:
  employee_type: employeeType
  left_on: employeeHireDate
  phone_number: { source: mobilePhone, when-empty: clear }
`;

export default {
  title: 'the bulk API makes and changes people in few calls, leaves what it cannot express to REST, and tells who was refused',
  inputs: { mode: 'apply', 'oomnitza-api': 'bulk', 'oomnitza-connector-name': 'Azureusers.EMEA' },
  writes: true,
  syncFile,
  arrange: ({ tenant, instance }) => {
    tenant.addUser({ displayName: 'Ada Byron', mobilePhone: '+44 20' });
    tenant.addUser({ displayName: 'Name Taken' });
    instance.addRecord({ email: 'someone.else@contoso.com', username: 'name.taken@contoso.com' });
    const synced = (name: string, more: Record<string, string>, differing: Record<string, string | number>): unknown =>
      addSyncedRecord(instance, tenant.addUser({ displayName: name, ...more }), differing);
    synced('Moved Person', { department: 'Research' }, { department: 'Sales', phone_number: '+44 1' });
    synced('Leaving Person', { employeeHireDate: '2030-01-31T00:00:00Z', employeeType: 'INT' }, { employee_type: 'EMP' });
    // The key is written in other letters, and keys are what the bulk API finds records by.
    synced('Key Changed', {}, { email: 'KEY.CHANGED@contoso.com' });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'create-count': '2', 'update-count': '3', 'fail-count': '1' });
    expect(bodiesOf(run, 'POST').filter((body) => JSON.stringify(body) !== '{}')).toMatchObject([
      { connector_name: 'Azureusers.EMEA', data_type: 'users', insert_only: true, update_only: false, sync_field: ['EMAIL'], records: [{ PHONE: '+44 20' }, { USER: 'name.taken@contoso.com', PERMISSIONS_ID: 25 }] },
      { insert_only: false, update_only: true, records: [{ EMAIL: 'leaving.person@contoso.com', [instance.field('left_on').internalId]: 1896048000 }, { EMAIL: 'moved.person@contoso.com', PHONE: null }] },
    ]);
    expect(bodiesOf(run, 'PATCH')).toEqual([{ email: 'key.changed@contoso.com' }]);
    const failed = new Set(csvRowsOf(run).flatMap(({ status, message, sync_key: key }) => (status === 'failed' ? [`${key ?? ''} ${message ?? ''}`] : [])));
    expect([...failed]).toEqual([expect.stringMatching(/^email=name\.taken@contoso\.com .*run log says.*Another user has the username/)]);
    expect(readable(run.summary)).toMatch(/experimental/);
    expect(instance.find(({ email }) => email === 'moved.person@contoso.com')).toMatchObject({ department: 'Research', phone_number: null });

    const next = await again({ label: 'nothing is left but the one who was refused', writes: true, inputs: { 'oomnitza-api': 'rest' } });
    expect(next.outputs).toMatchObject({ 'create-count': '1', 'update-count': '0' });
  },
} satisfies Scenario;
