import { describe, expect, test } from '@jest/globals';
import type { Presence } from '../../src/directory/index.ts';
import { createPlanner, type Plan } from '../../src/plan/index.ts';
import { revealed, withheld } from '../../src/reserved.ts';
import { buildPlan, deleted, rule, World } from './support.ts';

const id = (number: number): string => `${String(number).padStart(8, '0')}-aaaa-4000-8000-000000000000`;
const marker = { field: 'left_on', position: { line: 1, column: 1 } };
const everything = { disabled: 'suspend', missing: 'suspend', returning: 'restore', marker } as const;

function world(leavers: Partial<World['leavers']> = everything): World {
  const people = new World([rule('email'), rule('entra_id'), rule('title')], ['entra_id', 'email']);
  people.hasIdentity = true;
  people.leavers = { ...people.leavers, missing: 'report', ...leavers };
  return people;
}

/** Adds a user, and the record that is in sync with it but for what is given. */
function pair(people: World, number: number, user: { enabled?: boolean; outOfScope?: true }, record: Record<string, string | number | boolean | null> = {}): World {
  const values = { email: `p${number}@example.com`, entra_id: id(number), title: 'Boss' };
  return people.user(`p${number}`, values, { ...user, id: id(number) }).record(String(number), { ...values, suspended: false, left_on: null, ...record });
}

function told({ entries }: Plan): string[] {
  return entries.map(({ action, reason, oomnitzaId }) => [action, reason, oomnitzaId].filter((part) => part !== null).join(' '));
}

describe('a disabled user', () => {
  test('whose record is in use is suspended and marked, beside the update', () => {
    const { entries, counts } = buildPlan(pair(world(), 1, { enabled: false }, { title: 'Clerk', suspended: '0' }).input);
    expect(entries).toMatchObject([
      { action: 'update', fields: [{ field: 'title' }] },
      { action: 'suspend', reason: 'disabled', entraId: id(1), oomnitzaId: '1', syncKey: `entra_id=${id(1)}`, fields: [{ field: 'left_on', before: null, after: '2026-02-28T00:00:00Z' }, { field: 'suspended', before: '0', after: true }] },
    ]);
    expect(counts).toMatchObject({ update: 1, suspend: 1, leaver: 1, unchanged: 0 });
  });

  test('is told once more only while the record is in use', () => {
    for (const suspended of [true, 'true', '1', 1]) expect(buildPlan(pair(world(), 1, { enabled: false }, { suspended }).input)).toMatchObject({ entries: [], counts: { leaver: 0, unchanged: 1 } });
    const archived = world({ disabled: 'report' }).user('p1', { email: 'p1@example.com' }, { enabled: false }).record('1', { email: 'p1@example.com' }, { archived: true });
    expect(told(buildPlan(archived.input))).toEqual(['conflict archived-target 1']);
  });

  test.each([
    ['report', ['leaver disabled 1'], 1],
    ['ignore', [], 0],
  ] as const)('%s', (disabled, rows, leaver) => {
    const plan = buildPlan(pair(world({ disabled }), 1, { enabled: false }).input);
    expect([told(plan), plan.counts.leaver, plan.counts.unchanged]).toEqual([rows, leaver, 1]);
  });

  test('is created like all others where disabled users are ignored', () => {
    const plan = buildPlan(world({ disabled: 'ignore' }).user('new', { email: 'new@example.com' }, { enabled: false }).input);
    expect(told(plan)).toEqual(['create']);
  });

  test('who is out of scope for that alone leaves a record behind, and nothing else is done', () => {
    const plan = buildPlan(pair(world(), 1, { enabled: false, outOfScope: true }, { title: 'Clerk' }).input);
    expect([told(plan), plan.counts.scope, plan.counts.directory]).toEqual([['suspend disabled 1'], 0, 1]);
  });

  test('with a bad value is skipped, and has left all the same', () => {
    const people = world();
    people.user('p1', { email: 'p1@example.com', entra_id: id(1) }, { enabled: false, id: id(1), flaws: [people.flaw('email', 'missing-required')] }).record('1', { entra_id: id(1) });
    expect(told(buildPlan(people.input))).toEqual(['suspend disabled 1', 'skip missing-required 1']);
  });

  test('of whom it cannot be told whether scope holds is left alone', () => {
    const people = world();
    people.user('p1', { entra_id: id(1) }, { enabled: false, id: id(1), flaws: [{ rule: -1, reason: 'invalid-value', message: 'scope' }] }).record('1', { entra_id: id(1) });
    expect(told(buildPlan(people.input))).toEqual(['skip invalid-value 1']);
  });
});

describe('a record is never suspended that somebody else may own', () => {
  const mail = { email: 'shared@example.com' };
  const disabled = { enabled: false } as const;
  const gone = { enabled: false, outOfScope: true } as const;
  const keyed = (): World => {
    const people = new World([rule('email'), rule('title')], ['email']);
    people.leavers = { ...everything, missing: 'ignore' };
    return people;
  };
  test.each([
    ['two users in scope', keyed().user('old', mail, disabled).user('new', mail).record('1', mail), ['leaver disabled 1', 'conflict duplicate-source 1', 'conflict duplicate-source 1']],
    ['an old account out of scope and a new one in it', keyed().user('old', mail, gone).user('new', mail).record('1', mail), ['leaver disabled 1']],
    ['two old accounts out of scope', keyed().user('old', mail, gone).user('older', mail, gone).record('1', mail), ['leaver disabled 1', 'leaver disabled 1']],
    ['a disabled user in scope and an old one out of it', keyed().user('old', mail, gone).user('new', mail, disabled).record('1', mail), ['leaver disabled 1', 'leaver disabled 1']],
    ['an old account and a new one out of scope', keyed().user('old', mail, gone).outsider('new', mail).record('1', mail), ['leaver disabled 1']],
    ['a disabled user in scope and a new account out of it', keyed().user('old', mail, disabled).outsider('new', mail).record('1', mail), ['leaver disabled 1']],
    ['several records', keyed().user('old', mail, gone).record('1', mail).record('2', mail), ['leaver disabled']],
  ])('%s', (_name, people, expected) => {
    expect(told(buildPlan(people.input))).toEqual(expected);
  });

  test('one whose user was given a new account that is out of scope, whatever became of the old one', () => {
    for (const old of ['deleted', 'disabled', 'disabled and renamed'] as const) {
      const people = world();
      const address = { email: 'p1@example.com' };
      people.record('1', { email: old === 'disabled and renamed' ? 'maiden@example.com' : 'p1@example.com', entra_id: id(1), suspended: false });
      if (old === 'deleted') people.presence = { [id(1)]: deleted };
      else people.user('p1', { ...address, entra_id: id(1) }, { enabled: false, id: id(1) });
      expect(told(buildPlan(people.input)).map((row) => row.split(' ')[0])).toContain('suspend');
      people.outsider('new', { ...address, entra_id: id(2) }, { id: id(2) });
      expect(told(buildPlan(people.input)).map((row) => row.split(' ')[0])).not.toContain('suspend');
    }
  });

  test('one that carries the id of another', () => {
    const people = world().user('p1', { email: 'p2@example.com', entra_id: id(1) }, { ...gone, id: id(1) }).record('2', { email: 'p2@example.com', entra_id: id(2) });
    people.presence = { [id(2)]: 'present' };
    expect(told(buildPlan(people.input))).toEqual(['leaver disabled 2']);
  });

  test('a skipped user counts', () => {
    const people = keyed().user('old', mail, gone);
    people.user('new', mail, { flaws: [people.flaw('email', 'missing-required')] }).record('1', mail);
    expect(told(buildPlan(people.input))).toEqual(['leaver disabled 1', 'skip missing-required 1']);
  });

  test('one that a key finds beside another is told with the reason, and that once', () => {
    for (const disabled of ['suspend', 'report'] as const) {
      const people = keyed().user('old', mail, { enabled: false }).record('1', mail).record('2', mail);
      people.leavers = { ...people.leavers, disabled };
      expect(buildPlan(people.input).entries.flatMap(({ action, message }) => (action === 'leaver' ? [message] : []))).toEqual(['the account is disabled in the directory, but several records have the same `email`']);
    }
  });

  test('one that a user finds by any key, though by the first one another record', () => {
    const people = new World([rule('entra_id'), rule('email'), rule('number')], ['entra_id', 'email', 'number']);
    people.hasIdentity = true;
    people.leavers = { ...people.leavers, disabled: 'suspend' };
    people.record('1', { entra_id: id(1), email: 'old@example.com', number: '7' }).record('2', { email: 'active@example.com' });
    people.user('old', { entra_id: id(1), email: 'old@example.com' }, gone).user('active', { entra_id: id(2), email: 'active@example.com', number: '7' }, { id: id(2) });
    const { entries } = buildPlan(people.input);
    expect(entries.map(({ action, oomnitzaId }) => `${action} ${oomnitzaId}`)).toEqual(['leaver 1', 'conflict 2']);
    expect(entries[0]?.message).toBe('the account is disabled in the directory, but another user finds the same record, so that the record is not suspended');
  });

  test('one that does not carry the Entra id, whoever else may have its address and was not read', () => {
    for (const outOfScope of [{}, { outOfScope: true }] as const) {
      const people = world().user('admin', { email: 'p5@example.com', entra_id: id(9), title: 'Admin' }, { ...outOfScope, enabled: false, id: id(9) });
      people.record('5', { email: 'p5@example.com', username: 'p5@example.com', suspended: false });
      const { entries, counts } = buildPlan(people.input);
      expect(entries.map(({ action, reason }) => `${action} ${reason ?? ''}`)).toEqual('outOfScope' in outOfScope ? ['leaver disabled'] : ['leaver disabled', 'skip disabled']);
      expect(entries[0]?.message).toBe('the account is disabled in the directory, but the record does not carry the Entra id of the user, and has another user name than the account, which is not suspended for that');
      expect(counts.leaver).toBe(1);
    }
  });

  test('without an identity, one that has another user name than the account', () => {
    const people = keyed().user('admin', mail, disabled).record('1', { ...mail, username: 'somebody@example.com', title: 'Boss' });
    expect(told(buildPlan(people.input))).toEqual(['leaver disabled 1']);
    const own = keyed().user('p1', mail, disabled).record('1', { ...mail, username: ' P1@Example.com' });
    expect(told(buildPlan(own.input))).toEqual(['suspend disabled 1']);
  });

  test('one that is linked already is, whatever its other values', () => {
    expect(told(buildPlan(pair(world(), 1, { enabled: false }, { email: 'other@example.com' }).input))).toEqual(['update 1', 'suspend disabled 1']);
  });

  test('where disabled users are only reported, one is linked that has the user name of the account, and no other', () => {
    const found = (record: Record<string, string>, disabled: 'report' | 'ignore' = 'report', identity = true): Plan => {
      const people = new World([rule('email'), rule('entra_id'), rule('title'), rule('username')], identity ? ['entra_id', 'email'] : ['email']);
      people.hasIdentity = identity;
      people.leavers = { ...people.leavers, disabled };
      return buildPlan(people.user('p1', { email: 'p1@example.com', entra_id: id(1), title: 'New', username: 'p1@example.com' }, { enabled: false, id: id(1) }).record('1', { email: 'p1@example.com', title: 'Old', ...record }).input);
    };
    const written = ({ entries }: Plan): unknown => entries.map(({ action, fields }) => [action, ...fields.map(({ field }) => field)]);
    expect(written(found({ username: 'P1@example.com' }))).toEqual([['update', 'entra_id', 'title', 'username'], ['leaver']]);
    const shared = found({ username: 'active@example.com' });
    expect(written(shared)).toEqual([['update', 'title'], ['leaver']]);
    expect(shared.entries[1]?.message).toBe('the account is disabled in the directory, but the record does not carry the Entra id of the user, and has another user name than the account');
    expect(written(found({ username: 'active@example.com', entra_id: id(1) }))).toEqual([['update', 'title', 'username'], ['leaver']]);
    expect(written(found({ username: 'active@example.com' }, 'report', false))).toEqual([['update', 'entra_id', 'title'], ['leaver']]);
    expect(written(found({ username: 'active@example.com' }, 'ignore'))).toEqual([['update', 'entra_id', 'title', 'username']]);
  });

  test('the keys of one that find different records, in scope or not', () => {
    for (const outOfScope of [{}, { outOfScope: true }] as const) {
      const people = pair(world(), 1, { ...outOfScope, enabled: false }, { email: 'old@example.com' }).record('2', { email: 'p1@example.com' });
      const { entries } = buildPlan(people.input);
      expect(entries[0]).toMatchObject({ action: 'leaver', reason: 'disabled', oomnitzaId: '1', message: expect.stringContaining('find different records, so that the record is not suspended') });
    }
  });
});

describe('an owned record whose user was not read', () => {
  const owned = (presence: Presence, leavers: Partial<World['leavers']> = everything): World => {
    const people = world(leavers).record('1', { entra_id: id(1).toUpperCase(), suspended: null });
    people.presence = { [id(1)]: presence };
    return people;
  };

  test('is suspended where the user was deleted', () => {
    expect(buildPlan(owned(deleted).input).entries).toMatchObject([
      { action: 'suspend', reason: 'missing', entraId: id(1), userPrincipalName: 'gone@example.com', oomnitzaId: '1', username: 'user-1', syncKey: `entra_id=${id(1)}`, fields: [{ field: 'left_on' }, { field: 'suspended', before: null, after: true }] },
    ]);
  });

  test('is not suspended where an enabled user finds it by another key, as one does whose account was made anew', () => {
    const made = (values: Record<string, string>, enabled = true): Plan => {
      const people = world().user('new', { entra_id: id(2), ...values }, { id: id(2), enabled }).record('1', { entra_id: id(1), email: 'p1@example.com', suspended: null });
      people.presence = { [id(1)]: deleted };
      return buildPlan(people.input);
    };
    const contested = made({ email: 'P1@example.com' });
    expect(told(contested)).toEqual(['leaver missing 1', 'conflict identity-mismatch 1']);
    expect(contested.entries[0]?.message).toBe('the user was deleted from the directory, but another user finds the same record, so that the record is not suspended');
    expect(contested.counts).toMatchObject({ leaver: 1, suspend: 0 });
    expect(told(made({ email: 'p2@example.com' }))).toEqual(['create', 'suspend missing 1']);
    // Also where their own record is found first.
    const people = pair(world(), 2, {}).record('1', { entra_id: id(1), email: 'p2@example.com' });
    people.presence = { [id(1)]: deleted };
    expect(told(buildPlan(people.input))).toContain('leaver missing 1');
    expect(told(made({ email: 'p1@example.com' }, false))).toContain('suspend missing 1');
  });

  test('is never suspended otherwise', () => {
    expect(buildPlan(owned('present').input)).toMatchObject({ entries: [], outOfScope: 1, counts: { leaver: 0 } });
    const unknown = buildPlan(owned('unknown').input);
    expect([told(unknown), unknown.counts.leaver]).toEqual([['leaver unknown-id 1'], 1]);
  });

  test('is told of by its user name in Oomnitza where the directory tells none, as far as people may be told of', () => {
    for (const presence of ['unknown', { userPrincipalName: null, isSucceeded: false }] as const) {
      const [entry] = buildPlan(owned(presence).input).entries;
      expect(entry).toMatchObject({ userPrincipalName: null, message: expect.anything() });
      expect(revealed(entry?.message ?? '')).toMatch(/; the user name in Oomnitza is user-1$/);
      expect(withheld(entry?.message ?? '')).toMatch(/(?:deleted from the directory|among the users deleted lately)$/);
    }
    expect(revealed(buildPlan(owned(deleted).input).entries[0]?.message ?? '')).toBe('the user was deleted from the directory');
  });

  test('is only told of, or not sought at all, where that is asked', () => {
    expect(told(buildPlan(owned(deleted, { missing: 'report' }).input))).toEqual(['leaver missing 1']);
    expect(createPlanner(owned(deleted, { missing: 'ignore' }).input).candidates()).toEqual([]);
  });

  test('is not asked for when it is suspended or archived, holds no GUID, or the user is there, in scope or not', () => {
    const people = pair(world(), 1, {});
    people.record('2', { entra_id: id(2), suspended: '1' }).record('3', { entra_id: id(3) }, { archived: true }).record('4', { entra_id: 'E4' }).record('5', { entra_id: id(5) }).record('6', { entra_id: id(6) }).record('7', { entra_id: id(6) });
    people.outsider('p5', { entra_id: id(5) }, { id: id(5) });
    const planner = createPlanner(people.input);
    for (const user of people.users) planner.add(user);
    for (const seen of people.seen) planner.see(seen);
    expect(planner.candidates()).toEqual([id(6)]);
    expect(() => planner.finish(2)).toThrow(TypeError);
  });

  test('is not asked for when only some users were', () => {
    const people = owned(deleted);
    people.isPartial = true;
    expect(buildPlan(people.input)).toMatchObject({ entries: [], limits: [] });
  });
});

describe('an enabled user whose record is suspended', () => {
  const back = { suspended: true, left_on: 1_700_000_000 };
  test('is restored where this sync suspended the record, and the mark is cleared', () => {
    const { entries, counts } = buildPlan(pair(world(), 1, {}, back).input);
    expect(entries).toMatchObject([{ action: 'restore', reason: 'returning', fields: [{ field: 'left_on', before: 1_700_000_000, after: null }, { field: 'suspended', before: true, after: false }] }]);
    expect(counts).toMatchObject({ restore: 1, leaver: 0, unchanged: 1 });
  });

  test.each([null, '', 0, '0'])('is only told of where the mark is %p', (left_on) => {
    expect(told(buildPlan(pair(world(), 1, {}, { ...back, left_on }).input))).toEqual(['leaver returning 1']);
  });

  test('is told of, or ignored', () => {
    const plan = buildPlan(pair(world({ returning: 'report' }), 1, {}, back).input);
    expect([told(plan), plan.counts.leaver]).toEqual([['leaver returning 1'], 0]);
    expect(told(buildPlan(pair(world({ returning: 'ignore' }), 1, {}, back).input))).toEqual([]);
  });
});

test('under create-only all leavers are reported and nothing else, under update-only they are suspended', () => {
  const people = pair(pair(world(), 1, { enabled: false }), 2, {}, { suspended: true, left_on: 5 }).record('3', { entra_id: id(3) });
  people.presence = { [id(3)]: deleted };
  people.preference = 'create-only';
  expect(told(buildPlan(people.input))).toEqual(['leaver missing 3', 'leaver disabled 1', 'leaver returning 2']);
  people.preference = 'update-only';
  expect(told(buildPlan(people.input))).toEqual(['suspend missing 3', 'suspend disabled 1', 'restore returning 2']);
});
