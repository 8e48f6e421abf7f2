import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { findingsOf, planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'the first key that finds a record wins, whatever its case and white space; two that disagree are a conflict',
  inputs: { mode: 'apply' },
  writes: true,
  syncFile: 'version: 1\nsync-keys: [external_id, email]\nfields: { external_id: employeeId }\n',
  arrange: ({ tenant, instance }) => {
    addSyncedRecord(instance, tenant.addUser({ displayName: 'By Number', employeeId: 'A7' }), { email: 'old.address@contoso.com', external_id: ' a7 ' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'By Mail', employeeId: 'B8' }), { email: 'BY.MAIL@contoso.com' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Torn Apart', employeeId: 'C9' }), { external_id: null });
    instance.addRecord({ email: 'another@contoso.com', external_id: 'C9' });
  },
  verify: ({ run }) => {
    expect(bodiesOf(run, 'PATCH')).toEqual([
      { email: 'by.mail@contoso.com', external_id: 'B8' },
      { email: 'by.number@contoso.com', external_id: 'A7' },
    ]);
    expect(planOf(run).changes.map(({ syncKey }) => syncKey)).toEqual(['email=by.mail@contoso.com', 'external_id=A7', 'external_id=C9']);
    expect(findingsOf(run)).toEqual(['conflict ambiguous-match torn.apart@contoso.com']);
  },
} satisfies Scenario;
