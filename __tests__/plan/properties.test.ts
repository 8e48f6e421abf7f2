import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FieldValue } from '../../src/field-value.ts';
import { wholeUser } from '../../src/mapping/index.ts';
import type { CurrentRecord } from '../../src/oomnitza/index.ts';
import { Commons, impactOf, isWithoutEffect, isWrite, writeOrder, type Plan } from '../../src/plan/index.ts';
import { buildPlan, deleted, rule, type PlanInput, World } from './support.ts';

const fields = ['email', 'employee_id', 'title', 'phone', 'city', 'role'];
const text = fc.constantFrom('', ' ', 'a', 'A', 'b', ' b ', 'c', '1', 'true', '2025-01-01');
const value: fc.Arbitrary<FieldValue> = fc.oneof(text, fc.constantFrom(null, 0, 1, true, false, 1_735_689_600));
const person = fc.record(Object.fromEntries(fields.map((field) => [field, value])));

const input: fc.Arbitrary<PlanInput> = fc
  .record({
    users: fc.array(person, { maxLength: 8 }),
    records: fc.array(fc.tuple(person, fc.boolean()), { maxLength: 8 }),
    enabled: fc.boolean(),
    keys: fc.constantFrom(['email'], ['employee_id', 'email']),
    preference: fc.constantFrom('create-and-update' as const, 'create-only' as const, 'update-only' as const),
    clear: fc.constantFrom('keep' as const, 'clear' as const),
  })
  .map(({ users, records, enabled, keys, preference, clear }) => {
    const rules = [
      rule('city', { apply: 'if-empty' }),
      rule('email'),
      rule('employee_id'),
      rule('phone', { whenEmpty: clear }),
      rule('role', { apply: 'on-create' }),
      rule('title'),
    ];
    const world = new World(rules, keys);
    world.defaults = { role: 25, title: 'Employee' };
    world.preference = preference;
    for (const [index, values] of users.entries()) world.user(`u${index}`, values, { enabled });
    for (const [index, [values, archived]] of records.entries()) world.record(String(index), values, { archived: archived && index % 3 === 0 });
    return world.input;
  });

/** Does to the records what the plan says, as a faultless Oomnitza would. */
function applied(start: PlanInput, plan: Plan): PlanInput {
  const columns = new Map([...start.rules.map(({ field }) => field), ...start.alsoRead].map((field, index) => [field, index]));
  const records = new Map<string, CurrentRecord>(start.current.map((record) => [record.userId, record]));
  let created = 0;
  for (const { entry } of writeOrder(plan, new Set(['email', 'employee_id']))) {
    const id = entry.oomnitzaId ?? `new-${created++}`;
    const old = records.get(id) ?? { userId: id, username: id, archived: false, values: Array.from(columns, () => null) };
    const values = [...old.values];
    for (const { field, after } of entry.fields) values[columns.get(field) ?? -1] = after;
    records.set(id, { ...old, values, username: String(values[columns.get('username') ?? -1] ?? old.username) });
  }
  return { ...start, current: [...records.values()] };
}

test('planning again after everything was applied finds nothing more to do for anyone who was not in conflict', () => {
  fc.assert(
    fc.property(input, (start) => {
      const first = buildPlan(start);
      const again = buildPlan(applied(start, first));
      // A conflict can dissolve because another user's change took away what it was about; the next run then acts on it.
      const conflicts = new Set(first.entries.filter(({ action }) => action === 'conflict').map(({ entraId }) => entraId));
      expect(again.entries.filter((entry) => isWrite(entry) && !conflicts.has(entry.entraId))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('the order in which users and records were read changes neither plan nor digest', () => {
  const shuffled = input.chain((start) =>
    fc.record({
      start: fc.constant(start),
      desired: fc.shuffledSubarray([...start.desired], { minLength: start.desired.length }),
      current: fc.shuffledSubarray([...start.current], { minLength: start.current.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ start, desired, current }) => {
      expect(buildPlan({ ...start, desired, current })).toEqual(buildPlan(start));
    }),
    { numRuns: 300 },
  );
});

test('nothing outside the mapped fields and the defaults is ever written, and no record twice', () => {
  fc.assert(
    fc.property(input, (start) => {
      const writes = buildPlan(start).entries.filter(isWrite);
      const known = new Set([...start.rules, ...start.defaults].map(({ field }) => field));
      for (const { fields: changes } of writes) for (const { field } of changes) expect(known).toContain(field);
      const ids = writes.flatMap(({ oomnitzaId }) => (oomnitzaId === null ? [] : [oomnitzaId]));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('every user has exactly one outcome', () => {
  fc.assert(
    fc.property(input, (start) => {
      const { counts, entries } = buildPlan(start);
      expect(counts.create + counts.update + counts.unchanged + counts.skip + counts.conflict).toBe(start.desired.length);
      // That somebody left is told besides.
      expect(entries.filter(({ action }) => action !== 'leaver')).toHaveLength(start.desired.length - counts.unchanged);
    }),
  );
});

const id = (number: number): string => `0000000${number}-aaaa-4000-8000-000000000000`;
const marker = { field: 'left_on', position: { line: 1, column: 1 } };

/** Somebody of the directory, and the record that goes with it, if there is one. */
const member = fc.record({
  enabled: fc.boolean(),
  /** What the sync file makes of them. */
  standing: fc.constantFrom('in scope', 'out of scope', 'not read', 'deleted', 'never known'),
  record: fc.constantFrom('none', 'owned', 'to be linked', 'of another'),
  suspended: fc.boolean(),
  marked: fc.boolean(),
  title: fc.constantFrom('Boss', 'Clerk', null),
});
const people = fc.record({
  members: fc.array(member, { maxLength: 8 }),
  protectedOne: fc.integer({ min: 0, max: 8 }),
  leavers: fc.record({ disabled: fc.constantFrom('report', 'suspend'), missing: fc.constantFrom('report', 'suspend'), returning: fc.constantFrom('report', 'restore'), marker: fc.constant(marker) }),
});

type People = typeof people extends fc.Arbitrary<infer Value> ? Value : never;

function worldOf({ members, protectedOne, leavers }: People): PlanInput {
  const world = new World([rule('email'), rule('entra_id'), rule('title')], ['entra_id', 'email']);
  world.hasIdentity = true;
  world.leavers = leavers;
  world.protect = [`p${protectedOne}@example.com`];
  for (const [number, { enabled, standing, record, suspended, marked, title }] of members.entries()) {
    const email = `p${number}@example.com`;
    const owner = record === 'owned' ? id(number) : record === 'of another' ? id((number + 1) % 9) : null;
    if (record !== 'none') world.record(String(number), { email, entra_id: owner, title, suspended, left_on: marked ? 1_700_000_000 : null });
    if (standing === 'in scope') world.user(`p${number}`, { email, entra_id: id(number), title: 'Boss' }, { enabled, id: id(number) });
    else if (standing === 'out of scope') world.outsider(`p${number}`, { email, entra_id: id(number) }, { enabled, id: id(number) });
    else if (standing !== 'never known') world.presence[id(number)] = standing === 'deleted' ? deleted : 'present';
  }
  return world.input;
}

test('nobody is suspended whom the directory has, but for disabled users in scope', () => {
  fc.assert(
    fc.property(people, (start) => {
      const { entries } = buildPlan(worldOf(start));
      for (const { entraId, oomnitzaId } of entries.filter(({ action }) => action === 'suspend')) {
        const number = start.members.findIndex((_member, index) => id(index) === entraId);
        const { standing, enabled } = start.members[number] ?? { standing: 'never known', enabled: true };
        expect(standing === 'deleted' || (standing === 'in scope' && !enabled)).toBe(true);
        expect(Number(oomnitzaId)).not.toBe(start.protectedOne);
      }
    }),
    { numRuns: 1000 },
  );
});

const shared = fc.constantFrom('a@example.com', 'b@example.com', ' B@example.com', null);

/** People of whom a narrower sync file still asks for some; `standing` is that of the others. */
const narrowed = (standing: string): fc.Arbitrary<Narrowed> =>
  fc.record({
    hasIdentity: fc.boolean(),
    isPartial: fc.boolean(),
    standing: fc.constant(standing),
    users: fc.array(fc.record({ enabled: fc.boolean(), email: shared, number: fc.constantFrom('1', null), upn: fc.constantFrom('a@example.com', 'b@example.com'), isIn: fc.boolean(), isDeleted: fc.boolean(), isFlawed: fc.boolean() }), { maxLength: 5 }),
    records: fc.array(fc.record({ email: shared, number: fc.constantFrom('1', null), username: shared, owner: fc.integer({ min: 0, max: 5 }) }), { maxLength: 3 }),
  });

interface Narrowed {
  readonly hasIdentity: boolean;
  readonly isPartial: boolean;
  readonly standing: string;
  readonly users: readonly { readonly enabled: boolean; readonly email: string | null; readonly number: string | null; readonly upn: string; readonly isIn: boolean; readonly isDeleted: boolean; readonly isFlawed: boolean }[];
  readonly records: readonly { readonly email: string | null; readonly number: string | null; readonly username: string | null; readonly owner: number }[];
}

function narrowedWorld({ hasIdentity, isPartial, standing, users, records }: Narrowed, isNarrow: boolean): PlanInput {
  const keys = ['email', 'number'];
  const world = new World([rule('email'), rule('number'), rule('title', { required: true }), ...(hasIdentity ? [rule('entra_id')] : [])], hasIdentity ? ['entra_id', ...keys] : keys);
  world.hasIdentity = hasIdentity;
  world.isPartial = isNarrow && isPartial;
  world.leavers = { ...world.leavers, disabled: 'suspend', ...(hasIdentity ? { missing: 'suspend' } : {}) };
  for (const [index, { email, number, username, owner }] of records.entries()) world.record(String(index), { email, number, username: username ?? '', entra_id: owner === 0 ? null : id(owner) });
  for (const [index, { enabled, email, number, upn, isIn, isDeleted, isFlawed }] of users.entries()) {
    const name = `p${index}`;
    const values = { email, number, entra_id: id(index + 1) };
    const flaws = isFlawed ? [world.flaw('title', 'missing-required')] : [];
    const person = { enabled, id: id(index + 1), userPrincipalName: upn, flaws };
    if (isDeleted) world.presence[id(index + 1)] = deleted;
    else if (isIn || !isNarrow) world.user(name, values, person);
    else if (standing === 'not read') world.stranger(name, values, person);
    else if (standing === 'scope fails') world.user(name, values, { ...person, flaws: [{ rule: wholeUser, reason: 'invalid-value', message: 'no' }] });
    else if (standing === 'out for being disabled' && !enabled) world.user(name, values, { ...person, outOfScope: true });
    else world.outsider(name, values, person);
  }
  return world.input;
}

function suspendedBy({ entries }: Plan): (string | null)[] {
  return entries.flatMap(({ action, oomnitzaId }) => (action === 'suspend' ? [oomnitzaId] : []));
}

test.each(['not read', 'out of scope', 'out for being disabled', 'scope fails'])('a narrower sync file suspends nobody whom the wider one would not: others are %s', (standing) => {
  fc.assert(
    fc.property(narrowed(standing), (start) => {
      expect(suspendedBy(buildPlan(narrowedWorld(start, false)))).toEqual(expect.arrayContaining(suspendedBy(buildPlan(narrowedWorld(start, true)))));
    }),
    { numRuns: 2000 },
  );
});

/** Account by account, as different names as a directory gives. */
const renamed = fc.record({
  hasIdentity: fc.boolean(),
  first: fc.constantFrom('report' as const, 'suspend' as const),
  keys: fc.constantFrom(['email', 'number'], ['username', 'email', 'number']),
  rule: fc.constantFrom<Parameters<typeof rule>[1]>({}, { whenEmpty: 'clear' }, { apply: 'if-empty' }),
  preference: fc.constantFrom('create-and-update' as const, 'update-only' as const),
  standing: fc.constantFrom('not read', 'out of scope'),
  users: fc.uniqueArray(fc.record({ enabled: fc.boolean(), email: shared, number: fc.constantFrom('1', '2', null), upn: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com'), isIn: fc.boolean() }), { maxLength: 3, selector: ({ upn }) => upn }),
  records: fc.array(fc.record({ email: shared, number: fc.constantFrom('1', '2', null), username: fc.constantFrom('a@example.com', 'b@example.com', 'd@example.com'), owner: fc.integer({ min: 0, max: 4 }) }), { maxLength: 3 }),
});

type Renamed = typeof renamed extends fc.Arbitrary<infer Value> ? Value : never;

function renamedWorld({ hasIdentity, keys, rule: more, preference, standing, users, records }: Renamed, disabled: 'report' | 'suspend', isNarrow: boolean): PlanInput {
  const world = new World([rule('email', more), rule('number', more), rule('username'), ...(hasIdentity ? [rule('entra_id')] : [])], hasIdentity ? ['entra_id', ...keys] : keys);
  world.hasIdentity = hasIdentity;
  world.preference = preference;
  world.leavers = { ...world.leavers, disabled };
  for (const [index, { owner, ...values }] of records.entries()) world.record(`old-${index}`, { ...values, entra_id: owner === 0 ? null : id(owner) });
  for (const [index, { enabled, email, number, upn, isIn }] of users.entries()) {
    const values = { email, number, username: upn, entra_id: id(index + 1) };
    const account = { enabled: enabled && !isIn, id: id(index + 1), userPrincipalName: upn };
    if (isIn || !isNarrow) world.user(`p${index}`, values, account);
    else if (standing === 'not read') world.stranger(`p${index}`, values, account);
    else world.outsider(`p${index}`, values, account);
  }
  return world.input;
}

test('nor does it in run after run, whatever it is told to do about disabled accounts at first', () => {
  fc.assert(
    fc.property(renamed, (start) => {
      const suspendedInTurn = (isNarrow: boolean): (string | null)[] => {
        const inTurn: (string | null)[] = [];
        let { current } = renamedWorld(start, 'suspend', isNarrow);
        for (const disabled of [start.first, 'suspend', 'suspend'] as const) {
          const world = { ...renamedWorld(start, disabled, isNarrow), current };
          const plan = buildPlan(world);
          inTurn.push(...suspendedBy(plan));
          ({ current } = applied(world, plan));
        }
        return inTurn.filter((record) => record?.startsWith('old-'));
      };
      const atOnce = suspendedBy(buildPlan(renamedWorld(start, 'suspend', false)));
      expect([...atOnce, ...suspendedInTurn(false)]).toEqual(expect.arrayContaining(suspendedInTurn(true)));
    }),
    { numRuns: 2000 },
  );
});

test('a plan means nothing beside itself, and says the same where another is made of the same data', () => {
  fc.assert(
    fc.property(people, (start) => {
      const alone = buildPlan(worldOf(start));
      expect(isWithoutEffect(impactOf(alone, alone))).toBe(true);
      const commons = new Commons();
      for (const plan of [buildPlan({ ...worldOf(start), commons }), buildPlan({ ...worldOf(start), commons })]) expect(plan).toEqual(alone);
    }),
    { numRuns: 500 },
  );
});

test('leavers who were suspended and people who were restored are not told again', () => {
  fc.assert(
    fc.property(people, (start) => {
      const world = worldOf(start);
      const first = buildPlan(world);
      const written = new Set(first.entries.flatMap(({ action, oomnitzaId }) => (action === 'suspend' || action === 'restore' ? [oomnitzaId] : [])));
      const again = buildPlan(applied(world, first));
      // Who was in conflict, or had a record that somebody else finds, may have one of their own now.
      const conflicts = new Set(first.entries.filter(({ action, message }) => action === 'conflict' || message.includes('another user')).map(({ entraId }) => entraId));
      expect(again.entries.filter((entry) => (isWrite(entry) || written.has(entry.oomnitzaId)) && !conflicts.has(entry.entraId))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
