import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

const attributes = (three: string | null): Readonly<Record<string, string | null>> => ({ extensionAttribute1: null, extensionAttribute3: three });

export default {
  title: 'each kind of field rule gives a new person its value, and only mapped fields are sent',
  inputs: { mode: 'apply' },
  writes: true,
  syncFile: `version: 1
preset: none
sync-keys: [email]
defaults: { role: 31, cost_center: CC-0 }
fields:
  username: userPrincipalName
  email: [mail, userPrincipalName]
  cost_center: onPremisesExtensionAttributes.extensionAttribute3
  phone_number: { source: [mobilePhone, "businessPhones[0]"] }
  address: businessPhones
  external_id: { source: employeeId, required: true }
  office: { source: officeLocation, default: Remote }
  position: { value: Colleague, apply: on-create }
  employee_type: { source: employeeType, apply: if-empty }
  account_enabled: accountEnabled
`,
  arrange: ({ tenant }) => {
    const phones = { businessPhones: ['+46 8 1', '+46 8 2'], onPremisesExtensionAttributes: attributes('CC-77') };
    tenant.addUser({ displayName: 'Ada Byron', employeeId: '0042', mobilePhone: '+46 70 1', officeLocation: 'London', employeeType: 'CON', ...phones });
    tenant.addUser({ displayName: 'Grace Hopper', employeeId: '7', mail: null, mobilePhone: ' ', onPremisesExtensionAttributes: attributes(null), businessPhones: ['+1 2'] });
    tenant.addUser({ displayName: 'No Number', accountEnabled: true });
  },
  verify: ({ sandbox: { instance }, run }) => {
    const ada = { username: 'ada.byron@contoso.com', email: 'ada.byron@contoso.com', phone_number: '+46 70 1', address: '+46 8 1, +46 8 2', employee_type: 'CON' };
    const grace = { username: 'grace.hopper@contoso.com', email: 'grace.hopper@contoso.com', phone_number: '+1 2', address: '+1 2' };
    const everybody = { role: 31, position: 'Colleague', account_enabled: true };
    expect(bodiesOf(run, 'POST')).toEqual([
      { ...everybody, ...ada, external_id: '0042', cost_center: 'CC-77', office: 'London' },
      { ...everybody, ...grace, external_id: '7', cost_center: 'CC-0', office: 'Remote' },
    ]);
    expect(instance.records.size).toBe(2);
    expect(run.summary).toContain('A required field is empty');
    expect(run.outputs['skip-count']).toBe('1');
  },
} satisfies Scenario;
