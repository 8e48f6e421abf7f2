import { describe, expect, test } from '@jest/globals';
import { HttpFailure, type HttpAnswer } from '../../src/http/index.ts';
import { applyPlan } from '../../src/apply/index.ts';
import { createWriter, hasSaasApplication, readAssigned } from '../../src/oomnitza/index.ts';
import type { PlanEntry } from '../../src/plan/index.ts';
import { answer, inTurn, plain } from '../support/http.ts';
import { inFull } from '../support/in-full.ts';
import { nearInstance, type Between } from '../support/in-process.ts';
import { creation, instance, update } from '../support/oomnitza.ts';

const path = '/api/v3/saas/12/users';

async function assignedBy(list: unknown): Promise<unknown> {
  const found = await readAssigned(instance(inTurn(answer(200, list), answer(200, []))).oomnitza, '12');
  return found === undefined ? undefined : [...found.everybody];
}

describe('who is assigned', () => {
  test.each(['flat', 'nested'] as const)('is read from all pages, however the list names people (%s), with and without a total', async (saasUsers) => {
    for (const totals of [true, false]) {
      const near = nearInstance();
      Object.assign(near.instance.behaviour, { saasUsers, totals, pageLimit: 2 });
      near.instance.saas.set('12', { users: new Map([['a', null], ['b', 'x'], ['c', null]]), strangers: ['nobody'] });
      expect(await readAssigned(near.oomnitza, '12')).toEqual({ everybody: new Set(['a', 'b', 'c']), withoutId: new Set(['a', 'c']) });
    }
  });

  test('is nobody whom a mark excepts', async () => {
    expect(await assignedBy([{ user_id: 7 }, { user_id: 'b', assign: false }, { user_id: 'c', assigned: '0' }, { user_id: 'd', assigned: true }, { user_id: null }, null])).toEqual(['7', 'd']);
    expect(await assignedBy([{ user: null }])).toEqual([]);
    expect(await assignedBy([])).toEqual([]);
  });

  test.each([
    ['names people in another way', [{ email: 'ada@x.y' }]],
    ['is none', { users: [] }],
  ])('is not guessed from a list that %s', async (_how, list) => {
    await expect(assignedBy(list)).rejects.toMatchObject({ reason: 'target-unavailable' });
  });

  test('is read again where it does not come to the total', async () => {
    const page = (ids: readonly string[], total: number): HttpAnswer => ({ ...answer(200, ids.map((id) => ({ user_id: id }))), headers: new Headers({ 'X-Total-Count': String(total) }) });
    const moved = instance(inTurn(page(['a'], 2), page(['a'], 2), page(['a', 'b'], 2)));
    expect((await readAssigned(moved.oomnitza, '12'))?.everybody).toEqual(new Set(['a', 'b']));
    await expect(readAssigned(instance(inTurn(page(['a'], 2))).oomnitza, '12')).rejects.toMatchObject({ reason: 'target-unavailable', message: expect.stringContaining('2 users, and gave 1, 3 times') });
  });

  test('is counted by what is read, though accounts of nobody look the same', async () => {
    const nobody = { user_id: null };
    const alike = instance(inTurn({ ...answer(200, [{ user_id: 'a' }, nobody, nobody]), headers: new Headers({ 'X-Total-Count': '3' }) }));
    expect([...((await readAssigned(alike.oomnitza, '12'))?.everybody ?? [])]).toEqual(['a']);
    expect(alike.http.requests).toHaveLength(1);
  });

  test('is unknown of an application that is not there', async () => {
    const near = nearInstance();
    expect([await readAssigned(near.oomnitza, 'a b'), await hasSaasApplication(near.oomnitza, '..%')]).toEqual([undefined, false]);
    await expect(hasSaasApplication(instance(inTurn(answer(500, {}))).oomnitza, '12')).rejects.toMatchObject({ reason: 'target-unavailable' });
    await expect(readAssigned(instance(inTurn(answer(403, {}))).oomnitza, '12')).rejects.toMatchObject({ reason: 'permission', hint: expect.stringContaining('SaaS applications') });
  });
});

const saas = { application: '12', externalId: 'x-1' };
const withSaas = (entry: PlanEntry): PlanEntry => ({ ...entry, saas, fields: [...entry.fields, { field: 'saas', before: null, after: '12' }] });
const newcomer = withSaas(creation({ email: 'ada@x.y', username: 'ada', role: 25 }));

interface Story {
  readonly outcome: unknown;
  /** What each user is called in the application. */
  readonly users: readonly (string | null)[];
  /** Writes, and reads of the application's users. */
  readonly calls: readonly string[];
}

/** Writes a change to an instance that has the application and, as Bob, the person with the id given. */
async function carryOut(entry: PlanEntry, between?: Between, refusals: 'status' | 'error' = 'status'): Promise<Story> {
  const near = nearInstance(between);
  near.instance.behaviour.saasRefusals = refusals;
  near.instance.addRecord({ user_id: bob, username: 'bob', email: 'bob@x.y' });
  const users = new Map<string, string | null>();
  near.instance.saas.set('12', { users, strangers: ['someone'] });
  const outcome = await createWriter(near.oomnitza, ['email']).write(entry).catch((thrown: unknown) => thrown);
  const told = near.http.requests.filter(({ method, url }) => method !== 'GET' || url.pathname === path);
  const calls = told.map(({ method, url, body }) => `${method} ${url.pathname} ${body ?? ''}`.trim().replaceAll(/[0-9a-f]{32}/g, '{id}'));
  return { outcome, calls, users: [...users.values()] };
}

const bob = '0123456789abcdef0123456789abcdef';
const lost = new HttpFailure('network', 'h', true, 'closed the connection');
const creating = 'POST /api/v3/users {"email":"ada@x.y","username":"ada","role":25}';
const assigning = `POST ${path} [{"user_id":"{id}","assign":true}]`;
const storing = `POST ${path}/{id} {"user_external_id":"x-1"}`;
const looking = `GET ${path}`;

/** Meets the first call to a path, or as many as given; all others are served. */
function at(pathname: string | RegExp, meet: Between, times = 1): Between {
  let met = 0;
  return (request, serve) => (request.method === 'POST' && (pathname instanceof RegExp ? pathname.test(request.url.pathname) : request.url.pathname === pathname) && met++ < times ? meet(request, serve) : serve());
}

describe('a change with an assignment', () => {
  test('writes the record without it, then assigns the person and stores the external id', async () => {
    expect(await carryOut(newcomer)).toEqual({ outcome: { ok: true }, calls: [creating, assigning, storing], users: ['x-1'] });
  });

  test('leaves the record alone where nothing else changes', async () => {
    expect(await carryOut(withSaas(update(bob, 'bob', {})))).toEqual({ outcome: { ok: true }, calls: [assigning, storing], users: ['x-1'] });
  });

  test('says what the answer to the record’s own change told', async () => {
    const { outcome } = await carryOut(withSaas(update(bob, 'bob', { department: 'IT' })), (request, serve) => (request.method === 'PATCH' ? answer(200, { user_id: bob, username: 'bob', department: 'I.T.' }) : serve()));
    expect(outcome).toEqual({ ok: true, altered: ['department'] });
  });

  test('assigns nobody whose record was not written', async () => {
    const taken = withSaas(creation({ email: 'bob@x.y', username: 'ada', role: 25 }));
    expect(await carryOut(taken)).toMatchObject({ outcome: { ok: false, kind: expect.stringMatching(/^409/) }, calls: [expect.stringContaining('POST /api/v3/users')], users: [] });
  });

  test('asks for the id of a new record where the answer does not tell it', async () => {
    const silent: Between = (request, serve) => {
      const served = serve();
      return request.url.pathname === '/api/v3/users' && request.method === 'POST' ? plain(204, '') : served;
    };
    expect(await carryOut(newcomer, silent)).toMatchObject({ outcome: { ok: true }, users: ['x-1'] });
    const unfound: Between = (request, serve) => (request.url.pathname === '/api/v3/users' ? plain(204, '') : serve());
    expect(await carryOut(newcomer, unfound)).toMatchObject({ outcome: { ok: false, message: expect.stringMatching(/may or may not have been written/) }, users: [] });
  });
});

describe('an assignment of which it is unknown whether it was carried out', () => {
  test.each([
    ['is not made again where it was', (serve: () => HttpAnswer) => { serve(); return Promise.reject(lost); }, [assigning, looking, storing]],
    ['is made again where it was not', () => Promise.reject(lost), [assigning, looking, assigning, storing]],
    ['is made again where a page answered as if all were well', () => plain(200, '<html>'), [assigning, looking, assigning, storing]],
  ])('%s', async (_how, meet, calls) => {
    expect(await carryOut(withSaas(update(bob, 'bob', {})), at(path, (_request, serve) => meet(serve)))).toEqual({ outcome: { ok: true }, calls, users: ['x-1'] });
  });

  test('was made where it came so late that the second one is refused', async () => {
    let late: (() => HttpAnswer) | undefined;
    const between: Between = (request, serve) => {
      if (request.url.pathname !== path) return serve();
      if (request.method === 'POST' && late === undefined) {
        late = serve;
        return Promise.reject(lost);
      }
      const served = serve();
      // The first call takes effect right after it was looked up.
      if (request.method === 'GET') late?.();
      return served;
    };
    expect(await carryOut(withSaas(update(bob, 'bob', {})), between)).toMatchObject({ outcome: { ok: true }, users: ['x-1'] });
  });

  test('is given up after three attempts, or where nobody says who is assigned', async () => {
    const vain = await carryOut(withSaas(update(bob, 'bob', {})), at(path, () => Promise.reject(lost), 9));
    expect(vain).toMatchObject({ outcome: { ok: false, unavailable: true, message: 'the person could not be assigned to SaaS application 12: h: closed the connection' }, calls: [assigning, looking, assigning, looking, assigning, looking] });
    const blind = await carryOut(withSaas(update(bob, 'bob', {})), (request, serve) => (request.url.pathname !== path ? serve() : request.method === 'GET' ? answer(500, {}) : Promise.reject(lost)));
    expect(blind).toMatchObject({ outcome: { ok: false, message: expect.stringMatching(/may or may not have been written$/) }, calls: [assigning, looking] });
  });
});

describe('a failure', () => {
  test.each(['status', 'error'] as const)('to assign says in the words of the server (%s) that the record was written', async (refusals) => {
    const entry = withSaas(update(bob, 'bob', { department: 'IT' }));
    const { outcome } = await carryOut(entry, at(path, () => (refusals === 'status' ? answer(400, { error: 'No licence.' }) : answer(200, [{ error: 'No licence.' }])), 9));
    const code = refusals === 'status' ? 'Oomnitza answered 400' : 'Oomnitza answered';
    expect(inFull(outcome)).toMatchObject({ ok: false, unavailable: false, message: `the record was updated; the person could not be assigned to SaaS application 12: ${code}: No licence.` });
  });

  test.each([{ errors: ['No licence.'] }, { success: false, message: 'No licence.' }, [{ success: false }]])('to assign is read from a success that is none: %j', async (body) => {
    const { outcome } = await carryOut(withSaas(update(bob, 'bob', {})), at(path, () => answer(200, body), 9));
    expect(outcome).toMatchObject({ ok: false, message: expect.stringMatching(/could not be assigned/) });
  });

  test.each(['status', 'error'] as const)('is none where the person was assigned meanwhile (%s)', async (refusals) => {
    const meanwhile = at(path, (_request, serve) => {
      serve();
      return serve();
    });
    expect(await carryOut(withSaas(update(bob, 'bob', {})), meanwhile, refusals)).toMatchObject({ outcome: { ok: true }, users: ['x-1'] });
  });

  test('to assign stops nothing but further assignments, and only when the first all fail alike', async () => {
    const near = nearInstance(at(path, () => answer(400, { error: 'No licence.' }), 99));
    near.instance.saas.set('12', { users: new Map(), strangers: [] });
    const entries = Array.from({ length: 60 }, (_each, index) => withSaas(creation({ email: `p${index}@x.y`, username: `p${index}`, role: 25 })));
    const { results, stopped } = await applyPlan(entries.map((entry) => ({ entry, after: [] })), createWriter(near.oomnitza, ['email']), { concurrency: 2, signal: new AbortController().signal, onProgress: () => undefined });
    expect(stopped).toBeUndefined();
    expect(near.instance.records.size).toBe(60);
    expect(entries.map((entry) => results.get(entry))).toEqual(entries.map(() => ({ status: 'failed', recordWritten: true, message: expect.stringMatching(/^the record was created; the person /) })));
    expect(near.http.requests.filter(({ method, url }) => method === 'POST' && url.pathname === path).length).toBeLessThan(55);
  });

  test('to assign stops the look-ups of new records too, whose ids are needed for nothing else', async () => {
    const near = nearInstance((request, serve) => {
      if (request.url.pathname === path) return answer(400, { error: 'No licence.' });
      const served = serve();
      return request.method === 'POST' ? answer(served.status, { ...Object(served.json), user_id: undefined }) : served;
    });
    const entries = Array.from({ length: 60 }, (_each, index) => withSaas(creation({ email: `p${index}@x.y`, username: `p${index}`, role: 25 })));
    const { results } = await applyPlan(entries.map((entry) => ({ entry, after: [] })), createWriter(near.oomnitza, ['email']), { concurrency: 2, signal: new AbortController().signal, onProgress: () => undefined });
    expect(entries.map((entry) => results.get(entry))).toEqual(entries.map(() => ({ status: 'failed', recordWritten: true, message: expect.stringMatching(/^the record was created; the person /) })));
    expect(near.http.requests.filter(({ method, url }) => method === 'GET' && url.searchParams.has('filter')).length).toBeLessThan(55);
  });

  test('to store the external id says that the person is assigned, and when a later run makes up for it', async () => {
    const { outcome, users } = await carryOut(newcomer, at(/users\/./, () => answer(400, { error: 'Too long.' })));
    expect(inFull(outcome)).toMatchObject({ ok: false, message: expect.stringMatching(/^the record was created; the person was assigned to SaaS application 12, but the external id could not be stored \(.*by hand.*\): Oomnitza answered 400: Too long\.$/) });
    expect(users).toEqual([null]);
  });

  test('of the right to assign stops everything, and says what was written before', async () => {
    const forbidden = at(path, () => answer(403, { error: 'No SaaS for you.' }));
    expect((await carryOut(newcomer, forbidden)).outcome).toMatchObject({ reason: 'permission', message: expect.stringMatching(/No SaaS for you\..* \(Of this person, the record was created before\.\)$/), hint: expect.stringContaining('SaaS applications') });
    const alone = at(path, () => answer(401, {}));
    expect((await carryOut(withSaas(update(bob, 'bob', {})), alone)).outcome).toMatchObject({ reason: 'authentication', message: expect.not.stringContaining('before') });
    const atLookUp: Between = (request, serve) => (request.url.pathname !== path ? serve() : request.method === 'GET' ? answer(403, {}) : Promise.reject(lost));
    expect((await carryOut(withSaas(update(bob, 'bob', {})), atLookUp)).outcome).toMatchObject({ reason: 'permission' });
  });
});
