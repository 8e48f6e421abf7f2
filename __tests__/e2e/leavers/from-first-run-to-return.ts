import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { readable } from '../support/readable.ts';
import { csvRowsOf, findingsOf, planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf, writesOf } from '../support/writes.ts';

const stranger = '99999999-aaaa-4000-8000-000000000000';

export default {
  title: 'an existing instance is linked; who is disabled or deleted is suspended once, last of all, and restored when they return',
  inputs: { mode: 'apply' },
  writes: true,
  world: { people: 40, oomnitzaCoverage: 1, difference: 0 },
  syncFile: `version: 1
scope: user.userType != "Guest" && user.accountEnabled
identity: entra_object_id
sync-keys: [email]
leavers: { disabled: suspend, missing: suspend, returning: restore, marker: Left on }
protect: [BOSS@contoso.com]
`,
  arrange: ({ tenant, instance }) => {
    for (const name of ['Dora Disabled', 'Del Deleted', 'Old Name', 'Gus Guest', 'Boss', 'Zed Gone']) addSyncedRecord(instance, tenant.addUser({ displayName: name, mail: `${name.split(' ')[0] ?? ''}@contoso.com`.toLowerCase(), userPrincipalName: `${name.split(' ')[0] ?? ''}@contoso.com`.toLowerCase() }));
  },
  verify: async ({ sandbox: { tenant, instance }, run, again }) => {
    const record = (email: string): Readonly<Record<string, unknown>> => instance.find((candidate) => candidate['email'] === email) ?? {};
    expect(new Set(bodiesOf(run, 'PATCH').flatMap((body) => Object.keys(body ?? {})))).toEqual(new Set(['entra_object_id']));
    expect(Number(run.outputs['update-count'])).toBeGreaterThan(30);
    expect(run.outputs).toMatchObject({ 'suspend-count': '0', 'leaver-count': '0', 'failure-reason': '' });
    expect(record('dora@contoso.com')['entra_object_id']).toBe(tenant.user('dora@contoso.com').id);

    tenant.updateUser('dora@contoso.com', { accountEnabled: false });
    tenant.updateUser('boss@contoso.com', { accountEnabled: false });
    tenant.updateUser('gus@contoso.com', { userType: 'Guest' });
    tenant.updateUser('old@contoso.com', { userPrincipalName: 'new@contoso.com', mail: 'new@contoso.com' });
    tenant.deleteUser('del@contoso.com');
    tenant.deleteUser('zed@contoso.com');
    // The address is given to somebody new before anybody noticed.
    tenant.addUser({ displayName: 'Delia New', mail: 'del@contoso.com', userPrincipalName: 'del@contoso.com' });
    instance.addRecord({ email: 'x@elsewhere.example', entra_object_id: stranger });
    const leaving = await again({ writes: true });
    expect(leaving.outputs).toMatchObject({ 'update-count': '1', 'suspend-count': '2', 'leaver-count': '5', 'skip-count': '1', 'conflict-count': '1', 'failure-reason': '' });
    expect(findingsOf(leaving)).toEqual([
      'suspend disabled dora@contoso.com', 'suspend missing zed@contoso.com', 'leaver unknown-id null', 'leaver disabled boss@contoso.com', 'leaver missing del@contoso.com', 'conflict identity-mismatch del@contoso.com', 'skip protected boss@contoso.com',
    ]);
    const today = `${new Date().toISOString().slice(0, 10)}T00:00:00Z`;
    const suspended = { left_on: today, suspended: true };
    expect(bodiesOf(leaving, 'PATCH')).toEqual([expect.objectContaining({ email: 'new@contoso.com' }), suspended, suspended]);
    for (const email of ['dora@contoso.com', 'zed@contoso.com']) expect(record(email)).toMatchObject({ suspended: true, left_on: Date.parse(today) / 1000 });
    for (const email of ['del@contoso.com', 'gus@contoso.com', 'boss@contoso.com', 'x@elsewhere.example']) expect(record(email)['suspended']).not.toBe(true);
    expect(leaving.summary).toContain('| Disabled in the directory | 2 | 1 | 1 |');
    for (const who of ['dora@contoso.com | Disabled in', 'zed@contoso.com | Deleted from']) expect(readable(leaving.summary)).toContain(`| ${who} the directory | left_on |`);
    expect(csvRowsOf(leaving).find(({ reason }) => reason === 'unknown-id')?.['message']).toMatch(/; the user name in Oomnitza is x@elsewhere\.example$/);

    const next = await again({ label: 'the next run does not tell them again' });
    expect(next.outputs).toMatchObject({ 'has-changes': 'false', 'leaver-count': '3' });
    expect(planOf(next).changes.map(({ reason }) => reason)).toEqual(['unknown-id', 'disabled', 'missing', 'identity-mismatch', 'protected']);

    tenant.updateUser('dora@contoso.com', { accountEnabled: true });
    instance.updateRecord(String(record('new@contoso.com')['user_id']), { suspended: true });
    const back = await again({ label: 'one returns, and another was suspended by hand', writes: true });
    expect(bodiesOf(back, 'PATCH')).toEqual([{ left_on: null, suspended: false }]);
    expect(back.outputs).toMatchObject({ 'restore-count': '1', 'leaver-count': '3' });
    expect(findingsOf(back)).toContain('leaver returning new@contoso.com');
    expect(record('dora@contoso.com')).toMatchObject({ suspended: false, left_on: null });
    expect(writesOf(await again({ label: 'and nothing more' }))).toEqual([]);
  },
} satisfies Scenario;
