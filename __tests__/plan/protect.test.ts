import { expect, test } from '@jest/globals';
import { buildPlan, deleted, rule, World } from './support.ts';

const ids = ['11111111-aaaa-4000-8000-000000000001', '22222222-bbbb-4000-8000-000000000002'] as const;

function world(protect: string): World {
  const people = new World([rule('employee_id'), rule('title'), rule('username')], ['employee_id']);
  people.protect = [protect];
  return people;
}

const record = { employee_id: 'E1', title: 'Old', username: 'ann', email: 'Ann@Example.com' };

test.each([
  ['the user name of the record', ' ANN '],
  ['the email of the record, though no rule gives it', 'ann@example.com'],
  ['the value of a sync key', 'e1'],
  ['the user name that the record would get', 'anna'],
])('%s protects a person in any case of letters', (_name, protect) => {
  const plan = buildPlan(world(protect).user('ann', { employee_id: 'E1', title: 'New', username: 'Anna' }).record('7', record).input);
  expect(plan).toMatchObject({ entries: [{ action: 'skip', reason: 'protected', oomnitzaId: '7', fields: [] }], counts: { skip: 1, update: 0 } });
});

test('others are changed, and nobody is created by a protected name', () => {
  const people = world('zed').user('ann', { employee_id: 'E1', title: 'New', username: 'ann' }).user('zed', { employee_id: 'E2', username: 'Zed' }).record('7', record);
  expect(buildPlan(people.input).entries).toMatchObject([{ action: 'update' }, { action: 'skip', reason: 'protected', oomnitzaId: null }]);
});

test('a bad value of a protected person is not told', () => {
  const people = world('ann');
  people.user('ann', { employee_id: 'E1', username: 'ann' }, { flaws: [people.flaw('title', 'invalid-value')] }).record('7', record);
  expect(buildPlan(people.input)).toMatchObject({ entries: [{ reason: 'protected' }], counts: { skip: 1 } });
});

test('leavers who are protected are told, and not suspended', () => {
  const people = new World([rule('employee_id'), rule('entra_id')], ['entra_id', 'employee_id']);
  people.hasIdentity = true;
  people.leavers = { disabled: 'suspend', missing: 'suspend', returning: 'ignore', marker: undefined };
  people.protect = ['boss', 'root', 'chief'];
  people.presence = { [ids[1]]: deleted };
  people
    .user('boss', { employee_id: 'E1', entra_id: ids[0] }, { enabled: false, id: ids[0] })
    .record('7', { employee_id: 'E1', entra_id: ids[0], username: 'boss' })
    .record('8', { entra_id: ids[1], username: 'Root' })
    .user('chief', { employee_id: 'E3' }, { enabled: false, outOfScope: true })
    .record('9', { employee_id: 'E3', username: 'chief' });
  const { entries, counts } = buildPlan(people.input);
  expect(entries.map(({ action, reason, oomnitzaId }) => `${action} ${String(reason)} ${String(oomnitzaId)}`)).toEqual([
    'leaver disabled 7', 'leaver disabled 9', 'leaver missing 8', 'skip protected 7', 'skip protected 9', 'skip protected 8',
  ]);
  expect(counts).toMatchObject({ leaver: 3, suspend: 0, skip: 3 });
});

test('a deleted user is protected by the name of the account as well, which the record would have had', () => {
  const people = new World([rule('entra_id')], ['entra_id']);
  people.hasIdentity = true;
  people.leavers = { ...people.leavers, missing: 'suspend' };
  people.presence = { [ids[1]]: deleted };
  const suspends = (protect: string): number => buildPlan({ ...people.input, protect: [protect] }).counts.suspend;
  people.record('8', { entra_id: ids[1], username: 'someone' });
  expect([suspends('GONE@example.com'), suspends('other@example.com')]).toEqual([0, 1]);
});

test('a protected record is not restored', () => {
  const people = world('ann');
  people.leavers = { disabled: 'report', missing: 'ignore', returning: 'restore', marker: { field: 'left_on', position: { line: 1, column: 1 } } };
  people.user('ann', { employee_id: 'E1', username: 'ann' }).record('7', { ...record, suspended: true, left_on: 1_700_000_000 });
  expect(buildPlan(people.input)).toMatchObject({ entries: [{ action: 'skip', reason: 'protected' }], counts: { restore: 0 } });
});
