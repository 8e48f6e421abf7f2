import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { InstanceBehaviour, OomnitzaInstance } from '../../sandbox/index.ts';
import { applyPlan, type WriteResult } from '../../src/apply/index.ts';
import type { FieldValue } from '../../src/field-value.ts';
import { createBulkWriter, createWriter, readFields, readRecords } from '../../src/oomnitza/index.ts';
import { writeOrder, type Plan } from '../../src/plan/index.ts';
import { answer } from '../support/http.ts';
import { nearInstance, type NearInstance } from '../support/in-process.ts';
import { buildPlan, rule, World } from '../plan/support.ts';

/** `cost_center` is wide enough for anything, `employee_type` and `external_id` are not: some records are refused. */
const fields = ['cost_center', 'department', 'email', 'employee_type', 'entra_object_id', 'left_on', 'phone_number', 'role', 'username'] as const;
const uniqueFields = new Set(['username', 'email', 'entra_object_id', 'user_id', 'uid']);

const person = fc.record(
  {
    cost_center: fc.constantFrom('1', 'Ünï "x" \'y\'', '=1+1'),
    department: fc.constantFrom('IT', 'Sales', 'x'.repeat(300)),
    email: fc.constantFrom('a@x.y', 'B@x.y', 'c@x.y', "d'e@x.y", 'f@x.y'),
    employee_type: fc.constantFrom('EMP', 'CON', 'Wizard'),
    entra_object_id: fc.constantFrom('id-1', 'id-2', 'id-3'),
    left_on: fc.constantFrom('2024-02-29T00:00:00Z', '2030-01-01T12:00:00Z'),
    phone_number: fc.constantFrom('+1 2', '+12', '007'),
  },
  { requiredKeys: [] },
);

const worlds = fc.record({
  users: fc.array(person, { maxLength: 8 }),
  records: fc.array(person, { maxLength: 6 }),
  keys: fc.constantFrom(['email'], ['entra_object_id', 'email'], ['email', 'entra_object_id']),
  clear: fc.constantFrom('keep' as const, 'clear' as const),
  /** Phone numbers are stored without spaces. */
  normalises: fc.boolean(),
  /** Somebody else makes a person with the email of the first who is to be created, after the plan was made. */
  isTakenMeanwhile: fc.boolean(),
  /** Somebody else makes the first update that is simple enough, after the plan was made. */
  isDoneMeanwhile: fc.boolean(),
  /** User names differ, too. */
  renames: fc.boolean(),
  /** So often the run log says that nothing is being processed before it counts anything. */
  emptyLogs: fc.nat(3),
  behaviour: fc.record({
    bulkLogs: fc.constantFrom('texts' as const, 'objects' as const, 'none' as const),
    bulkMatching: fc.constantFrom('any' as const, 'all' as const),
    bulkPolls: fc.nat(2),
    pageLimit: fc.constantFrom(2, 500),
    caseSensitiveFilters: fc.boolean(),
    booleans: fc.constantFrom('boolean' as const, 'digit' as const),
    totals: fc.boolean(),
  }),
});

type GivenWorld = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

function worldOf({ records, behaviour, normalises, emptyLogs }: GivenWorld): NearInstance {
  let looks = 0;
  const near = nearInstance((request, serve) => {
    if (!request.url.pathname.startsWith('/api/v3/connector_run_logs/connectors/') || looks++ >= emptyLogs) return serve();
    return answer(200, { objects: { updated: 0, added: 0, failed: 0, skipped: 0, unchanged: 0, canceled: 0, processing: 0 }, logs: {} });
  });
  if (normalises) near.instance.field('phone_number').stores = (value) => (typeof value === 'string' ? value.replaceAll(' ', '') : value);
  Object.assign(near.instance.behaviour, behaviour satisfies Partial<InstanceBehaviour>);
  for (const [index, values] of records.entries()) {
    near.instance.addRecord({ user_id: `u${index}`, username: `user${index}`, ...values, ...(values.left_on === undefined ? {} : { left_on: Date.parse(values.left_on) / 1000 }) });
  }
  return near;
}

const simple = new Set(['cost_center', 'department', 'phone_number']);

function meddle({ instance }: NearInstance, { isTakenMeanwhile, isDoneMeanwhile }: GivenWorld, { entries }: Plan): void {
  const taken = entries.find(({ action }) => action === 'create')?.fields.find(({ field }) => field === 'email')?.after;
  if (isTakenMeanwhile && taken !== undefined && instance.holders('email', taken).length === 0) instance.addRecord({ user_id: 'stranger', username: 'stranger', email: taken });
  const done = entries.find(({ action, fields: changes }) => action === 'update' && changes.every(({ field, after }) => simple.has(field) && typeof after === 'string' && after.length < 50));
  if (!isDoneMeanwhile || done === undefined) return;
  const stored = done.fields.map(({ field, after }) => [field, instance.field(field).stores?.(after) ?? after] as const);
  instance.updateRecord(done.oomnitzaId ?? '', Object.fromEntries(stored));
}

async function planOf({ oomnitza }: NearInstance, { users, keys, clear, renames }: GivenWorld): Promise<Plan> {
  const world = new World(fields.map((field) => rule(field, { whenEmpty: clear, ...(field === 'role' || (field === 'username' && !renames) ? { apply: 'on-create' } : {}) })), keys);
  // User names are nobody's keys here, so that two users with the same one would be no conflict; nobody has that.
  for (const [index, values] of users.entries()) world.user(`u${index}`, { ...values, username: `new${index}`, role: 25 });
  const read = await readRecords(oomnitza, { fields: [...fields], concurrency: 1, onProgress: () => undefined, notice: () => undefined });
  return buildPlan({ ...world.input, current: read.records });
}

interface Ending {
  readonly state: unknown;
  readonly results: readonly (WriteResult['status'] | undefined)[];
  /** What the records sent by the bulk API came to. */
  readonly inBulk: readonly string[];
}

async function carryOut(given: GivenWorld, way: 'rest' | 'bulk'): Promise<Ending> {
  const near = worldOf(given);
  const plan = await planOf(near, given);
  const writes = writeOrder(plan, uniqueFields);
  meddle(near, given, plan);
  const notices: string[] = [];
  const described = (await readFields(near.oomnitza)) ?? new Map<string, never>();
  const options = { connectorName: 'Azureusers', fields: described, keyFields: given.keys, people: given.records.length, concurrency: 2, notice: (sentence: string) => { notices.push(sentence); }, say: () => undefined };
  const { results, stopped } = await applyPlan(writes, createWriter(near.oomnitza, given.keys), {
    concurrency: 1,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    bulk: way === 'bulk' ? createBulkWriter(near.oomnitza, options) : undefined,
  });
  expect({ stopped, notices: notices.filter((notice) => !notice.startsWith('Oomnitza keeps other values than those sent in `phone_number`')) }).toEqual({ stopped: undefined, notices: [] });
  return { state: stateOf(near.instance), results: plan.entries.map((entry) => results.get(entry)?.status), inBulk: [...near.instance.portions.values()].flatMap(({ records }) => records.map(({ state }) => state)) };
}

/** Every person with everything but what each write counts and numbers for itself. */
function stateOf(instance: OomnitzaInstance): unknown {
  const known = new Set(Object.keys(Object.fromEntries(instance.fields)));
  const own = new Set(['user_id', 'uid', 'version', 'change_date', 'creation_date', 'changed_by', 'created_by']);
  const told = (record: Readonly<Record<string, FieldValue>>): [string, FieldValue][] =>
    [...known].filter((name) => !own.has(name)).map((name) => [name, record[name] ?? null]);
  return [...instance.records.values()].map((record) => JSON.stringify(told(record))).sort();
}

/** Chance makes it hardly ever. */
const doneMeanwhile: GivenWorld = {
  users: [{ email: 'a@x.y', department: 'IT', phone_number: '+1 2' }],
  records: [{ email: 'a@x.y', department: 'Sales' }],
  keys: ['email'],
  clear: 'keep',
  behaviour: { bulkLogs: 'texts', bulkMatching: 'any', bulkPolls: 0, pageLimit: 500, caseSensitiveFilters: false, booleans: 'boolean', totals: true },
  normalises: true,
  isTakenMeanwhile: false,
  isDoneMeanwhile: true,
  renames: false,
  emptyLogs: 1,
};

/** One change is refused, and another one is stored in a form that the record has already. */
const otherForm: GivenWorld = {
  ...doneMeanwhile,
  users: [{ email: 'a@x.y', department: 'x'.repeat(300) }, { email: 'c@x.y', phone_number: '+1 2' }],
  records: [{ email: 'c@x.y', phone_number: '+12' }],
  isDoneMeanwhile: false,
  emptyLogs: 0,
};

test('for the same plan the bulk API and the REST API leave the same records, and the same changes fail', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(worlds, async (given) => {
      const [rest, { inBulk, ...bulk }] = [await carryOut(given, 'rest'), await carryOut(given, 'bulk')];
      expect({ ...bulk, inBulk: [] }).toEqual(rest);
      for (const state of inBulk) seen.add(state);
    }),
    { numRuns: 150, examples: [[doneMeanwhile], [otherForm]] },
  );
  // The bulk API really had a part in it, in every way.
  expect([...seen].sort()).toEqual(['added', 'failed', 'skipped', 'unchanged', 'updated']);
});
