import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'only: a few users by name, mail address or id are read and written alone, filter and scope still holding',
  world: { people: 20, oomnitzaCoverage: 0 },
  inputs: { mode: 'apply', only: "o'hara@contoso.com, BOB@contoso.com\nguest@contoso.com\nfiltered@contoso.com,nobody@contoso.com" },
  writes: true,
  syncFile: `version: 1
source: { filter: accountEnabled eq true, min-users: 10 }
scope: user.userType != "Guest"
sync-keys: [email]
`,
  arrange: ({ tenant, instance }) => {
    tenant.addUser({ displayName: "Pat O'Hara", userPrincipalName: 'pat@contoso.com', mail: "O'Hara@contoso.com" });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Bob Noll', userPrincipalName: 'bob@contoso.com', mail: 'bob.noll@contoso.com', department: 'Sales' }), { department: 'Research' });
    tenant.addUser({ displayName: 'A Guest', userPrincipalName: 'guest@contoso.com', userType: 'Guest' });
    tenant.addUser({ displayName: 'Some Filtered', userPrincipalName: 'filtered@contoso.com', accountEnabled: false });
  },
  verify: async ({ sandbox, run, again }) => {
    expect(run.outputs).toMatchObject({ 'directory-count': '3', 'scope-count': '2', 'create-count': '1', 'update-count': '1', 'failure-reason': '' });
    expect(bodiesOf(run, 'POST')).toMatchObject([{ email: "O'Hara@contoso.com" }]);
    expect(bodiesOf(run, 'PATCH')).toEqual([{ department: 'Sales' }]);
    expect(run.annotations.map(({ message }) => message).join()).toContain('filtered@contoso.com, nobody@contoso.com');
    expect(run.requests.filter(({ service }) => service === 'graph')).toHaveLength(1);
    const [bob] = [...sandbox.tenant.users.values()].filter(({ userPrincipalName }) => userPrincipalName === 'bob@contoso.com');
    const byId = await again({ label: 'by id', inputs: { mode: 'plan', only: String(bob?.id).toUpperCase() } });
    expect(byId.outputs).toMatchObject({ 'directory-count': '1', 'unchanged-count': '1' });
    const wide = 'version: 1\nsource: { filter: accountEnabled eq true) or (accountEnabled eq false }\nsync-keys: [email]\n';
    const widened = await again({ label: 'a filter that widens itself', syncFile: wide, inputs: { mode: 'plan', only: 'bob@contoso.com' } });
    expect(widened.outputs['directory-count']).toBe('1');
    const nobody = await again({ label: 'nobody', inputs: { mode: 'plan', only: 'nobody@contoso.com' } });
    expect(planOf(nobody).changes).toEqual([]);
    expect(nobody.outputs).toMatchObject({ 'directory-count': '0', 'failure-reason': '' });
  },
} satisfies Scenario;
