import { expect } from '@jest/globals';
import { standardValues } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

const file = (more: string): string => `version: 1
identity: entra_object_id
leavers: { disabled: suspend, missing: suspend }
limits: { shrink: none }
${more}`;
const admins = '8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a36';
const olds = '8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a37';
const group = '8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35';

export default {
  title: 'a filter, a group or a scope that is narrowed to a single user suspends nobody, though no limit would',
  inputs: { mode: 'apply' },
  world: { people: 45, oomnitzaCoverage: 1, difference: 0, permissions: ['User.Read.All', 'GroupMember.Read.All'], syncedValues: (user) => ({ ...standardValues(user), entra_object_id: user.id }) },
  syncFile: file(''),
  arrange: ({ tenant }) => {
    const [first] = tenant.users.values();
    tenant.addGroup({ id: group, displayName: 'One', members: [first?.id ?? ''] });
  },
  verify: async ({ sandbox: { tenant, instance, faults }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'unchanged-count': '45', 'leaver-count': '0', 'failure-reason': '' });
    const suspended = (): number => [...instance.records.values()].filter((record) => record['suspended'] === true).length;
    const before = suspended();
    const name = [...tenant.users.values()][0]?.userPrincipalName ?? '';
    for (const narrowed of [`source: { filter: "userPrincipalName eq '${name}'" }`, `source: { groups: [${group}] }`, `scope: user.userPrincipalName == "${name}"`]) {
      const narrow = await again({ label: narrowed, syncFile: file(narrowed) });
      expect(narrow.outputs).toMatchObject({ 'scope-count': '1', 'suspend-count': '0', 'leaver-count': '0', 'failure-reason': '' });
      expect(writesOf(narrow)).toEqual([]);
      // Whoever was not read is asked for, twenty at a time; but whose record is suspended already.
      expect(narrow.requests.filter(({ path }) => path === '/v1.0/$batch')).toHaveLength(narrowed.startsWith('source') ? Math.ceil((44 - before) / 20) : 0);
      expect(narrow.summary.includes('Users who were not read and are still in the directory')).toBe(narrowed.startsWith('source'));
    }
    expect(suspended()).toBe(before);

    // An administrator's account that is disabled shares the address of somebody whose record carries no id yet.
    const [, active] = tenant.users.values();
    const record = instance.find((each) => each['entra_object_id'] === active?.id);
    const admin = tenant.addUser({ displayName: 'Adm Admin', userPrincipalName: 'adm@contoso.com', mail: active?.mail ?? '', accountEnabled: false });
    instance.updateRecord(String(record?.user_id), { entra_object_id: null });
    tenant.addGroup({ id: admins, displayName: 'Admins', members: [admin.id] });
    for (const narrowed of ["source: { filter: \"userPrincipalName eq 'adm@contoso.com'\" }", `source: { groups: [${admins}] }`, 'scope: user.userPrincipalName == "adm@contoso.com"']) {
      const narrow = await again({ label: `shared address, ${narrowed}`, syncFile: file(narrowed).replace('identity: entra_object_id', 'identity: entra_object_id\nsync-keys: [email]') });
      expect(narrow.outputs).toMatchObject({ 'scope-count': '1', 'suspend-count': '0', 'leaver-count': '1', 'skip-count': '1', 'failure-reason': '' });
      expect(writesOf(narrow)).toEqual([]);
    }
    // Where nobody is suspended yet, the record must not become that of the disabled account either.
    const reporting = file('sync-keys: [email]').replace('disabled: suspend', 'disabled: report');
    const only = await again({ label: 'shared address, only reported', syncFile: reporting, inputs: { mode: 'apply', only: 'adm@contoso.com' }, writes: true });
    expect(only.outputs).toMatchObject({ 'scope-count': '1', 'update-count': '1', 'leaver-count': '1', 'failure-reason': '' });
    expect(instance.record(String(record?.user_id))).toMatchObject({ username: active?.userPrincipalName, entra_object_id: null, first_name: 'Adm' });
    // Accounts that were made anew are out of scope, since nobody filled in the department yet; the old ones are deleted or disabled.
    const [, , gone, disabled] = [...tenant.users.values()];
    tenant.deleteUser(gone?.id ?? '');
    tenant.updateUser(disabled?.id ?? '', { accountEnabled: false, department: 'Old', userPrincipalName: 'old@contoso.com' });
    for (const old of [gone, disabled]) tenant.addUser({ displayName: old?.displayName ?? '', userPrincipalName: old?.userPrincipalName ?? '', mail: old?.mail ?? null, department: 'New' });
    tenant.addGroup({ id: olds, displayName: 'Old', members: [disabled?.id ?? ''] });
    const keyed = (narrowed: string): string => file(narrowed).replace('identity: entra_object_id', 'identity: entra_object_id\nsync-keys: [email]');
    const computed = 'fields: { email: { expression: "user.mail.lowerAscii()" } }';
    for (const narrowed of ['scope: user.department == "Old"', `source: { filter: "department eq 'Old'" }`, `source: { groups: [${olds}] }`, `source: { groups: [${olds}] }\n${computed}`]) {
      const anew = await again({ label: `made anew, ${narrowed}`, syncFile: keyed(narrowed), inputs: { mode: 'plan' } });
      expect(anew.outputs).toMatchObject({ 'scope-count': '1', 'suspend-count': '0', 'leaver-count': '2', 'failure-reason': '' });
      // Whoever has the address of somebody who would be suspended is asked for; where a key does not tell the property, everybody is.
      const looked = anew.requests.filter(({ path, query }) => path === '/v1.0/users' && query['$filter']?.startsWith('startsWith(mail,') === true);
      expect(looked).toHaveLength(narrowed.startsWith('source') && !narrowed.includes(computed) ? 1 : 0);
    }
    // With another address than before, an update would take from the record by what the new account is seen to have it.
    tenant.updateUser(disabled?.id ?? '', { mail: 'old@contoso.com' });
    for (const label of ['renamed', 'renamed, once more']) {
      const renamed = await again({ label, syncFile: keyed(`source: { groups: [${olds}] }`) });
      expect(renamed.outputs).toMatchObject({ 'scope-count': '1', 'update-count': '0', 'suspend-count': '0', 'skip-count': '1', 'leaver-count': '2', 'failure-reason': '' });
      expect(writesOf(renamed)).toEqual([]);
      expect(renamed.summary).toContain('a record that may be somebody else’s is left alone');
    }
    // Graph does not take the question; it gives the list of all.
    const heal = faults.add({ service: 'graph', path: /users\?.*startsWith/, status: 400, body: { error: { code: 'Request_BadRequest', message: 'Invalid filter clause' } }, times: Infinity });
    const refused = await again({ label: 'refused', syncFile: keyed(`source: { groups: [${olds}] }`), inputs: { mode: 'plan' } });
    expect(refused.outputs).toMatchObject({ 'suspend-count': '0', 'skip-count': '1', 'leaver-count': '2', 'failure-reason': '' });
    heal();
    const alone = await again({ label: 'made anew, only', syncFile: keyed(''), inputs: { mode: 'plan', only: 'old@contoso.com' } });
    expect(alone.outputs).toMatchObject({ 'scope-count': '1', 'suspend-count': '0', 'leaver-count': '1', 'failure-reason': '' });
    const explained = await again({ label: 'made anew, explained', syncFile: keyed(''), inputs: { mode: 'plan', explain: 'old@contoso.com' } });
    expect(explained.outputs).toMatchObject({ 'suspend-count': '0', 'leaver-count': '1', 'failure-reason': '' });
    expect(explained.summary).toContain('another user');
    const limited = await again({ label: 'with the limit', syncFile: file('').replace('limits: { shrink: none }', `source: { groups: [${group}] }`) });
    expect(limited.outputs).toMatchObject({ 'failure-reason': 'limits-exceeded', 'suspend-count': '0' });
  },
} satisfies Scenario;
