import { expect } from '@jest/globals';
import { planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

const FLOOR = 'extension_0123456789abcdef0123456789abcdef_floor';

export default {
  title: 'sign-ins, security attributes and extensions of all kinds are read, and what the tenant cannot give fails on its line',
  world: { permissions: ['User.Read.All', 'AuditLog.Read.All', 'CustomSecAttributeAssignment.Read.All'] },
  inputs: { mode: 'plan', concurrency: '1' },
  syncFile: `version: 1
sync-keys: [email]
fields:
  last_seen: signInActivity.lastSignInDateTime
  grade: customSecurityAttributes.HR.grade
  floor: ${FLOOR}
  desk: ext1a2b3c4d_desk
  cost_center: onPremisesExtensionAttributes.extensionAttribute3
  badge: { expression: 'user.extensions.filter(e, e.id == "com.contoso.badge").map(e, e.number)' }
  manager_name: manager.displayName
`,
  arrange: ({ tenant, instance }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
    const ben = tenant.addUser({
      displayName: 'Ben Cole',
      signInActivity: { lastSignInDateTime: '2026-01-02T03:04:05Z' },
      customSecurityAttributes: { HR: { '@odata.type': '#Microsoft.DirectoryServices.CustomSecurityAttributeValue', grade: '7' } },
      [FLOOR]: '3',
      ext1a2b3c4d_desk: '3-17',
      onPremisesExtensionAttributes: { extensionAttribute3: 'CC-1' },
    });
    tenant.setManager(ben.id, 'ada.byron@contoso.com');
    tenant.openExtensions.set(ben.id, [{ id: 'com.contoso.badge', extensionName: 'com.contoso.badge', number: 'B-9' }, { id: 'com.contoso.app', theme: 'dark' }]);
    for (const name of ['last_seen', 'grade', 'floor', 'desk', 'cost_center', 'badge', 'manager_name']) instance.addField({ name, label: name });
  },
  verify: async ({ sandbox: { tenant }, run, again }) => {
    const [, ben] = planOf(run).changes.map(({ fields }) => Object.fromEntries(fields.map(({ field, after }) => [field, after])));
    expect(ben).toMatchObject({ last_seen: '2026-01-02T03:04:05Z', grade: '7', floor: '3', desk: '3-17', cost_center: 'CC-1', badge: 'B-9', manager_name: 'Ada Byron' });
    tenant.premium = false;
    const basic = await again({ label: 'without a premium licence', givenUp: 'oomnitza' });
    tenant.premium = true;
    const app = [...tenant.apps.values()][0];
    app?.appRoles.delete('AuditLog.Read.All');
    const signIns = await again({ label: 'without AuditLog.Read.All', givenUp: 'oomnitza' });
    app?.appRoles.delete('CustomSecAttributeAssignment.Read.All');
    const attributes = await again({ label: 'without CustomSecAttributeAssignment.Read.All', givenUp: 'oomnitza' });
    const validated = await again({ label: 'validate without both', inputs: { mode: 'validate' }, givenUp: 'oomnitza' });
    expect([basic, signIns, attributes, validated].map(({ outputs }) => outputs['failure-reason'])).toEqual(['permission', 'permission', 'permission', 'permission']);
    const lines = [basic, signIns, attributes, validated].map(({ annotations }) => annotations.flatMap(({ line }) => line ?? []));
    expect(lines).toEqual([[4], [4], [5], [5, 4]]);
  },
} satisfies Scenario;
