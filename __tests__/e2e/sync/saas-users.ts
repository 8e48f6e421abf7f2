import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { csvRowsOf, planOf } from '../support/report-files.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf, writesOf } from '../support/writes.ts';

const syncFile = `version: 1
sync-keys: [email]
saas:
  application: 12
  external-id: employeeId
`;

/** The rows of assignments: whom, before, after and what became of it. */
const assignments = (run: Parameters<typeof csvRowsOf>[0]): (string | undefined)[][] =>
  csvRowsOf(run).flatMap(({ action, user_principal_name: name, field, before, after, status }) => (field === 'saas' ? [[action, name?.split('@')[0], before, after, status]] : []));

export default {
  title: 'people are assigned to a SaaS application as well: planned, written after the record, never twice, and told where it fails',
  inputs: { mode: 'plan', 'oomnitza-api': 'bulk' },
  syncFile,
  arrange: ({ tenant, instance }) => {
    const person = (name: string, number: number): ReturnType<typeof tenant.addUser> => tenant.addUser({ displayName: name, employeeId: `E-${number}`, department: 'IT' });
    person('Ada New', 1);
    const there = addSyncedRecord(instance, person('Bea Assigned', 2));
    addSyncedRecord(instance, person('Cleo Unassigned', 3));
    addSyncedRecord(instance, person('Dora Moved', 4), { department: 'Sales' });
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Eva Without' }));
    instance.saas.set('12', { users: new Map([[there.user_id, 'another id']]), strangers: ['service account'] });
    return {};
  },
  verify: async ({ sandbox: { instance, faults }, run, again }) => {
    const users = instance.saas.get('12')?.users;
    expect(run.outputs).toMatchObject({ 'create-count': '1', 'update-count': '2', 'unchanged-count': '2', 'skip-count': '0' });
    const planned = [
      ['create', 'ada.new', '', '12 (external id E-1)'],
      ['update', 'cleo.unassigned', '', '12 (external id E-3)'],
      ['update', 'dora.moved', '', '12 (external id E-4)'],
      ['skip', 'eva.without', '', ''],
    ];
    expect(assignments(run)).toEqual(planned.map((row) => [...row, 'planned']));
    expect(planOf(run).changes[1]?.fields).toEqual([{ field: 'saas', before: null, after: '12 (external id E-3)' }]);
    expect(readable(run.summary)).toMatch(/saas.*12 \(external id E-1\)/);

    const assigning = { service: 'oomnitza', method: 'POST', path: /^\/api\/v3\/saas\/12\/users$/ } as const;
    const dora = instance.find(({ email }) => email === 'dora.moved@contoso.com')?.user_id ?? '';
    faults.add({ ...assigning, drop: 'after' });
    faults.add({ ...assigning, match: ({ body }) => body.includes(dora), status: 400, body: { error: 'No licence is left.' } });
    const applied = await again({ inputs: { mode: 'apply' }, writes: true });
    expect(applied.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'fail-count': '1' });
    expect(JSON.stringify([...bodiesOf(applied, 'POST'), ...bodiesOf(applied, 'PATCH')])).not.toContain('"saas"');
    expect([...new Set(csvRowsOf(applied).flatMap(({ status, message }) => (status === 'failed' ? [message] : [])))]).toEqual([
      'the record was updated; the person could not be assigned to SaaS application 12: Oomnitza answered 400: No licence is left.',
    ]);
    expect(readable(applied.summary)).toMatch(/Of the changes that count as failed, 1 record was written all the same/);
    expect([...(users?.values() ?? [])]).toEqual(['another id', 'E-1', 'E-3']);
    expect(instance.find(({ email }) => email === 'dora.moved@contoso.com')).toMatchObject({ department: 'IT' });

    const rest = await again({ label: 'the next run makes up for what is left', inputs: { mode: 'apply' }, writes: true });
    expect(assignments(rest).filter(([action]) => action !== 'skip')).toEqual([['update', 'dora.moved', '', '12 (external id E-4)', 'applied']]);
    expect(writesOf(rest)).toHaveLength(2);
    const next = await again({ label: 'nothing is left to be done', inputs: { mode: 'apply' }, writes: true });
    expect([next.outputs['has-changes'], writesOf(next)]).toEqual(['false', []]);

    const bea = instance.find(({ email }) => email === 'bea.assigned@contoso.com')?.user_id ?? '';
    users?.set(bea, null);
    const lost = await again({ label: 'an external id that is not stored is stored', inputs: { mode: 'apply' }, writes: true });
    expect(assignments(lost).filter(([action]) => action !== 'skip')).toEqual([['update', 'bea.assigned', '', '12 (external id E-2)', 'applied']]);
    expect(users?.get(bea)).toBe('E-2');

    const explained = await again({ label: 'explained', inputs: { explain: 'bea.assigned@contoso.com' } });
    expect(readable(explained.summary)).toMatch(/saas.*left alone, since the person is assigned already/);
    for (const mode of ['plan', 'validate']) {
      const wrong = await again({ label: `an application that is not there, ${mode}`, syncFile: syncFile.replace('12', '13'), inputs: { mode } });
      expect(wrong.outputs['failure-reason']).toBe('invalid-sync-file');
    }
  },
} satisfies Scenario;
