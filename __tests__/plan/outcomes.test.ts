import { describe, expect, test } from '@jest/globals';
import { type Plan, type PlanEntry } from '../../src/plan/index.ts';
import { buildPlan, rule, World } from './support.ts';

const world = (): World => new World([rule('email'), rule('first_name'), rule('username')], ['email']);

function only(plan: Plan): PlanEntry {
  expect(plan.entries).toHaveLength(1);
  const [entry] = plan.entries;
  if (entry === undefined) throw new Error('the plan is empty');
  return entry;
}

describe('creates', () => {
  test('a user without a record is created with every value, and the defaults where no rule gives one', () => {
    const people = world().user('ann', { email: 'ann@example.com', first_name: 'Ann' });
    people.defaults = { first_name: 'Nobody', role: 25 };
    const entry = only(buildPlan(people.input));
    expect(entry).toMatchObject({ action: 'create', oomnitzaId: null, syncKey: 'email=ann@example.com', entraId: 'id-ann' });
    expect(entry.fields).toEqual([
      { field: 'email', before: null, after: 'ann@example.com' },
      { field: 'first_name', before: null, after: 'Ann' },
      { field: 'role', before: null, after: 25 },
    ]);
  });

  test('update-only skips them', () => {
    const people = world().user('ann', { email: 'ann@example.com' });
    people.preference = 'update-only';
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'skip', reason: 'preference' });
  });

  test('a disabled account without a record is not created', () => {
    const people = world().user('ann', { email: 'ann@example.com' }, { enabled: false });
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'skip', reason: 'disabled' });
  });
});

describe('updates', () => {
  test('only what differs is written, with what it was', () => {
    const people = world().user('ann', { email: 'Ann@Example.com', first_name: 'Ann', username: 'ann' }).record('7', { email: 'Ann@Example.com', first_name: 'Anne', username: 'ann' });
    const entry = only(buildPlan(people.input));
    expect(entry).toMatchObject({ action: 'update', oomnitzaId: '7', username: 'ann' });
    expect(entry.fields).toEqual([{ field: 'first_name', before: 'Anne', after: 'Ann' }]);
  });

  test('keys find records regardless of case and outer white space', () => {
    const people = world().user('ann', { email: ' ANN@example.com ' }).record('7', { email: 'ann@EXAMPLE.com' });
    expect(only(buildPlan(people.input)).oomnitzaId).toBe('7');
  });

  test('defaults are for new people alone', () => {
    const people = world().user('ann', { email: 'a@example.com' }).record('7', { email: 'a@example.com' });
    people.defaults = { first_name: 'Nobody' };
    expect(buildPlan(people.input)).toMatchObject({ entries: [], counts: { unchanged: 1 } });
  });

  test('an empty value keeps what there is, unless the rule clears', () => {
    const rules = [rule('email'), rule('phone', { whenEmpty: 'clear' }), rule('title')];
    const people = new World(rules, ['email']).user('ann', { email: 'a@example.com' }).record('7', { email: 'a@example.com', phone: '1', title: 'CEO' });
    expect(only(buildPlan(people.input)).fields).toEqual([{ field: 'phone', before: '1', after: null }]);
  });

  test('on-create never updates, if-empty fills only what is empty', () => {
    const rules = [rule('email'), rule('role', { apply: 'on-create' }), rule('title', { apply: 'if-empty' }), rule('city', { apply: 'if-empty' })];
    const people = new World(rules, ['email'])
      .user('ann', { email: 'a@example.com', role: 25, title: 'CTO', city: 'Oslo' })
      .record('7', { email: 'a@example.com', role: 1, title: 'CEO' });
    expect(only(buildPlan(people.input)).fields).toEqual([{ field: 'city', before: null, after: 'Oslo' }]);
  });

  test('create-only skips a record that differs and leaves one alone that does not', () => {
    const people = world()
      .user('ann', { email: 'a@example.com', first_name: 'Ann' })
      .user('bob', { email: 'b@example.com', first_name: 'Bob' })
      .record('7', { email: 'a@example.com', first_name: 'Anne' })
      .record('8', { email: 'b@example.com', first_name: 'Bob' });
    people.preference = 'create-only';
    const plan = buildPlan(people.input);
    expect(only(plan)).toMatchObject({ action: 'skip', reason: 'preference', oomnitzaId: '7' });
    expect(plan.counts.unchanged).toBe(1);
  });
});

describe('several keys', () => {
  const keyed = (): World => new World([rule('email'), rule('employee_id'), rule('first_name')], ['employee_id', 'email']);

  test('the first key that finds a record wins, and the others are updated', () => {
    const people = keyed().user('ann', { employee_id: 'E1', email: 'new@example.com' }).record('7', { employee_id: 'E1', email: 'old@example.com' });
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'update', syncKey: 'employee_id=E1', fields: [{ field: 'email' }] });
  });

  test('a later key is used where the first has no value or finds nothing', () => {
    const people = keyed()
      .user('ann', { email: 'a@example.com', first_name: 'Ann' })
      .user('bob', { employee_id: 'E2', email: 'b@example.com' })
      .record('7', { email: 'a@example.com' })
      .record('8', { email: 'b@example.com' });
    expect(buildPlan(people.input).entries.map(({ oomnitzaId, syncKey }) => [oomnitzaId, syncKey])).toEqual([
      ['7', 'email=a@example.com'],
      ['8', 'email=b@example.com'],
    ]);
  });

  test('keys that find different records are a conflict', () => {
    const people = keyed().user('ann', { employee_id: 'E1', email: 'a@example.com' }).record('7', { employee_id: 'E1' }).record('8', { email: 'a@example.com' });
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'conflict', reason: 'ambiguous-match' });
  });

  test('a user without any of them is skipped', () => {
    expect(only(buildPlan(keyed().user('ann', { first_name: 'Ann' }).input))).toMatchObject({ action: 'skip', reason: 'missing-sync-key', syncKey: null });
  });
});

describe('conflicts', () => {
  test('several records with the same key value', () => {
    const people = world().user('ann', { email: 'a@example.com' }).record('7', { email: 'a@example.com' }).record('8', { email: 'A@example.com' }).record('9', { email: 'a@example.com' });
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'conflict', reason: 'duplicate-target', oomnitzaId: null });
  });

  test('several users with the same key value: all of them', () => {
    const people = world().user('ann', { email: 'a@example.com' }).user('bob', { email: 'A@example.com' }).user('cyd', { email: 'c@example.com' });
    const plan = buildPlan(people.input);
    expect(plan.entries.map(({ action, reason }) => [action, reason])).toEqual([
      ['create', null],
      ['conflict', 'duplicate-source'],
      ['conflict', 'duplicate-source'],
    ]);
  });

  test('several users with the same id, once in braces, that no record has', () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const people = new World([rule('badge'), rule('email')], ['badge']).user('ann', { badge: id, email: 'a@example.com' }).user('bob', { badge: `{${id.toUpperCase()}}`, email: 'b@example.com' });
    expect(buildPlan(people.input).entries.map(({ reason }) => reason)).toEqual(['duplicate-source', 'duplicate-source']);
  });

  test('users that find the same record by different keys', () => {
    const people = new World([rule('email'), rule('username')], ['username', 'email'])
      .user('ann', { username: 'ann', email: 'x@example.com' })
      .user('bob', { email: 'a@example.com' })
      .record('7', { username: 'ann', email: 'a@example.com' });
    expect(buildPlan(people.input).entries.map(({ reason }) => reason)).toEqual(['duplicate-source', 'duplicate-source']);
  });

  test('a user who is skipped takes no part', () => {
    const people = world();
    people.user('ann', { email: 'a@example.com' }, { flaws: [people.flaw('username', 'missing-required')] }).user('bob', { email: 'a@example.com' });
    expect(buildPlan(people.input).entries.map(({ action, userPrincipalName }) => [action, userPrincipalName])).toEqual([
      ['create', 'bob@example.com'],
      ['skip', 'ann@example.com'],
    ]);
  });

  test('an archived record is neither updated nor replaced', () => {
    const people = world().user('ann', { email: 'a@example.com' }).record('7', { email: 'a@example.com' }, { archived: true });
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'conflict', reason: 'archived-target', oomnitzaId: '7' });
  });

  test('an archived record does not stand in the way of one in use', () => {
    const people = world()
      .user('ann', { email: 'a@example.com' })
      .record('6', { email: 'a@example.com' }, { archived: true })
      .record('7', { email: 'a@example.com' })
      .record('8', { email: 'a@example.com' }, { archived: true });
    expect(buildPlan(people.input)).toMatchObject({ entries: [], counts: { unchanged: 1 } });
  });

  test('several archived records are one conflict', () => {
    const people = world().user('ann', { email: 'a@example.com' }).record('6', { email: 'a@example.com' }, { archived: true }).record('7', { email: 'a@example.com' }, { archived: true });
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'conflict', reason: 'archived-target' });
  });
});

describe('values that are no good', () => {
  test('in an essential field they skip the user', () => {
    const people = world();
    people.user('ann', { email: 'a@example.com' }, { flaws: [people.flaw('username', 'invalid-value')] });
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'skip', reason: 'invalid-value', fields: [] });
    expect(buildPlan(people.input).counts.skip).toBe(1);
  });

  test('in a required field too', () => {
    const people = new World([rule('email'), rule('title', { required: true })], ['email']);
    people.user('ann', { email: 'a@example.com' }, { flaws: [people.flaw('title', 'invalid-value')] });
    expect(only(buildPlan(people.input))).toMatchObject({ action: 'skip', reason: 'invalid-value' });
  });

  test('a missing required value is told before an invalid one', () => {
    const people = world();
    people.user('ann', { email: 'a@example.com' }, { flaws: [people.flaw('email', 'invalid-value'), people.flaw('username', 'missing-required')] });
    expect(only(buildPlan(people.input)).reason).toBe('missing-required');
  });

  test('elsewhere they leave out the field alone, and are not counted as a skipped user', () => {
    const people = world();
    people
      .user('ann', { email: 'a@example.com', username: 'ann' }, { flaws: [people.flaw('first_name', 'invalid-value')] })
      .record('7', { email: 'a@example.com', first_name: 'Anne', username: 'old' });
    const plan = buildPlan(people.input);
    expect(plan.entries.map(({ action, reason, fields }) => [action, reason, fields.map(({ field }) => field)])).toEqual([
      ['update', null, ['username']],
      ['skip', 'invalid-value', ['first_name']],
    ]);
    expect(plan.counts).toMatchObject({ update: 1, skip: 0 });
  });

  test('are told with the value, and the record keeps what it has', () => {
    const people = world();
    people
      .user('ann', { email: 'a@example.com', username: 'ann' }, { flaws: [{ ...people.flaw('first_name', 'invalid-option'), value: 'Ann?' }] })
      .user('bob', { username: 'bob' }, { flaws: [{ ...people.flaw('email', 'invalid-option'), value: 'no mail' }] })
      .record('7', { email: 'a@example.com', first_name: 'Anne', username: 'ann' });
    expect(buildPlan(people.input).entries).toMatchObject([
      { action: 'skip', message: 'first_name is bad', value: 'Ann?', fields: [{ field: 'first_name', before: 'Anne', after: 'Anne' }] },
      { action: 'skip', message: 'email is bad', value: 'no mail', fields: [] },
    ]);
  });

  test('leave a new person without the field, even where there is a default for it', () => {
    const people = world();
    people.defaults = { first_name: 'Somebody', position: 'Employee' };
    people.user('ann', { email: 'a@example.com', username: 'ann' }, { flaws: [people.flaw('first_name', 'invalid-value')] });
    const [create] = buildPlan(people.input).entries;
    expect(create?.fields.map(({ field }) => field)).toEqual(['email', 'position', 'username']);
  });

  test('a rule that does not apply to the change is not judged', () => {
    const rules = [rule('email'), rule('role', { apply: 'on-create', required: true }), rule('title', { apply: 'if-empty', required: true })];
    const people = new World(rules, ['email']);
    const flaws = [people.flaw('role', 'missing-required'), people.flaw('title', 'missing-required')];
    people.user('ann', { email: 'a@example.com' }, { flaws }).user('bob', { email: 'b@example.com' }, { flaws });
    people.record('7', { email: 'a@example.com', title: 'CEO' });
    const plan = buildPlan(people.input);
    expect(only(plan)).toMatchObject({ action: 'skip', reason: 'missing-required', userPrincipalName: 'bob@example.com' });
    expect(plan.counts.unchanged).toBe(1);
  });

  test('under update-only a rule for new people is not judged', () => {
    const people = new World([rule('email'), rule('role', { apply: 'on-create', required: true })], ['email']);
    people.preference = 'update-only';
    people.user('ann', { email: 'a@example.com' }, { flaws: [people.flaw('role', 'missing-required')] });
    expect(only(buildPlan(people.input)).reason).toBe('preference');
  });
});

test('counts add up to the users read', () => {
  const people = world()
    .user('a', { email: 'a@example.com' })
    .user('b', { email: 'b@example.com', first_name: 'B' })
    .user('c', { email: 'c@example.com' })
    .user('d', {})
    .user('e', { email: 'e@example.com' })
    .user('f', { email: 'e@example.com' })
    .record('2', { email: 'b@example.com' })
    .record('3', { email: 'c@example.com' });
  expect(buildPlan(people.input).counts).toEqual({
    directory: 6, scope: 6, create: 1, update: 1, suspend: 0, restore: 0, unchanged: 1, skip: 1, conflict: 2, leaver: 0,
  });
});
