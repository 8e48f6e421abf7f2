import { describe, expect, test } from '@jest/globals';
import { HttpFailure, type HttpRequest } from '../../src/http/index.ts';
import { createWriter } from '../../src/oomnitza/index.ts';
import { answer, inTurn, plain, type Handler } from '../support/http.ts';
import { instance, update } from '../support/oomnitza.ts';

/** An instance whose people answer to their ids, or to their user names. */
function answersTo(ident: 'user_id' | 'username', written: Handler = () => answer(200, {})): Handler {
  return (request) => {
    if (request.method === 'PATCH') return written(request);
    const known = { user_id: 'u1', username: 'ada' };
    return request.url.pathname.endsWith(`/${known[ident]}`) ? answer(200, known) : answer(404, { error: 'User not found.' });
  };
}

function writing(handle: Handler): { readonly writer: ReturnType<typeof createWriter>; readonly patches: () => HttpRequest[]; readonly requests: readonly HttpRequest[] } {
  const { oomnitza, http } = instance(handle);
  return { writer: createWriter(oomnitza, ['email']), requests: http.requests, patches: () => http.requests.filter(({ method }) => method === 'PATCH') };
}

const change = update('u1', 'ada', { department: 'IT', phone_number: null });

describe('a person is addressed', () => {
  test('by id where the right record answers to it', async () => {
    const { writer, patches } = writing(answersTo('user_id'));
    expect(await writer.write(change)).toEqual({ ok: true });
    expect(patches()).toMatchObject([{ url: new URL('https://example.oomnitza.com/api/v3/users/u1'), body: '{"department":"IT","phone_number":null}', repeatable: true }]);
  });

  test('by user name where nobody answers to the id', async () => {
    const { writer, patches } = writing(answersTo('username'));
    expect(await writer.write(change)).toEqual({ ok: true });
    expect(patches()[0]?.url.pathname).toBe('/api/v3/users/ada');
  });

  test.each([
    ['another record', answer(200, { user_id: 'u2', username: 'u1' })],
    ['a list', answer(200, [])],
    ['null', answer(200, null)],
    ['a web page', plain(200, '<html>')],
  ])('by user name where %s answers to the id', async (_name, given) => {
    const { writer, patches } = writing(({ method }) => (method === 'GET' ? given : answer(200, {})));
    await writer.write(change);
    expect(patches()[0]?.url.pathname).toBe('/api/v3/users/ada');
  });

  test('by an id that is a number', async () => {
    const { writer, patches } = writing(({ method }) => (method === 'GET' ? answer(200, { user_id: 17 }) : answer(200, {})));
    await writer.write(update('17', 'ada', { department: 'IT' }));
    expect(patches()[0]?.url.pathname).toBe('/api/v3/users/17');
  });

  test('after a single question, however many are written', async () => {
    const { writer, requests } = writing(answersTo('user_id'));
    await Promise.all([writer.write(change), writer.write(update('u2', 'bob', { department: 'HR' })), writer.write(update('u3', 'eve', {}))]);
    await writer.write(update('u4', 'joe', {}));
    expect(requests.map(({ method, url }) => `${method} ${url.pathname.slice(14)}`)).toEqual(['GET u1', 'PATCH u1', 'PATCH u2', 'PATCH u3', 'PATCH u4']);
  });

  test('percent-encoded', async () => {
    const { writer, patches } = writing(answersTo('username'));
    await writer.write(update('u9', 'o\'neil/ö ?#%@example.com', { department: 'IT' }));
    expect(patches()[0]?.url.pathname).toBe("/api/v3/users/o'neil%2F%C3%B6%20%3F%23%25%40example.com");
  });

  // Such a name would make the path that of another resource.
  test.each(['', '.', '..', null])('not at all by the user name %j', async (username) => {
    const { writer, patches } = writing(answersTo('username'));
    expect(await writer.write(update('u9', username, { department: 'IT' }))).toMatchObject({ ok: false, message: expect.stringContaining('user name') });
    expect(patches()).toEqual([]);
  });
});

describe('while it cannot be found out how people are addressed', () => {
  test.each([
    ['an answer of 503', () => answer(503, { error: 'Down.' }), { ok: false, unavailable: true, kind: '503', message: 'Oomnitza answered 503: Down.' }],
    ['an answer of 429', () => answer(429, {}), { ok: false, unavailable: true, kind: '429', message: 'Oomnitza answered 429' }],
    ['no connection', () => Promise.reject(new HttpFailure('network', 'h', false, 'refused the connection')), { ok: false, unavailable: true, kind: 'network', message: 'h: refused the connection' }],
    // Only the question may have been sent, not the change.
    ['no answer', () => Promise.reject(new HttpFailure('timeout', 'h', true, 'no answer within 60 s')), { ok: false, unavailable: true, kind: 'timeout', message: 'h: no answer within 60 s' }],
  ])('a change fails, and the next one asks again: %s', async (_name, failing, outcome) => {
    let first = true;
    const { writer, requests } = writing((request) => {
      if (!first) return answersTo('user_id')(request);
      first = false;
      return failing();
    });
    expect(await Promise.all([writer.write(change), writer.write(change)])).toEqual([outcome, outcome]);
    expect(await writer.write(change)).toEqual({ ok: true });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH']);
  });
});

describe('a change may be sent twice', () => {
  test.each([
    ['user_id', { department: 'IT' }, true],
    ['user_id', { username: 'ada.l' }, true],
    ['username', { department: 'IT' }, true],
    // A second attempt under the old name could meet whoever took it over.
    ['username', { username: 'ada.l' }, false],
  ] as const)('by %s with %j: %j', async (ident, fields, repeatable) => {
    const { writer, patches } = writing(answersTo(ident));
    await writer.write(update('u1', 'ada', fields));
    expect(patches()).toMatchObject([{ repeatable }]);
  });
});

describe('what became of a change', () => {
  test.each([
    [answer(200, {}), { ok: true }],
    [plain(204, ''), { ok: true }],
    [answer(409, { errors: ['Email is taken.'] }), { ok: false, unavailable: false, kind: '409', message: 'Oomnitza answered 409: Email is taken.' }],
    [plain(500, '<html>'), { ok: false, unavailable: true, kind: '500', message: 'Oomnitza answered 500' }],
    [plain(302, ''), { ok: false, unavailable: false, kind: '302', message: 'Oomnitza answered 302' }],
  ])('is told in the words of the server (%#)', async (given, outcome) => {
    const { writer } = writing(answersTo('user_id', inTurn(given)));
    expect(await writer.write(change)).toEqual(outcome);
  });

  test.each([
    ['timeout', true, 'h: gone; the change may or may not have been written'],
    ['network', false, 'h: gone'],
  ] as const)('is told where there was no answer (%s)', async (kind, maybeSent, message) => {
    const { writer } = writing(answersTo('user_id', () => Promise.reject(new HttpFailure(kind, 'h', maybeSent, 'gone'))));
    expect(await writer.write(change)).toEqual({ ok: false, unavailable: true, kind, message });
  });

  test.each([
    [401, 'authentication'],
    [403, 'permission'],
  ])('is thrown where no other change can succeed either (%i)', async (status, reason) => {
    const { writer } = writing(answersTo('user_id', inTurn(answer(status, {}))));
    await expect(writer.write(change)).rejects.toMatchObject({ reason });
  });

  test.each([401, 403])('is thrown where already the question is refused (%i)', async (status) => {
    const { writer } = writing(inTurn(answer(status, {})));
    await expect(writer.write(change)).rejects.toMatchObject({ reason: status === 401 ? 'authentication' : 'permission' });
  });

  test('is thrown where the run ended', async () => {
    const reason = new Error('the run was cancelled');
    const { writer } = writing(answersTo('user_id', () => Promise.reject(reason)));
    await expect(writer.write(change)).rejects.toBe(reason);
  });
});
