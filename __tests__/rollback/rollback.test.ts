import { describe, expect, test } from '@jest/globals';
import type { FieldValue } from '../../src/field-value.ts';
import { parsePlanFile, type FileChange } from '../../src/plan-file/index.ts';
import { digestOf } from '../../src/plan/index.ts';
import { renderPlanJson } from '../../src/report/index.ts';
import { planRollback, rollbackTable, type RecordNow, type Rollback } from '../../src/rollback/index.ts';

function change(given: Partial<FileChange>): FileChange {
  return { action: 'update', entraId: null, userPrincipalName: 'ada@example.com', oomnitzaId: 'u1', syncKey: 'email=ada@example.com', fields: [], status: 'applied', reason: null, message: '', ...given };
}

function record(values: Readonly<Record<string, FieldValue>>, given: Partial<RecordNow> = {}): RecordNow {
  return { userId: 'u1', username: 'ada', archived: false, read: (field) => values[field] ?? (field === 'email' ? 'ada@example.com' : null), ...given };
}

/** What becomes of each field: the value that it gets, or why it is left. */
function fates({ rows }: Rollback): Record<string, unknown> {
  return Object.fromEntries(rows.map(({ field, next }) => [field, 'value' in next ? next.value : next.left]));
}

const changedSince = 'it was changed since, or Oomnitza keeps it in a form of its own';

const fields = [
  { field: 'department', before: 'Army', after: 'Navy' },
  { field: 'position', before: null, after: 'Chief' },
  { field: 'city', before: 'Bern', after: null },
  { field: 'office', before: 'A', after: 'B' },
  { field: 'left_on', before: 1_614_585_600, after: '2026-01-01' },
];

describe('a rollback', () => {
  test('gives fields their values from before where they hold what was written, and no others', () => {
    const rollback = planRollback([change({ fields })], () => record({ department: 'Navy', position: 'Captain', office: 'A', left_on: 1_767_225_600 }));
    expect(fates(rollback)).toEqual({
      department: 'Army',
      position: changedSince,
      city: 'Bern',
      office: 'it has this value already',
      left_on: 1_614_585_600,
    });
    expect(rollback.plan.entries).toMatchObject([{ action: 'update', oomnitzaId: 'u1', username: 'ada', fields: [{ field: 'department', before: 'Navy', after: 'Army' }, { field: 'city' }, { field: 'left_on' }] }]);
    expect(rollback.plan.counts).toMatchObject({ update: 1, suspend: 0 });
  });

  test('takes a value for the one that was written in whatever form the record has it, as a plan would', () => {
    const entraId = '11111111-aaaa-4000-8000-000000000001';
    const written = [
      { field: 'city', before: null, after: ' Bern' },
      { field: 'entra_id', before: null, after: entraId },
      { field: 'grade', before: '1.0', after: '7.50' },
      { field: 'rank', before: '2.0', after: '3.0' },
    ];
    const now = record({ city: 'Bern ', entra_id: `{${entraId.toUpperCase()}}`, grade: 7.5, rank: 2 });
    const formOf = (field: string, value: FieldValue): FieldValue => (field === 'city' || field === 'entra_id' ? value : Number(value));
    expect(fates(planRollback([change({ entraId, fields: written })], () => now, formOf))).toEqual({ city: null, entra_id: null, grade: '1.0', rank: 'it has this value already' });
    expect(fates(planRollback([change({ fields: written })], () => now))).toEqual({ city: null, entra_id: changedSince, grade: changedSince, rank: changedSince });
  });

  test('lets suspended people in again, and suspends restored ones', () => {
    const suspend = change({ action: 'suspend', fields: [{ field: 'suspended', before: null, after: true }, { field: 'left_on', before: null, after: 1 }] });
    const restore = change({ action: 'restore', oomnitzaId: 'u2', fields: [{ field: 'suspended', before: '1', after: false }] });
    const { plan } = planRollback([suspend, restore], (userId) => record(userId === 'u1' ? { suspended: 'true', left_on: '1' } : { suspended: false }, { userId }));
    expect(plan.entries.map(({ action, fields: changed }) => [action, ...changed.map(({ after }) => after)])).toEqual([['restore', false, null], ['suspend', '1']]);
  });

  test('leaves records that are gone or archived, and assignments to applications', () => {
    const changes = [change({ fields: fields.slice(0, 1) }), change({ oomnitzaId: 'u2', fields: [{ field: 'city', before: null, after: 'Bern' }] }), change({ oomnitzaId: 'u3', fields: [{ field: 'saas', before: null, after: '12' }] })];
    const rollback = planRollback(changes, (userId) => (userId === 'u1' ? undefined : record({ city: 'Bern', saas: '12' }, { userId, archived: userId === 'u2' })));
    expect(fates(rollback)).toEqual({ department: 'the record is not there any more', city: 'the record is archived', saas: 'an assignment to an application cannot be taken back' });
    expect(rollback.plan.entries).toEqual([]);
  });

  test('leaves the records of other people, as another instance has them under the same ids', () => {
    const changes = [change({ fields: fields.slice(0, 1) }), change({ oomnitzaId: 'u2', fields: fields.slice(2, 3) })];
    const rollback = planRollback(changes, (userId) => record({ department: 'Navy', email: userId === 'u1' ? 'eve@example.com' : 'ADA@example.com' }, { userId }));
    expect(fates(rollback)).toEqual({ department: expect.stringContaining('another person’s record'), city: 'Bern' });
    expect([rollback.others, rollback.plan.entries.map(({ oomnitzaId }) => oomnitzaId)]).toEqual([1, ['u2']]);
  });

  test('knows a person by a key that the run wrote, and by the user name where the key was changed since', () => {
    const written = [change({ fields: [{ field: 'email', before: 'ada@old.example', after: 'ada@example.com' }] }), change({ action: 'suspend', fields: [{ field: 'suspended', before: false, after: true }] })];
    expect(planRollback(written, () => record({ email: 'ada@old.example', suspended: true })).others).toBe(0);
    expect(planRollback([change({ fields: fields.slice(0, 1) })], () => record({ department: 'Navy', email: 'by@hand.example' }, { username: 'Ada@example.com' })).others).toBe(0);
  });

  test('knows a person by the Entra id that the run wrote, whatever the person is called by now', () => {
    const entraId = '11111111-aaaa-4000-8000-000000000001';
    const linked = change({ entraId, fields: [...fields.slice(0, 1), { field: 'entra_id', before: null, after: entraId }] });
    const renamed = (id: string): Rollback => planRollback([linked], () => record({ department: 'Navy', entra_id: id, email: 'ada@wed.example' }, { username: 'ada@wed.example' }));
    expect([renamed(`{${entraId.toUpperCase()}}`).others, fates(renamed(entraId))]).toEqual([0, { department: 'Army', entra_id: null }]);
    expect([renamed('22222222-aaaa-4000-8000-000000000002').others, renamed('').others]).toEqual([1, 1]);
  });

  test('names a person of whom the plan knows only the id as Oomnitza does', () => {
    const { rows } = planRollback([change({ userPrincipalName: null, syncKey: 'entra_id=x', fields: fields.slice(0, 1) })], () => record({ entra_id: 'X' }));
    expect(rows.map(({ person }) => person)).toEqual(['ada']);
  });

  test('is about what was applied alone; it lists who was created, and counts what failed', () => {
    const changes = [
      change({ action: 'create', oomnitzaId: null, userPrincipalName: null, fields }),
      change({ status: 'failed', fields }),
      change({ status: 'not-attempted', fields }),
      change({ action: 'skip', status: 'planned' }),
    ];
    expect(planRollback(changes, () => record({}))).toMatchObject({ rows: [], created: ['email=ada@example.com'], failed: 1, plan: { entries: [], digest: digestOf([]) } });
  });

  test('takes back what was written of a change that failed, but for the assignment that failed', () => {
    const both = [...fields.slice(0, 1), { field: 'saas', before: null, after: '12' }];
    const rollback = planRollback([
      change({ status: 'failed', recordWritten: true, fields: both }),
      change({ action: 'create', status: 'failed', recordWritten: true, oomnitzaId: null, userPrincipalName: 'new@example.com', fields: both }),
    ], () => record({ department: 'Navy' }));
    expect(fates(rollback)).toEqual({ department: 'Army' });
    expect(rollback).toMatchObject({ created: ['new@example.com'], found: 0, failed: 0 });
  });

  test('takes back a failed update that is there all the same, whole and of the same person', () => {
    const failed = (given: Partial<FileChange>): FileChange => change({ status: 'failed', fields: fields.slice(0, 2), ...given });
    const whole = record({ department: 'Navy', position: 'Chief' });
    const of = (given: Partial<FileChange>, now: RecordNow | undefined): unknown[] => {
      const { rows, found, failed: left, others, plan } = planRollback([failed(given)], () => now);
      return [rows.length, found, left, others, plan.entries.length];
    };
    expect(of({}, whole)).toEqual([2, 1, 0, 0, 1]);
    const untouched = [0, 0, 1, 0, 0];
    expect(of({}, record({ department: 'Navy', position: 'Captain' }))).toEqual(untouched);
    expect(of({}, record({ department: 'Navy', position: 'Chief', email: 'eve@example.com' }))).toEqual(untouched);
    expect(of({}, undefined)).toEqual(untouched);
    // By now it may have been somebody else who suspended the person.
    expect(of({ action: 'suspend', fields: [{ field: 'suspended', before: null, after: true }] }, record({ suspended: true }))).toEqual(untouched);
    expect(of({ fields: [{ field: 'saas', before: null, after: '12' }] }, whole)).toEqual(untouched);
  });

  test('is a plan that can be rolled back itself', () => {
    const { plan } = planRollback([change({ fields: fields.slice(0, 2) })], () => record({ department: 'Navy', position: 'Chief' }));
    const results = new Map(plan.entries.map((entry) => [entry, { status: 'applied', message: '' } as const]));
    const { changes } = parsePlanFile(renderPlanJson(plan, results).toArray().join(''), 'The file');
    expect(fates(planRollback(changes, () => record({ department: 'Army' })))).toEqual({ department: 'Navy', position: 'Chief' });
  });
});

test('the table is aligned, and nothing in it can move the cursor or hide', () => {
  const hostile = change({ userPrincipalName: 'eve\u001B[2J\u202E@example.com', fields: [{ field: 'city', before: 'Bern\r\nrm -rf', after: 'x'.repeat(200) }] });
  const rollback = planRollback([change({ fields: fields.slice(0, 3) }), hostile, change({ userPrincipalName: null, syncKey: null, oomnitzaId: 'u9', fields: fields.slice(0, 1) })], (userId) =>
    userId === 'u9' ? undefined : record({ department: 'Navy', position: 'Captain', city: 'x'.repeat(200) }),
  );
  const lines = rollbackTable(rollback.rows);
  expect(lines.join('\n')).not.toMatch(/[\p{Cc}\p{Cf}](?<!\n)/u);
  expect(lines[0]).toMatch(/^RECORD {2,}FIELD {2,}NOW {2,}WILL BE$/);
  expect(lines[1]).toMatch(/^ada@example\.com {2,}department {2}"Navy" {2,}"Army"$/);
  expect(lines[2]).toMatch(/"Captain" {2,}left: it was changed since, or Oomnitza keeps it in a form of its own$/);
  expect(lines[3]).toContain('left: it was changed since');
  expect(lines[4]).toContain('␛[2J⟨U+202E⟩@example.com');
  expect(lines[4]).toContain('"Bern\\r\\nrm -rf"');
  expect(lines[5]).toMatch(/^u9 {2,}department {4,}left: the record is not there any more$/);
  expect(new Set(lines.slice(0, 5).map((line) => line.indexOf(line.includes('WILL') ? 'FIELD' : line.includes('department') ? 'department' : line.includes('position') ? 'position' : 'city'))).size).toBe(1);
});
