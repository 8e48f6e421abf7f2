import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

const group = '11111111-2222-3333-4444-555555555555';

export default {
  title: 'explain tells the story of one user, in log and summary, and writes nothing',
  inputs: { mode: 'auto', explain: 'ada@contoso.com' },
  event: { name: 'schedule', payload: {} },
  syncFile: `version: 1
source:
  filter: accountEnabled eq true and (userType ne 'Robot' or department eq '\`R and D\`') and not endsWith(mail,'@evil.example')
scope:
  - user.userType != "Guest"
  - >-
    user.department.startsWith("R") &&
    (user.city == null || user.city != "&&")
sync-keys: [username, email]
fields:
  email: { source: [otherMails, mail], convert: [trim, lowercase], required: true }
  office: { expression: 'user.city + ", " + user.country', default: Remote }
  employee_type: employeeType
  phone_number: { source: mobilePhone, when-empty: clear }
  role: { value: 31, apply: on-create }
`,
  arrange: ({ tenant, instance }) => {
    const ada = tenant.addUser({ displayName: 'Ada Byron', userPrincipalName: 'ada@contoso.com', mail: ' Ada.Byron@Contoso.com ', department: 'Research', city: null, employeeType: 'Wizard', jobTitle: '<b>| Boss |</b>' });
    addSyncedRecord(instance, ada, { username: 'ada@contoso.com', email: 'ada.byron@contoso.com', office: 'Oslo', phone_number: '+1', position: 'Clerk', role: 25 });
    tenant.addUser({ displayName: 'Gus Guest', userPrincipalName: 'gus@contoso.com', userType: 'Guest', department: null });
    tenant.addUser({ displayName: 'Twin', userPrincipalName: 'twin@contoso.com', mail: 'ada@contoso.com' });
    tenant.addUser({ displayName: 'Dis Abled', userPrincipalName: 'dis@contoso.com', accountEnabled: false, department: 'Research' });
  },
  verify: async ({ sandbox, run, again, keep }) => {
    expect(run.outputs).toMatchObject({ mode: 'plan', 'update-count': '1', 'failure-reason': '' });
    const story = (log: string): string => log.slice(log.indexOf('What would happen:'), log.indexOf('user read')).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replaceAll(/[0-9a-f]{32}/g, '<record>').replace(/\n.*$/, '');
    keep('ada', story(run.log));
    expect(run.summary).toContain('ada@<wbr>contoso.com, explained');
    expect(run.summary).toContain('Which record is found');
    // Graph takes this clause with the others alone.
    sandbox.faults.add({ service: 'graph', match: ({ query }) => query.get('$filter')?.endsWith(" and (not endsWith(mail,'@evil.example'))") === true, times: 2, status: 400, body: { error: { code: 'Request_UnsupportedQuery', message: 'Not alone.' } } });
    for (const who of ['gus', 'dis']) keep(who, story((await again({ label: who, inputs: { explain: `${who}@contoso.com` } })).log));
    expect((await again({ label: 'nobody', inputs: { explain: 'nobody@contoso.com' } })).log).toContain('the directory has no user with this name, mail address or id');
    const refused = await again({ label: 'with apply', inputs: { mode: 'apply', explain: 'ada@contoso.com', only: group } });
    expect(refused.outputs['failure-reason']).toBe('invalid-input');
    expect(refused.log).toContain('`explain` cannot stand beside `mode: apply`');
  },
} satisfies Scenario;
