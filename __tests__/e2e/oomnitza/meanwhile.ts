import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'records that somebody deletes, archives, renames or edits between reading and writing are reported, and nothing else is harmed, though people are known by their user names',
  inputs: { mode: 'apply', 'max-failures': '2' },
  writes: true,
  arrange: ({ tenant, instance, faults }) => {
    instance.behaviour.address = 'username';
    const people = ['Ada', 'Bea', 'Cleo', 'Dora', 'Eve', 'Finn'].map((name) => addSyncedRecord(instance, tenant.addUser({ displayName: `${name} Person`, department: 'Navy' }), { department: 'Army' }));
    const [ada, bea, cleo, dora, eve] = people.map(({ user_id }) => user_id);
    if (ada === undefined || bea === undefined || cleo === undefined || dora === undefined || eve === undefined) throw new Error('too few');
    // As soon as the list is read, and before the first change is written.
    faults.add({
      service: 'oomnitza',
      path: '/api/v3/users?',
      replace: (page) => {
        instance.removeRecord(bea);
        instance.updateRecord(ada, { deleted: 1_780_000_000 });
        instance.updateRecord(cleo, { username: 'cleo.married@contoso.com' });
        instance.updateRecord(dora, { position: 'Captain' });
        instance.updateRecord(eve, { department: 'Navy' });
        return page;
      },
    });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect(planOf(run).changes.map(({ status, message }) => `${status}: ${message}`)).toEqual([
      'applied: written, but the record was archived in Oomnitza after it had been read',
      expect.stringMatching(/^failed: the record is not there any more, or has another user name by now/),
      expect.stringMatching(/^failed: the record is not there any more, or has another user name by now/),
      'applied: written, but somebody else, or a rule of the instance, changed the record after it had been read',
      'applied: ',
      'applied: ',
    ]);
    expect(run.outputs).toMatchObject({ 'fail-count': '2', 'failure-reason': '' });
    expect(run.summary).toMatch(/Between reading and writing/);
    const records = instance.records.values().toArray();
    expect(records.map(({ department }) => department)).toEqual(['Navy', 'Army', 'Navy', 'Navy', 'Navy']);
    expect(records.map(({ username, position }) => `${username} ${String(position)}`)).toContain('dora.person@contoso.com Captain');

    const next = await again({ label: 'the next run', writes: true });
    expect(planOf(next).changes.map(({ action, userPrincipalName, reason }) => `${action} ${userPrincipalName} ${reason ?? ''}`.trim())).toEqual([
      'create bea.person@contoso.com',
      'update cleo.person@contoso.com',
      'conflict ada.person@contoso.com archived-target',
    ]);
  },
} satisfies Scenario;
