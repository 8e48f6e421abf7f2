import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const syncFile = `version: 1
sync-keys: [email]
defaults: { role: Emploiee, position: Employee }
fields:
  left_on: accountEnabled
  employee_type: { source: employeeType, default: Robot }
  account_enabled: createdDateTime
  office: { value: ${'x'.repeat(300)} }
`;

export default {
  title: 'what the mapping can never give a field is told once, on its line, before anybody is read',
  world: { people: 3 },
  inputs: { mode: 'plan' },
  givenUp: 'microsoft',
  syncFile,
  verify: async ({ sandbox, run, again }) => {
    expect(run.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(run.annotations.filter(({ file }) => file !== undefined).map(({ line, col }) => [line, col])).toEqual([[3, 13], [5, 12], [6, 51], [7, 20], [8, 20]]);
    expect(run.requests.filter(({ service, path }) => service === 'oomnitza' && path === '/api/v3/users')).toEqual([]);
    const offline = { 'tenant-id': '', 'client-id': '', 'client-secret': '' };
    const validated = await again({ label: 'mode validate', inputs: { mode: 'validate', ...offline } });
    expect(validated.annotations.filter(({ file }) => file !== undefined)).toHaveLength(5);
    sandbox.instance.behaviour.metadata = false;
    expect((await again({ label: 'without metadata', inputs: { mode: 'validate', ...offline } })).outputs['failure-reason']).toBe('');
  },
} satisfies Scenario;
