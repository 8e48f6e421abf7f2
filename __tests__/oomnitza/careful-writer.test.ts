import { expect, test } from '@jest/globals';
import { HttpFailure } from '../../src/http/index.ts';
import { createCarefulWriter } from '../../src/oomnitza/index.ts';
import type { PlanEntry } from '../../src/plan/index.ts';
import { answer } from '../support/http.ts';
import { nearInstance, type Between } from '../support/in-process.ts';

/** Writes a change of Ada's department, from Army to Navy, to an instance in which things happen in between. */
async function write(between?: Between, prepare?: (world: ReturnType<typeof nearInstance>) => void): Promise<{ outcome: unknown; department: unknown; calls: string[] }> {
  const world = nearInstance(between);
  const ada = world.instance.addRecord({ email: 'ada@example.com', department: 'Army' });
  world.instance.addRecord({ email: 'bob@example.com', department: 'Army' });
  const entry: PlanEntry = {
    action: 'update', entraId: null, userPrincipalName: null, oomnitzaId: ada.user_id, username: 'ada@example.com', syncKey: null,
    fields: [{ field: 'department', before: 'Army', after: 'Navy' }], reason: null, message: '',
  };
  prepare?.(world);
  const outcome = await createCarefulWriter(world.oomnitza, new Map()).write(entry);
  return { outcome, department: world.instance.records.get(ada.user_id)?.department, calls: world.http.requests.map(({ method }) => method) };
}

/** The second look at the record, after the one that finds out how it is addressed. */
function secondLook(act: Between): Between {
  let looks = 0;
  return (request, serve) => (request.method === 'GET' && ++looks === 2 ? act(request, serve) : serve());
}

test('a record that is as expected is written', async () => {
  expect(await write()).toEqual({ outcome: { ok: true }, department: 'Navy', calls: ['GET', 'GET', 'PATCH'] });
});

test.each([
  ['has another value', { department: 'Marines' }, 'changed'],
  ['was archived', { deleted: 1_780_000_000 }, 'archived'],
])('one that %s is left alone', async (_name, values, kind) => {
  const { outcome, calls } = await write(undefined, ({ instance }) => { instance.updateRecord([...instance.records.keys()][0] ?? '', values); });
  expect(outcome).toMatchObject({ ok: false, unavailable: false, kind });
  expect(calls).not.toContain('PATCH');
});

test('so is one whose user name belongs to another by now', async () => {
  const taken = answer(200, { user_id: 'another', username: 'ada@example.com', department: 'Army' });
  expect((await write(secondLook(() => taken))).outcome).toMatchObject({ kind: 'other-record' });
});

test.each([
  ['gone', () => answer(404, {}), { kind: 'gone', unavailable: false }],
  ['out of order', () => answer(500, {}), { kind: '500', unavailable: true }],
  ['unreachable', () => Promise.reject(new HttpFailure('timeout', 'h', true, 'no answer')), { kind: 'timeout', unavailable: true }],
] as const)('and one that is %s', async (_name, act, failure) => {
  const { outcome, calls } = await write(secondLook(act));
  expect(outcome).toMatchObject({ ok: false, ...failure });
  expect(calls).toEqual(['GET', 'GET']);
});

test('one that cannot be addressed is told of as ever', async () => {
  const { outcome } = await write(undefined, ({ instance }) => { for (const id of instance.records.keys()) instance.removeRecord(id); });
  expect(outcome).toMatchObject({ kind: 'gone' });
});

test('who was renamed is found for a second change where people are addressed by their user names', async () => {
  const { instance, oomnitza } = nearInstance();
  instance.behaviour.address = 'username';
  const { user_id } = instance.addRecord({ email: 'ada@example.com' });
  const common = { entraId: null, userPrincipalName: null, oomnitzaId: user_id, username: 'ada@example.com', syncKey: null, reason: null, message: '' };
  const writer = createCarefulWriter(oomnitza, new Map());
  const outcomes = [
    await writer.write({ ...common, action: 'update', fields: [{ field: 'username', before: 'ada@example.com', after: 'ada@old.example' }] }),
    await writer.write({ ...common, action: 'suspend', fields: [{ field: 'suspended', before: false, after: true }] }),
  ];
  expect(outcomes).toEqual([{ ok: true }, { ok: true }]);
  expect(instance.record(user_id)).toMatchObject({ username: 'ada@old.example', suspended: true });
});

test('a refusal of the token ends everything', async () => {
  await expect(write(secondLook(() => answer(401, {})))).rejects.toMatchObject({ reason: 'authentication' });
});
