import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { findingsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'whoever is in conflict or skipped is reported with the reason, and nothing is written for them',
  inputs: { mode: 'apply' },
  syncFile: `version: 1
sync-keys: [email, username]
fields:
  username: { source: employeeId }
  first_name: { source: givenName, required: true }
  office: { source: streetAddress, convert: epoch_seconds }
`,
  arrange: ({ tenant, instance }) => {
    const person = (name: string, more = {}): ReturnType<typeof tenant.addUser> => tenant.addUser({ displayName: `${name} Person`, userPrincipalName: `${name}@contoso.com`, ...more });
    person('nameless', { givenName: null });
    person('keyless', { mail: null });
    person('disabled', { accountEnabled: false });
    addSyncedRecord(instance, person('twice', { mail: 'twice@contoso.com' }), { username: 'twice1' });
    instance.addRecord({ email: 'TWICE@contoso.com', username: 'twice2' });
    person('same1', { mail: 'same@contoso.com' });
    person('same2', { mail: 'same@contoso.com' });
    addSyncedRecord(instance, person('torn', { employeeId: 'other' }), { username: 'torn' });
    instance.addRecord({ email: 'other@contoso.com', username: 'other' });
    instance.addRecord({ email: person('archived').mail, deleted: 1_700_000_000 });
    addSyncedRecord(instance, person('timeless', { employeeId: 'timeless', streetAddress: 'Main Street' }), { office: 'Kept', username: 'timeless' });
  },
  verify: ({ run, keep }) => {
    expect(findingsOf(run)).toEqual([
      'conflict archived-target archived@contoso.com',
      'conflict duplicate-source same1@contoso.com',
      'conflict duplicate-source same2@contoso.com',
      'conflict ambiguous-match torn@contoso.com',
      'conflict duplicate-target twice@contoso.com',
      'skip disabled disabled@contoso.com',
      'skip missing-sync-key keyless@contoso.com',
      'skip missing-required nameless@contoso.com',
      'skip invalid-value timeless@contoso.com',
    ]);
    expect(run.outputs).toMatchObject({ 'conflict-count': '5', 'skip-count': '3', 'unchanged-count': '1', 'directory-count': '9' });
    keep('changes.csv', run.file('changes.csv').replace('\uFEFF', '').replaceAll(/[0-9a-f]{32}/g, '<record>').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<user>'));
  },
} satisfies Scenario;
