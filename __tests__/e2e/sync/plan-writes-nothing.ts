import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a plan writes nothing, and tells field by field what would be written',
  inputs: { mode: 'plan' },
  arrange: ({ tenant, instance }) => {
    tenant.addUser({ displayName: 'Ada Byron', department: 'Research' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Grace Hopper', department: 'Navy' }), { department: 'Army', mail_nickname: null });
    tenant.addUser({ displayName: 'No Mail', mail: null, userPrincipalName: 'no.mail@contoso.com' });
  },
  verify: ({ run, keep }) => {
    expect(run.outputs).toMatchObject({ mode: 'plan', 'has-changes': 'true', 'fail-count': '0' });
    expect(run.summary).toContain('Plan: 1 person would be created, 1 updated; nothing was written');
    keep('changes.csv', run.file('changes.csv').replace('\uFEFF', ''));
    keep('plan.json', run.file('plan.json').replace(/"digest": "\w+"/, '"digest": "<digest>"'));
  },
} satisfies Scenario;
