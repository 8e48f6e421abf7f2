import { expect } from '@jest/globals';
import { planOf } from '../support/report-files.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'with Intune, users who have a managed device are kept in step, with what their devices are',
  world: { permissions: ['User.Read.All', 'DeviceManagementManagedDevices.Read.All'] },
  inputs: { mode: 'plan', concurrency: '1' },
  syncFile: `version: 1
source: { kind: intune }
sync-keys: [email]
fields:
  laptop: devices[0].deviceName
  serial_numbers: { expression: 'user.devices.map(device, device.serialNumber)' }
  compliant: { expression: 'user.devices.all(device, device.complianceState == "compliant")' }
`,
  arrange: ({ tenant, instance, graph }) => {
    const [ada, ben] = ['Ada Byron', 'Ben Cole', 'Cyd Dunn'].map((displayName) => tenant.addUser({ displayName, officeLocation: 'Oslo', mobilePhone: '+47 1' }).id);
    tenant.addDevice({ userId: ada ?? '', deviceName: 'ADA-OLD', serialNumber: 'A1', enrolledDateTime: '2022-05-01T00:00:00Z', complianceState: 'noncompliant' });
    tenant.addDevice({ userId: ada ?? '', deviceName: 'ADA-NEW', serialNumber: 'A2', enrolledDateTime: '2025-05-01T00:00:00Z' });
    tenant.addDevice({ userId: ben ?? '', deviceName: 'BEN', serialNumber: 'B1' });
    tenant.addDevice({ userId: '', deviceName: 'KIOSK' });
    tenant.addDevice({ userId: '', deviceName: 'LOBBY' });
    for (const name of ['laptop', 'serial_numbers', 'compliant', 'microsoft_intune_user_id', 'office_location']) instance.addField({ name, label: name });
    graph.devicesPerPage = 2;
  },
  verify: async ({ sandbox: { tenant }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'directory-count': '2', 'create-count': '2' });
    const values = planOf(run).changes.map(({ fields }) => Object.fromEntries(fields.map(({ field, after }) => [field, after])));
    expect(values).toMatchObject([
      { laptop: 'ADA-NEW', serial_numbers: 'A2, A1', compliant: 'false', office_location: 'Oslo', microsoft_intune_user_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { laptop: 'BEN', serial_numbers: 'B1', compliant: 'true', phone_number: '+47 1' },
    ]);
    expect(readable(run.summary)).toContain('2 managed devices have no user and are left out.');
    tenant.intune = false;
    const unlicensed = await again({ label: 'without Intune', givenUp: 'oomnitza' });
    tenant.intune = true;
    const app = [...tenant.apps.values()][0];
    app?.appRoles.delete('DeviceManagementManagedDevices.Read.All');
    const refused = await again({ label: 'without the permission for devices', givenUp: 'oomnitza' });
    expect([unlicensed, refused].map(({ outputs }) => outputs['failure-reason'])).toEqual(['permission', 'permission']);
    app?.appRoles.delete('User.Read.All');
    const validated = await again({ label: 'validate without any permission', inputs: { mode: 'validate' }, givenUp: 'oomnitza' });
    expect(validated.annotations.at(-1)?.message).toContain('User.Read.All for reading users and DeviceManagementManagedDevices.Read.All for `source.kind: intune`');
  },
} satisfies Scenario;
