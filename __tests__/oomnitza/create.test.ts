import { describe, expect, test } from '@jest/globals';
import { HttpFailure, type HttpAnswer } from '../../src/http/index.ts';
import type { WriteOutcome } from '../../src/apply/index.ts';
import { createWriter } from '../../src/oomnitza/index.ts';
import { answer, inTurn, plain, type Handler } from '../support/http.ts';
import { inFull } from '../support/in-full.ts';
import { creation, instance } from '../support/oomnitza.ts';

const ada = creation({ username: 'ada', email: 'Ada@example.com', role: 25 });

interface Created {
  readonly outcome: WriteOutcome;
  readonly posts: number;
  /** The filters that were looked up. */
  readonly filters: (string | null)[];
  readonly pauses: number;
}

async function create(posts: Handler, lookUps: Handler = inTurn(answer(200, [])), entry = ada, keys: readonly string[] = ['email']): Promise<Created> {
  const { oomnitza, http } = instance((request) => (request.method === 'POST' ? posts(request) : lookUps(request)));
  const outcome = await createWriter(oomnitza, keys).write(entry);
  const asked = http.requests.filter(({ method }) => method === 'GET');
  return { outcome, posts: http.requests.length - asked.length, filters: asked.map(({ url }) => url.searchParams.get('filter')), pauses: http.pauses };
}

const lost = (maybeSent = true): HttpFailure => new HttpFailure('network', 'h', maybeSent, 'closed the connection in mid-request');
const maybe = '; the change may or may not have been written';

/** Does one thing after the other; what is no answer is thrown. */
function steps(...all: (HttpAnswer | Error)[]): Handler {
  return () => {
    const step = all.shift() ?? new Error('asked too often');
    return step instanceof Error ? Promise.reject(step) : step;
  };
}

describe('a create that is answered', () => {
  test('is sent once, with all values', async () => {
    const { oomnitza, http } = instance(inTurn(answer(201, { user_id: 'u1' })));
    expect(await createWriter(oomnitza, ['email']).write(ada)).toEqual({ ok: true });
    expect(http.requests).toMatchObject([
      { method: 'POST', url: new URL('https://example.oomnitza.com/api/v3/users'), body: '{"username":"ada","email":"Ada@example.com","role":25}', repeatable: false },
    ]);
  });

  test.each([
    [answer(409, { errors: ['Another user has the email.'] }), { ok: false, unavailable: false, kind: '409 another user has the email.', message: 'Oomnitza answered 409: Another user has the email.' }],
    [answer(400, {}), { ok: false, unavailable: false, kind: '400', message: 'Oomnitza answered 400' }],
    [answer(429, {}), { ok: false, unavailable: true, kind: '429', message: 'Oomnitza answered 429' }],
    [plain(302, ''), { ok: false, unavailable: true, kind: '302', message: 'Oomnitza answered 302 with a redirect to another of its pages while writing a change' }],
    [plain(404, '<html>'), { ok: false, unavailable: false, kind: '404', message: 'Oomnitza answered 404 with a web page while writing a change' }],
  ])('with a refusal is not looked up (%#)', async (given, outcome) => {
    expect(inFull(await create(inTurn(given)))).toEqual({ outcome, posts: 1, filters: [], pauses: 0 });
  });

  test.each([
    [401, 'authentication'],
    [403, 'permission'],
  ])('with %i stops everything', async (status, reason) => {
    await expect(create(inTurn(answer(status, {})))).rejects.toMatchObject({ reason });
  });
});

const empty: readonly HttpAnswer[] = [plain(204, ''), plain(200, ''), answer(201, {}), answer(200, null), answer(200, [])];

describe('a create that is answered by success, yet without the record,', () => {
  test.each(empty)('is done where the person is there (%#)', async (given) => {
    const there = inTurn(answer(200, []), answer(200, [{ user_id: 'u1', username: 'ada', email: 'Ada@example.com' }]));
    expect(await create(inTurn(given), there)).toMatchObject({ outcome: { ok: true }, posts: 1, filters: ["email eq 'Ada@example.com'", "email eq 'Ada@example.com'"] });
  });

  test.each(empty)('is not made again where nobody is there, who may only be listed later (%#)', async (given) => {
    expect(await create(inTurn(given))).toMatchObject({ outcome: { ok: false, message: expect.stringMatching(/^Oomnitza answered 20\d, but not with the record; the change may or may not/) }, posts: 1 });
  });

  test.each([{ errors: ['Bad role.'] }, { error: { message: 'Bad role.' } }, { success: false, message: 'Bad role.' }])('has failed where it says why: %j', async (body) => {
    expect(inFull(await create(inTurn(answer(200, body))))).toMatchObject({ outcome: { ok: false, message: 'Oomnitza answered 200, but not with the record: Bad role.' }, posts: 1 });
  });
});

test('a create that certainly never arrived has failed, and that is all', async () => {
  expect(await create(steps(lost(false)))).toEqual({
    outcome: { ok: false, unavailable: true, kind: 'network', message: 'h: closed the connection in mid-request' },
    posts: 1,
    filters: [],
    pauses: 0,
  });
});

/** With how often the person is looked up before the next attempt. */
const unknown: readonly (readonly [string, () => HttpAnswer | Error, number])[] = [
  ['the connection broke', () => lost(), 5],
  ['the server failed', () => answer(500, { error: 'Oops.' }), 1],
  ['a gateway gave up', () => plain(504, '<html>'), 5],
  ['a web page answered as if all were well', () => plain(200, '<html>'), 1],
  ['something else than the API answered', () => plain(200, 'Welcome!'), 1],
];

describe.each(unknown)('a create of which it is unknown whether it was carried out, because %s,', (_name, fault, looks) => {
  test('is done where the person is there', async () => {
    const found = inTurn(answer(200, [{ user_id: 'u1', email: ' ada@EXAMPLE.com' }]));
    expect(await create(steps(fault()), found)).toEqual({ outcome: { ok: true, altered: ['email'] }, posts: 1, filters: ["email eq 'Ada@example.com'"], pauses: 1 });
  });

  test('is tried again where nobody is there', async () => {
    expect(await create(steps(fault(), answer(201, { user_id: 'u1' })))).toMatchObject({ outcome: { ok: true }, posts: 2, pauses: looks });
  });

  test('is done where it arrived so late that the second one was refused', async () => {
    const nobody = Array.from({ length: looks + 2 }, () => answer(200, []));
    const lookUps = inTurn(answer(200, []), ...nobody.slice(1), answer(200, [{ email: 'Ada@example.com' }]));
    expect(await create(steps(fault(), answer(409, { error: 'Email is taken.' })), lookUps)).toMatchObject({ outcome: { ok: true }, posts: 2 });
  });

  test('is done where the person is there only after some seconds, without a second attempt', async () => {
    if (looks === 1) return;
    const lookUps = inTurn(answer(200, []), answer(200, []), answer(200, []), answer(200, [{ email: 'Ada@example.com' }]));
    expect(await create(steps(fault()), lookUps)).toMatchObject({ outcome: { ok: true }, posts: 1 });
  });

  test('may have been carried out where the second one meets what nobody finds', async () => {
    const { outcome, posts } = await create(steps(fault(), answer(409, { error: 'Email is taken.' })));
    expect({ outcome, posts }).toMatchObject({ outcome: { ok: false, message: expect.stringContaining(maybe) }, posts: 2 });
  });

  test('is not the record that somebody else made meanwhile', async () => {
    const stranger = inTurn(answer(200, [{ user_id: 'u9', username: 'eve', email: 'ada@example.com' }]));
    expect(await create(steps(fault()), stranger)).toMatchObject({ outcome: { ok: false, message: expect.stringContaining('somebody with another user name has the same key') }, posts: 1 });
  });

  test('may or may not have been carried out, also where the token is refused only now', async () => {
    await expect(create(steps(fault()), inTurn(answer(401, {})))).rejects.toMatchObject({ reason: 'authentication', message: expect.stringContaining('may or may not have been written') });
  });

  test('has failed where the second one was refused for another reason', async () => {
    expect(inFull(await create(steps(fault(), answer(400, { error: 'Bad role.' }))))).toMatchObject({ outcome: { ok: false, unavailable: false, kind: '400 bad role.', message: 'Oomnitza answered 400: Bad role.' }, posts: 2 });
  });

  test('is given up after three attempts', async () => {
    const { outcome, posts, pauses, filters } = await create(steps(fault(), fault(), fault()));
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome).not.toMatchObject({ message: expect.stringContaining('may or may not') });
    expect([posts, filters.length, pauses]).toEqual([3, 3 * (looks + 2), 3 * looks]);
  });

  test.each([
    ['refuses to say', answer(400, { error: 'Bad filter.' })],
    ['is out of order', answer(503, {})],
    ['answers with a web page', plain(200, '<html>')],
    ['answers with an object', answer(200, { users: [] })],
    ['answers with other people, so that it cannot have understood', answer(200, [{ email: 'bob@example.com' }, null, 'x'])],
  ])('is not tried again where the instance %s', async (_how, given) => {
    const { outcome, posts } = await create(steps(fault()), inTurn(given));
    expect(outcome).toMatchObject({ ok: false, message: expect.stringMatching(new RegExp(`${maybe}$`)) });
    expect(posts).toBe(1);
  });

  test('is not tried again where the instance does not answer any more', async () => {
    const { outcome, posts } = await create(steps(fault()), steps(lost(false)));
    expect(outcome).toMatchObject({ ok: false, message: expect.stringMatching(new RegExp(`${maybe}$`)) });
    expect(posts).toBe(1);
  });
});

describe('a person is looked up', () => {
  const found = async (entry: ReturnType<typeof creation>, keys: readonly string[], there: HttpAnswer = answer(200, [])): Promise<Created> =>
    await create(steps(lost(), answer(201, { user_id: 'u1' })), inTurn(there), entry, keys);

  test('by the first key, in the order of the keys', async () => {
    const entry = creation({ aaa_id: 'guid-1', email: 'ada@example.com', username: 'ada' });
    expect((await found(entry, ['username', 'email'])).filters.slice(0, 5)).toEqual(Array(5).fill(["username eq 'ada'"][0]));
  });

  test('by the next key where the first has no value', async () => {
    expect((await found(creation({ email: null, username: 'ada' }), ['email', 'username'])).filters.slice(0, 5)).toEqual(Array(5).fill(["username eq 'ada'"][0]));
    expect((await found(creation({ email: '  ', username: 'ada' }), ['email', 'username'])).filters.slice(0, 5)).toEqual(Array(5).fill(["username eq 'ada'"][0]));
  });

  test('with double quotes around an apostrophe', async () => {
    expect((await found(creation({ email: "o'neil@example.com" }), ['email'])).filters.slice(0, 5)).toEqual(Array(5).fill(['email eq "o\'neil@example.com"'][0]));
  });

  test('by the next key where the first holds both kinds of quotes', async () => {
    expect((await found(creation({ username: 'o\'neil "x"', email: 'x@example.com' }), ['username', 'email'])).filters.slice(0, 5)).toEqual(Array(5).fill(["email eq 'x@example.com'"][0]));
  });

  test('in the letters and by the user name, too, before nobody is believed to be there', async () => {
    const entry = creation({ email: ' Ada@Example.com', username: 'Ada' });
    expect(new Set((await found(entry, ['email'])).filters)).toEqual(new Set(["email eq ' Ada@Example.com'", "email eq 'ada@example.com'", "username eq 'Ada'"]));
    const { oomnitza, http } = instance((request) => {
      if (request.method === 'POST') return Promise.reject(lost());
      return answer(200, request.url.searchParams.get('filter') === "username eq 'Ada'" ? [{ user_id: 'u1', username: 'Ada', email: 'ada@example.com' }] : []);
    });
    expect(await createWriter(oomnitza, ['email']).write(entry)).toMatchObject({ ok: true });
    expect(http.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('and whoever has the user name with another key leaves open what happened', async () => {
    const { oomnitza } = instance((request) => {
      if (request.method === 'POST') return Promise.reject(lost());
      return answer(200, request.url.searchParams.get('filter')?.startsWith('username') ? [{ user_id: 'u1', username: 'Ada', email: 'eve@example.com' }] : []);
    });
    expect(await createWriter(oomnitza, ['email']).write(creation({ email: 'ada@x.y', username: 'Ada' }))).toMatchObject({ ok: false, message: expect.stringContaining('may or may not') });
  });

  test('by a number', async () => {
    const { outcome, posts } = await found(creation({ employee_number: 17 }), ['employee_number'], answer(200, [{ employee_number: '17' }]));
    expect({ outcome, posts }).toEqual({ outcome: { ok: true }, posts: 1 });
  });

  test('or, where no key can be asked for, not created again', async () => {
    const { outcome, posts, filters } = await found(creation({ email: '\'"' }), ['email', 'username']);
    expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining('may or may not') });
    expect({ posts, filters }).toEqual({ posts: 1, filters: [] });
  });

  test('is refused where the token is', async () => {
    await expect(found(ada, ['email'], answer(401, {}))).rejects.toMatchObject({ reason: 'authentication' });
  });
});

test('the end of the run ends a create that waits for its next attempt', async () => {
  const reason = new Error('the run was cancelled');
  const { oomnitza } = instance(inTurn(answer(500, {})));
  const stopped = { ...oomnitza, pause: () => Promise.reject(reason) };
  await expect(createWriter(stopped, ['email']).write(ada)).rejects.toBe(reason);
});
