import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { addPeople } from '../support/people.ts';
import { planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf, writesOf } from '../support/writes.ts';

const people = 40;
/** What the defaults allow of forty. */
const at = { creates: 20, updates: 12, suspends: 2, restores: 2, shrink: 20 };

export default {
  title: 'all five limits by their defaults, one below, at and one above: above, nothing is written; at, all of it is',
  inputs: { mode: 'plan' },
  syncFile: `version: 1
source: { filter: userType eq 'Member' }
identity: entra_object_id
fields: { account_enabled: null }
leavers: { disabled: suspend, missing: suspend, returning: restore, marker: left_on }
`,
  arrange: (sandbox) => {
    addPeople(sandbox, people);
    for (const user of sandbox.tenant.users.values()) addSyncedRecord(sandbox.instance, user, { entra_object_id: user.id });
  },
  verify: async ({ sandbox: { tenant, instance }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'unchanged-count': String(people), 'has-changes': 'false' });
    const records = [...instance.records.values()];
    /** Brings the world to as many of each as the limits allow, and some more or less. */
    const bring = (more: number): void => {
      for (const [index, { user_id: id, entra_object_id: owner, mail_nickname: nickname = null }] of records.entries()) {
        if (index < 21) tenant.updateUser(String(owner), { userType: index < at.shrink + more ? 'Guest' : 'Member' });
        else if (index < 24) tenant.updateUser(String(owner), { accountEnabled: index >= 21 + at.suspends + more });
        else if (index < 27) instance.updateRecord(id, index < 24 + at.restores + more ? { suspended: true, left_on: 1_700_000_000 } : { suspended: false, left_on: null });
        else instance.updateRecord(id, { mail_nickname: index < 27 + at.updates + more ? 'before' : nickname });
      }
      for (let number = 1; number <= at.creates + 1; number += 1) {
        const name = `new.one.${String(number)}@contoso.com`;
        const isThere = tenant.findUser(name) !== undefined;
        if (number <= at.creates + more && !isThere) tenant.addUser({ displayName: `New One ${String(number)}`, userPrincipalName: name });
        if (number > at.creates + more && isThere) tenant.removeUser(name);
      }
    };
    const limitsOf = (result: typeof run): unknown => Reflect.get(planOf(result), 'limits');
    const expected = (more: number): unknown =>
      Object.entries(at).map(([name, allowed]) => expect.objectContaining({ name, actual: allowed + more, base: people, exceeded: more > 0 }));

    bring(-1);
    const below = await again({ label: 'one below' });
    expect(limitsOf(below)).toEqual(expected(-1));
    expect(below.outputs['failure-reason']).toBe('');
    bring(1);
    const above = await again({ label: 'one above', inputs: { mode: 'apply' } });
    expect(limitsOf(above)).toEqual(expected(1));
    expect(above.outputs).toMatchObject({ 'failure-reason': 'limits-exceeded', 'suspend-count': '3', 'restore-count': '3', 'create-count': '21', 'update-count': '13' });
    expect(writesOf(above)).toEqual([]);
    const overridden = await again({ label: 'one above, overridden in plan mode', inputs: { 'override-limits': 'true' } });
    expect(overridden.outputs).toMatchObject({ 'failure-reason': '', 'suspend-count': '3' });
    bring(0);
    const held = await again({ label: 'at', inputs: { mode: 'apply' }, writes: true });
    expect(limitsOf(held)).toEqual(expected(0));
    expect(held.outputs['failure-reason']).toBe('');
    expect(bodiesOf(held, 'POST')).toHaveLength(at.creates);
    const changes = bodiesOf(held, 'PATCH').map((body): unknown => Reflect.get(Object(body), 'suspended') ?? 'update');
    expect(['update', false, true].map((kind) => changes.filter((change) => change === kind).length)).toEqual([at.updates, at.restores, at.suspends]);
    expect(changes.slice(-at.suspends)).toEqual([true, true]);
  },
} satisfies Scenario;
