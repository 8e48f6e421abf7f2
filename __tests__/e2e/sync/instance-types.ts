import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { csvRowsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'apply, every value goes out in the form that its field takes, and one that does not fit leaves out that field alone',
  inputs: { mode: 'apply' },
  writes: true,
  syncFile: `version: 1
preset: none
sync-keys: [email]
defaults: { role: employee }
fields:
  username: userPrincipalName
  email: { source: mail, required: true }
  role: { source: state, apply: on-create }
  employee_type: employeeType
  floor: officeLocation
  parking: postalCode
  left_on: employeeId
  office: city
  address: streetAddress
`,
  arrange: ({ tenant, instance }) => {
    instance.addField({ name: 'floor', type: 'integer' });
    instance.addField({ name: 'parking', type: 'boolean' });
    tenant.addUser({ displayName: 'Ada Byron', state: 'IT agent', employeeType: 'contractor', officeLocation: ' 07 ', postalCode: 'TRUE', employeeId: '2026-03-31T23:30:00-02:00', city: 'x'.repeat(256), streetAddress: 'y'.repeat(1024) });
    tenant.addUser({ displayName: 'Bob Noll', employeeType: 'Freelancer', officeLocation: 'top', postalCode: 'perhaps', employeeId: 'E-17', city: 'x'.repeat(257), streetAddress: 'y'.repeat(1025) });
    tenant.addUser({ displayName: 'Cyd Eve', state: 'Wizard', employeeType: 'INT' });
    const dan = tenant.addUser({ displayName: 'Dan Fox', employeeType: 'Employee', officeLocation: '3', postalCode: '1', employeeId: '2026-03-31' });
    addSyncedRecord(instance, dan, { employee_type: 'EMP', floor: 3, parking: true, left_on: 1774915200, office: null });
    const eve = tenant.addUser({ displayName: 'Eve Gil', employeeType: 'Robot', officeLocation: '4' });
    addSyncedRecord(instance, eve, { employee_type: 'CON', floor: 3, office: null });
  },
  verify: async ({ run, again, keep }) => {
    expect(bodiesOf(run, 'POST')).toEqual([
      expect.objectContaining({ role: 31, employee_type: 'CON', floor: 7, parking: true, left_on: '2026-04-01T01:30:00Z', office: 'x'.repeat(256), address: 'y'.repeat(1024) }),
      { username: 'bob.noll@contoso.com', email: 'bob.noll@contoso.com', role: 25 },
    ]);
    expect(bodiesOf(run, 'PATCH')).toEqual([{ floor: 4 }]);
    keep('skips', csvRowsOf(run).filter(({ action }) => action === 'skip').map(({ user_principal_name: who, reason, field, before, message }) => [who, reason, field, before, message].join(' | ')).join('\n'));
    expect((await again({ label: 'the next run' })).outputs['has-changes']).toBe('false');
  },
} satisfies Scenario;
