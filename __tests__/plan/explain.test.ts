import { describe, expect, test } from '@jest/globals';
import { explainMatch } from '../../src/plan/index.ts';
import { buildPlan, rule, World } from './support.ts';

function world(): World {
  return new World([rule('email'), rule('username'), rule('role', { apply: 'on-create' }), rule('office', { apply: 'if-empty' }), rule('phone', { whenEmpty: 'clear' }), rule('position'), rule('title')], ['username', 'email']);
}

/** The verdict on each field, by its name. */
function verdicts(people: World): Record<string, string> {
  const [user] = people.users;
  if (user === undefined) throw new Error('nobody to explain');
  return Object.fromEntries(explainMatch(people.input, user).fields.map(({ field, verdict }) => [field, verdict]));
}

describe('what each field would become', () => {
  test('of a record that there is', () => {
    const people = world()
      .user('ann', { username: 'ann', email: 'A@example.com', role: 31, office: 'Oslo', title: 'Boss' })
      .record('7', { username: 'ann', email: 'a@example.com', role: 5, office: 'Rome', phone: '1', position: 'Kept', title: 'Boss' });
    expect(verdicts(people)).toEqual({
      email: 'changed',
      username: 'the same',
      role: 'left alone, since the rule is for new people only (`apply: on-create`)',
      office: 'left alone, since Oomnitza has a value (`apply: if-empty`)',
      phone: 'cleared (`when-empty: clear`)',
      position: 'kept, since the directory has no value (`when-empty: keep`)',
      title: 'the same',
    });
  });

  test('of somebody new, defaults included', () => {
    const people = world();
    people.defaults = { position: 'Employee', floor: 3 };
    people.user('ann', { username: 'ann', role: 31 }, { flaws: [people.flaw('email', 'invalid-value')] });
    expect(verdicts(people)).toMatchObject({
      username: 'set',
      role: 'set',
      email: 'not usable: email is bad',
      office: 'left empty, since there is no value',
      position: 'set, by `defaults`',
      floor: 'set, by `defaults`',
    });
  });

  test('of a record that may be that of somebody else than the disabled user who finds it', () => {
    const people = world().user('ann', { username: 'ann@example.com', email: 'a@example.com', title: 'Boss' }, { enabled: false }).record('7', { username: 'bob', email: 'a@example.com' });
    expect(verdicts(people)).toMatchObject({ username: 'left alone, since the account is disabled and the record may be that of somebody else', email: 'the same', title: 'changed' });
  });

  test('of such a record where the rules would empty what links it to the user', () => {
    const people = new World([rule('email'), rule('entra_id', { whenEmpty: 'clear' }), rule('username', { whenEmpty: 'clear' }), rule('phone', { whenEmpty: 'clear' })], ['entra_id', 'email']);
    people.hasIdentity = true;
    people.user('ann', { email: 'a@example.com' }, { enabled: false }).record('7', { email: 'a@example.com', entra_id: 'id-bob', username: 'bob', phone: '1' });
    const kept = 'left alone, since the account is disabled and the record may be that of somebody else';
    expect(verdicts(people)).toEqual({ email: 'the same', entra_id: kept, username: kept, phone: 'cleared (`when-empty: clear`)' });
    expect(buildPlan(people.input).entries.filter(({ action }) => action === 'update')).toMatchObject([{ action: 'update', fields: [{ field: 'phone', before: '1', after: null }] }]);
  });

  test('nothing where it is not clear which record', () => {
    const people = world().user('ann', { email: 'a' }).record('7', { email: 'A' }).record('8', { email: 'a ' });
    expect(verdicts(people)).toEqual({});
  });

  test('where both sides are empty', () => {
    expect(verdicts(world().user('ann', { username: 'ann' }).record('7', { username: 'ann' }))).toMatchObject({ position: 'empty on both sides' });
  });
});

test('every key is told with all records that have its value, archived ones too', () => {
  const people = world().user('ann', { email: ' A@example.com' }).record('7', { username: 'x', email: 'a@example.com' }).record('8', { username: 'y', email: 'a@example.com' }, { archived: true });
  const [user] = people.users;
  if (user === undefined) throw new Error('nobody to explain');
  expect(explainMatch(people.input, user)).toMatchObject({
    keys: [
      { field: 'username', value: '', found: [] },
      { field: 'email', value: 'A@example.com', found: [{ userId: '7', archived: false }, { userId: '8', archived: true }] },
    ],
    record: { userId: '7' },
  });
});
