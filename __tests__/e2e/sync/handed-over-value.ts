import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'an address that goes from one person to the next, and on to a third, is handed over in one apply',
  inputs: { mode: 'apply', concurrency: '8' },
  writes: true,
  syncFile: 'version: 1\nsync-keys: [external_id]\nfields: { external_id: employeeId }\n',
  arrange: ({ tenant, instance }) => {
    const chain = ['info', 'support', 'sales', 'press'];
    for (const [index, now] of chain.slice(0, -1).entries()) {
      const user = tenant.addUser({ displayName: `Person ${index}`, employeeId: `E${index}`, mail: `${now}@contoso.com` });
      addSyncedRecord(instance, user, { email: `${chain[index + 1] ?? ''}@contoso.com`, external_id: `E${index}` });
    }
    tenant.addUser({ displayName: 'Person New', employeeId: 'E9', mail: 'press@contoso.com' });
  },
  verify: ({ sandbox, run }) => {
    expect(run.outputs['fail-count']).toBe('0');
    const emails = [...sandbox.instance.records.values()].map(({ external_id, email }) => [external_id, email]);
    expect(Object.fromEntries(emails)).toEqual({ E0: 'info@contoso.com', E1: 'support@contoso.com', E2: 'sales@contoso.com', E9: 'press@contoso.com' });
  },
} satisfies Scenario;
