import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { findingsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'protect keeps people from being changed and suspended: by user name, email, key value or Entra id, in any case of letters',
  inputs: { mode: 'apply' },
  writes: true,
  arrange: ({ tenant, instance }) => {
    for (const name of ['Uma', 'Eve', 'Kim', 'Ida', 'Zoe', 'Zed']) {
      const user = tenant.addUser({ displayName: `${name} Person`, department: 'Navy' });
      // Of Zed the user principal name alone is protected, which the record has nowhere.
      addSyncedRecord(instance, user, { department: 'Army', username: `${name}.login`.toLowerCase(), entra_object_id: user.id, ...(name === 'Zed' ? { email: 'zed@old.example' } : {}) });
    }
    return {
      syncFile: `version: 1
identity: entra_object_id
sync-keys: [mail_nickname]
fields: { account_enabled: null }
leavers: { disabled: suspend, missing: suspend }
protect: [nobody@contoso.com, "zed.person@contoso.com", UMA.Login, " Eve.Person@CONTOSO.com", KIM.person, "${tenant.user('ida.person@contoso.com').id.toUpperCase()}"]
`,
    };
  },
  verify: async ({ sandbox: { tenant, instance }, run, again }) => {
    const names = ['eve', 'ida', 'kim', 'uma', 'zed'];
    expect(run.log).toContain('`protect` has nobody@contoso.com that nobody in Oomnitza has');
    expect(findingsOf(run)).toEqual(names.map((name) => `skip protected ${name}.person@contoso.com`));
    expect(bodiesOf(run, 'PATCH')).toEqual([{ department: 'Navy', username: 'zoe.person@contoso.com' }]);

    for (const name of ['Uma', 'Eve', 'Zoe', 'Zed']) tenant.updateUser(`${name}.person@contoso.com`, { accountEnabled: false });
    for (const name of ['Kim', 'Ida']) tenant.deleteUser(`${name}.person@contoso.com`);
    const leaving = await again({ label: 'all of them leave', writes: true });
    expect(findingsOf(leaving)).toEqual([
      'suspend disabled zoe.person@contoso.com',
      ...['leaver disabled eve', 'leaver missing ida', 'leaver missing kim', 'leaver disabled uma', 'leaver disabled zed'].map((who) => `${who}.person@contoso.com`),
      ...names.map((name) => `skip protected ${name}.person@contoso.com`),
    ]);
    expect(bodiesOf(leaving, 'PATCH')).toEqual([{ suspended: true }]);
    expect([...instance.records.values()].filter(({ suspended }) => suspended === true)).toMatchObject([{ username: 'zoe.person@contoso.com' }]);
    expect([...instance.records.values()].filter(({ department }) => department === 'Army')).toHaveLength(names.length);
  },
} satisfies Scenario;
