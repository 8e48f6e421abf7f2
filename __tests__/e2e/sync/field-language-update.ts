import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'apply, when-empty and a removed preset rule decide what an update touches',
  inputs: { mode: 'apply' },
  writes: true,
  syncFile: `version: 1
sync-keys: [email]
fields:
  role: { value: 31, apply: on-create }
  office: { source: officeLocation, apply: if-empty }
  phone_number: { source: mobilePhone, when-empty: clear }
  department: null
  external_id: employeeId
`,
  arrange: ({ tenant, instance }) => {
    const ada = tenant.addUser({ displayName: 'Ada Byron', department: 'Research', officeLocation: 'London' });
    addSyncedRecord(instance, ada, { department: 'Kept', office: 'Paris', phone_number: '+46 70 1', external_id: 'kept', role: 5 });
    const grace = tenant.addUser({ displayName: 'Grace Hopper', officeLocation: 'Arlington', mobilePhone: '+1 2', employeeId: '0042' });
    addSyncedRecord(instance, grace, { office: '', phone_number: '+1 2', external_id: '42' });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect(bodiesOf(run, 'PATCH')).toEqual([{ phone_number: null }, { external_id: '0042', office: 'Arlington' }]);
    expect(instance.find(({ first_name }) => first_name === 'Ada')).toMatchObject({ department: 'Kept', office: 'Paris', phone_number: null, external_id: 'kept', role: 5 });
    expect((await again({ label: 'the next run' })).outputs['has-changes']).toBe('false');
  },
} satisfies Scenario;
