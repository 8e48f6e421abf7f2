import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a look-up that one part of an answer refuses ends the run: an error is never an absence',
  inputs: { mode: 'apply' },
  syncFile: 'version: 1\nidentity: entra_object_id\nleavers: { missing: suspend }\n',
  arrange: ({ tenant, instance, graph }) => {
    for (const name of ['Ada Byron', 'Del Deleted']) {
      const user = tenant.addUser({ displayName: name });
      addSyncedRecord(instance, user, { entra_object_id: user.id, department: 'Old' });
    }
    tenant.deleteUser('del.deleted@contoso.com');
    graph.spoilPart = (url) => (url.startsWith('/directory/') ? { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' } } } : undefined);
  },
  verify: async ({ sandbox: { graph }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'permission', 'plan-path': '' });
    graph.spoilPart = () => undefined;
    const good = await again({ writes: true, label: 'without that' });
    expect(good.outputs).toMatchObject({ 'suspend-count': '1', 'failure-reason': '' });
  },
} satisfies Scenario;
