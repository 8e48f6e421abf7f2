import { expect } from '@jest/globals';
import { planOf } from '../support/report-files.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

const SALES = '8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35';
const NORTH = '1d2e3f40-5b7d-4e21-9c66-0f2d7b1e4a35';
const IT = 'c0ffee10-5b7d-4e21-9c66-0f2d7b1e4a35';

const syncFile = `version: 1
source:
  filter: userType ne 'Guest'
  groups:
    - ${SALES}
    - ${IT}
sync-keys: [email]
fields:
  manager_email: manager.mail
  site: { source: groups, convert: { member_of: { map: { ${IT}: Basement }, default: Tower } } }
  position: { expression: '"${SALES}" in user.groups && user.manager.displayName.startsWith("Ada") ? "Seller" : user.jobTitle', default: Nobody }
`;

export default {
  title: 'members of groups, nested ones too, know their groups and their managers',
  world: { permissions: ['User.Read.All', 'GroupMember.Read.All'] },
  inputs: { mode: 'plan', concurrency: '1' },
  syncFile,
  arrange: ({ tenant, instance }) => {
    const [ada, ben, cyd, dan, eve] = ['Ada Byron', 'Ben Cole', 'Cyd Dunn', 'Dan Ek', 'Eve Fox'].map((displayName) => tenant.addUser({ displayName, jobTitle: 'Clerk' }).id);
    const guest = tenant.addUser({ displayName: 'Gus Hay', userType: 'Guest' }).id;
    tenant.addGroup({ id: NORTH, displayName: 'North', members: [ben ?? '', guest] });
    tenant.addGroup({ id: SALES, displayName: '![x](https://evil.example) @everyone\n::error::Sales', members: [ada ?? '', NORTH] });
    tenant.addGroup({ id: IT, displayName: 'IT', members: [ben ?? '', cyd ?? '', dan ?? ''] });
    tenant.setManager(ben ?? '', ada ?? '');
    tenant.setManager(cyd ?? '', eve ?? '');
    instance.addField({ name: 'manager_email', label: 'Manager' });
    instance.addField({ name: 'site', label: 'Site' });
  },
  verify: async ({ sandbox: { tenant }, run, again }) => {
    const created = planOf(run).changes.map(({ userPrincipalName, fields }) => [userPrincipalName, ...fields.flatMap(({ field, after }) => (['manager_email', 'position', 'site'].includes(field) ? [`${field} ${String(after)}`] : []))]);
    expect(created).toEqual([
      ['ada.byron@contoso.com', 'position Nobody', 'site Tower'],
      ['ben.cole@contoso.com', 'manager_email ada.byron@contoso.com', 'position Seller', 'site Basement'],
      ['cyd.dunn@contoso.com', 'manager_email eve.fox@contoso.com', 'position Clerk', 'site Basement'],
      ['dan.ek@contoso.com', 'position Clerk', 'site Basement'],
    ]);
    expect(readable(run.summary)).toMatch(/Group “IT” \S+: 3 users/);
    expect(run.summary).not.toMatch(/!\[x\]\(|(?<![\w<])@everyone/);
    const app = [...tenant.apps.values()][0];
    app?.appRoles.delete('User.Read.All');
    const limited = await again({ label: 'members of whom only ids come', givenUp: 'oomnitza' });
    app?.appRoles.clear();
    app?.appRoles.add('User.Read.All');
    const refused = await again({ label: 'without the permission for groups', givenUp: 'oomnitza' });
    const validated = await again({ label: 'validate without the permission for groups', inputs: { mode: 'validate' }, givenUp: 'oomnitza' });
    expect([limited, refused, validated].map(({ outputs }) => outputs['failure-reason'])).toEqual(['permission', 'permission', 'permission']);
    app?.appRoles.add('GroupMember.Read.All');
    tenant.groups.delete(IT);
    const unknown = await again({ label: 'a group that is not there', givenUp: 'oomnitza' });
    expect(unknown.annotations).toContainEqual(expect.objectContaining({ line: 6, col: 7, message: expect.stringContaining(IT) }));
  },
} satisfies Scenario;
