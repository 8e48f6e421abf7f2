import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FieldValue } from '../../src/field-value.ts';
import type { CurrentRecord } from '../../src/oomnitza/index.ts';
import { isWrite, writeOrder, type Plan } from '../../src/plan/index.ts';
import { buildPlan, rule, type PlanInput, World } from './support.ts';

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
  const columns = new Map(start.rules.map(({ field }, index) => [field, index]));
  const records = new Map<string, CurrentRecord>(start.current.map((record) => [record.userId, record]));
  let created = 0;
  for (const { entry } of writeOrder(plan, new Set(['email', 'employee_id']))) {
    const id = entry.oomnitzaId ?? `new-${created++}`;
    const old = records.get(id) ?? { userId: id, username: id, archived: false, values: start.rules.map(() => null) };
    const values = [...old.values];
    for (const { field, after } of entry.fields) values[columns.get(field) ?? -1] = after;
    records.set(id, { ...old, values });
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
