import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'scope leaves people alone, expressions and converters shape values, and what they read is asked of Graph',
  inputs: { mode: 'apply' },
  writes: true,
  syncFile: `version: 1
sync-keys: [email]
scope:
  - user.userType != "Guest"
  - '!(user.department in ["Service"])'
fields:
  email: { source: mail, convert: [trim, lowercase] }
  office: { expression: 'user.city + ", " + user.country', default: Remote }
  role: { expression: 'user.department == "IT" ? 31 : 25', apply: on-create }
  mail_nickname: { expression: 'uppercase(split(user.mail, "@", 0))' }
`,
  arrange: ({ tenant, instance }) => {
    instance.behaviour.roles = 'integer';
    tenant.addUser({ displayName: 'Ada Byron', mail: 'Ada.Byron@Contoso.com', department: 'IT', city: 'Oslo', country: 'Norway', userType: 'Member' });
    tenant.addUser({ displayName: 'Bob Stone', mail: 'bob@contoso.com', department: null, city: 'Rome', country: null, userType: null });
    tenant.addUser({ displayName: 'Guest', mail: 'guest@example.com', userType: 'Guest' });
    tenant.addUser({ displayName: 'Printer', mail: 'printer@contoso.com', department: 'Service', userType: 'Member' });
  },
  verify: ({ sandbox: { instance }, run }) => {
    expect(run.outputs).toMatchObject({ 'directory-count': '4', 'scope-count': '2', 'create-count': '2' });
    expect([...instance.records.values()]).toMatchObject([
      { email: 'ada.byron@contoso.com', office: 'Oslo, Norway', mail_nickname: 'ADA.BYRON', role: 31 },
      { email: 'bob@contoso.com', office: 'Remote', mail_nickname: 'BOB', role: 25 },
    ]);
  },
} satisfies Scenario;
