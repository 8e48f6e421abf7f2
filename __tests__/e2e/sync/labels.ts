import { expect } from '@jest/globals';
import { csvRowsOf, planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

const syncFile = `version: 1
sync-keys: [Work mail]
preset: none
defaults: { Permission: 25, Position: Employee }
fields:
  Login: userPrincipalName
  Work mail: mail
  Cost center: department
  Left on: { source: employeeHireDate, required: true }
`;

export default {
  title: 'a sync file may name fields by their labels; reports and writes have their names',
  inputs: { mode: 'apply' },
  syncFile,
  writes: true,
  arrange: ({ tenant, instance }) => {
    for (const [name, label] of [['username', 'Login'], ['email', 'Work mail'], ['role', 'Permission'], ['office', 'Place'], ['address', 'Place']] as const) instance.field(name).label = label;
    tenant.addUser({ displayName: 'Nina New', department: 'Navy', employeeHireDate: '2024-02-29T00:00:00Z' });
    tenant.addUser({ displayName: 'Ned None' });
    const bea = tenant.addUser({ displayName: 'Bea Born', department: 'Navy', employeeHireDate: '2024-02-29T00:00:00Z' });
    instance.addRecord({ username: bea.userPrincipalName, email: bea.mail ?? '', cost_center: 'Army', left_on: 1709164800 });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect(bodiesOf(run, 'POST')).toEqual([{ cost_center: 'Navy', email: 'nina.new@contoso.com', left_on: '2024-02-29T00:00:00Z', position: 'Employee', role: 25, username: 'nina.new@contoso.com' }]);
    expect(bodiesOf(run, 'PATCH')).toEqual([{ cost_center: 'Navy' }]);
    expect(planOf(run).changes.map(({ syncKey }) => syncKey)).toEqual(['email=nina.new@contoso.com', 'email=bea.born@contoso.com', 'email=ned.none@contoso.com']);
    expect(csvRowsOf(run).at(-1)?.['message']).toBe('`left_on` is required, and `employeeHireDate` is empty');
    expect((await again({ label: 'the next run', writes: false })).outputs['has-changes']).toBe('false');
    await again({ label: 'explained', inputs: { mode: 'plan', explain: 'bea.born@contoso.com' }, writes: false });
    await again({ label: 'unclear', syncFile: `${syncFile}  Place: city\n  cost_center: city\n`, inputs: { mode: 'validate' }, writes: false });
    instance.behaviour.metadata = false;
    await again({ label: 'without metadata', writes: false });
  },
} satisfies Scenario;
