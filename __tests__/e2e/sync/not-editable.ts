import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'fields that the instance does not let anybody edit are told on their lines, until the input allows them',
  inputs: { mode: 'apply' },
  givenUp: 'microsoft',
  syncFile: `version: 1
sync-keys: [email]
fields:
  email: { source: [mail, userPrincipalName], required: true }
  payroll_number: { value: 4711 }
`,
  arrange: ({ tenant, instance }) => {
    instance.field('department').editable = false;
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Ada Byron', department: 'Research' }), { department: 'Sales' });
    tenant.addUser({ displayName: 'Bob Noll', department: 'Sales' });
  },
  verify: async ({ run, again }) => {
    expect(run.outputs['failure-reason']).toBe('invalid-sync-file');
    const [marked] = run.annotations;
    expect([marked?.line, marked?.col]).toEqual([5, 3]);
    expect(marked?.message).toContain('set the input `oomnitza-ignore-meta-restriction: true`');

    const without = { label: 'without the rule', writes: true, inputs: { mode: 'plan' }, syncFile: 'version: 1\nsync-keys: [email]\nfields:\n  email: [mail, userPrincipalName]\n' };
    expect((await again(without)).log).toContain('Left out of the preset, because the instance marks the field as not editable: department.');

    const allowed = await again({ label: 'with the input', writes: true, inputs: { mode: 'apply', 'oomnitza-ignore-meta-restriction': 'true' } });
    expect(bodiesOf(allowed, 'PATCH')).toEqual([{ payroll_number: '4711', department: 'Research' }]);
    expect(bodiesOf(allowed, 'POST')).toMatchObject([{ payroll_number: '4711', department: 'Sales' }]);
    expect(allowed.outputs['failure-reason']).toBe('');
  },
} satisfies Scenario;
