import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../src/plan/index.ts';
import { buildPlan, rule, World } from './support.ts';

const ann = '11111111-aaaa-4000-8000-000000000001';
const bob = '22222222-bbbb-4000-8000-000000000002';

function world(): World {
  const people = new World([rule('email'), rule('entra_id'), rule('title')], ['entra_id', 'email']);
  people.hasIdentity = true;
  return people;
}

/** Adds a user whose rule for the identity gives the Entra id. */
function add(people: World, name: string, id: string, values: Record<string, string> = {}): World {
  return people.user(name, { email: `${name}@example.com`, entra_id: id, ...values }, { id });
}

function found({ entries }: Plan): string[] {
  return entries.map(({ action, reason, oomnitzaId }) => [action, reason, oomnitzaId].filter((part) => part !== null).join(' '));
}

test('the first time another key finds the record, and the Entra id is filled in', () => {
  const plan = buildPlan(add(world(), 'ann', ann).record('7', { email: 'ann@example.com' }).input);
  expect(plan.entries).toMatchObject([{ action: 'update', syncKey: 'email=ann@example.com', fields: [{ field: 'entra_id', before: null, after: ann }] }]);
  expect(plan.limits.find(({ name }) => name === 'updates')).toMatchObject({ actual: 0, base: 1 });
});

test('from then on the Entra id finds it, whatever else changed, in any case of letters', () => {
  const plan = buildPlan(add(world(), 'ann', ann, { email: 'married@example.com' }).record('7', { email: 'ann@example.com', entra_id: ` ${ann} ` }).record('8', { email: 'x@example.com', entra_id: bob.toUpperCase() }).input);
  expect(plan.entries.find(({ action }) => action === 'update')).toMatchObject({ oomnitzaId: '7', syncKey: `entra_id=${ann}`, fields: [{ field: 'email' }] });
});

describe.each([['upper case', bob.toUpperCase()], ['braces', `{${bob}}`], ['braces in upper case', `{${bob.toUpperCase()}}`], ['white space', ` \t${bob} `], ['both', ` { ${bob} } `]])('the same id in %s', (_name, spelled) => {
  test('is found, and is no change', () => {
    const plan = buildPlan(add(world(), 'bob', bob).record('7', { email: 'bob@example.com', entra_id: spelled }).input);
    expect(plan).toMatchObject({ entries: [], counts: { unchanged: 1 }, outOfScope: 0 });
    expect(plan.limits.find(({ name }) => name === 'updates')).toMatchObject({ actual: 0, base: 1 });
  });

  test('owns the record', () => {
    const people = add(world(), 'ann', ann).record('7', { email: 'ann@example.com', entra_id: spelled });
    const plan = buildPlan(people.input);
    expect(found(plan)).toEqual(['conflict identity-mismatch 7']);
    expect(plan.limits.find(({ name }) => name === 'shrink')).toMatchObject({ actual: 1, base: 1 });
  });
});

test('a new person gets the Entra id', () => {
  const [entry] = buildPlan(add(world(), 'ann', ann).input).entries;
  expect(entry).toMatchObject({ action: 'create', syncKey: `entra_id=${ann}` });
  expect(entry?.fields).toContainEqual({ field: 'entra_id', before: null, after: ann });
});

describe('a record that carries the Entra id of somebody else', () => {
  test('is left alone where an address was given to somebody new', () => {
    const people = add(world(), 'ann', ann).record('7', { email: 'ann@example.com', entra_id: bob });
    people.presence = { [bob]: 'present' };
    expect(found(buildPlan(people.input))).toEqual(['conflict identity-mismatch 7']);
  });

  test('what is no GUID is nobody’s id, and is overwritten', () => {
    const plan = buildPlan(add(world(), 'ann', ann).record('7', { email: 'ann@example.com', entra_id: 'E-1234' }).input);
    expect(plan.entries).toMatchObject([{ action: 'update', fields: [{ field: 'entra_id', before: 'E-1234', after: ann }] }]);
  });
});

describe('of several conflicts the first of the contract is told', () => {
  const twin = { email: 'ann@example.com' };
  test.each([
    ['duplicate-target before duplicate-source', add(add(world(), 'ann', ann), 'bob', bob, twin).record('7', { ...twin, entra_id: bob }).record('8', twin), ['conflict duplicate-target', 'conflict duplicate-target 7']],
    ['duplicate-source before identity-mismatch', add(add(world(), 'ann', ann), 'bob', bob, twin).record('7', { ...twin, entra_id: bob }), ['conflict duplicate-source 7', 'conflict duplicate-source 7']],
    ['ambiguous-match where the id finds another record', add(world(), 'ann', ann).record('7', { email: 'ann@example.com' }).record('8', { email: 'x@example.com', entra_id: ann }), ['conflict ambiguous-match 8']],
    ['archived-target for an id on an archived record', add(world(), 'ann', ann).record('7', { entra_id: ann }, { archived: true }), ['conflict archived-target 7']],
  ])('%s', (_name, people, expected) => {
    expect(found(buildPlan(people.input)).sort()).toEqual(expected);
  });

  test('a conflict comes before protection, and that before the preference', () => {
    const people = add(world(), 'ann', ann).record('7', { email: 'ann@example.com', entra_id: bob });
    people.protect = ['ann@example.com'];
    people.presence = { [bob]: 'present' };
    expect(found(buildPlan(people.input))).toEqual(['conflict identity-mismatch 7']);
    const kept = add(world(), 'ann', ann, { title: 'new' }).record('7', { email: 'ann@example.com' });
    kept.protect = ['ann@example.com'];
    kept.preference = 'create-only';
    expect(found(buildPlan(kept.input))).toEqual(['skip protected 7']);
  });
});
