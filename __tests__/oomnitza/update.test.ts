import { describe, expect, test } from '@jest/globals';
import { HttpFailure, type HttpAnswer, type HttpRequest } from '../../src/http/index.ts';
import { unknownField } from '../../src/instance-field/index.ts';
import { createWriter } from '../../src/oomnitza/index.ts';
import type { PlanEntry } from '../../src/plan/index.ts';
import { answer, inTurn, plain, type Handler } from '../support/http.ts';
import { inFull } from '../support/in-full.ts';
import { instance, update } from '../support/oomnitza.ts';

/** A record that tells nothing of the fields that were sent. */
const done: Handler = ({ url }) => {
  const ident = decodeURIComponent(url.pathname.slice(14));
  return answer(200, /^(?:u\d|\d+)$/.test(ident) ? { user_id: ident } : { user_id: { ada: 'u1', 'ada.byron': 'u1', bob: 'u2' }[ident] ?? 'u9' });
};

/** An instance whose people answer to their ids, or to their user names. */
function answersTo(ident: 'user_id' | 'username', written: Handler = done): Handler {
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
  test('by the new name after a change that gave it, where ids are unknown', async () => {
    const people = new Map([['ada', 'u1'], ['ada.byron', 'u1'], ['bob', 'u2']]);
    const { writer, patches } = writing(({ method, url }) => {
      const id = people.get(url.pathname.split('/').at(-1) ?? '');
      return id === undefined ? answer(404, {}) : answer(200, method === 'GET' ? { user_id: id } : {});
    });
    await writer.write(update('u1', 'ada', { username: 'ada.byron' }));
    await writer.write({ ...update('u1', 'ada', { suspended: true }), action: 'suspend' });
    await writer.write({ ...update('u2', 'bob', { suspended: true }), action: 'suspend' });
    expect(patches().map(({ url }) => url.pathname)).toEqual(['/api/v3/users/ada', '/api/v3/users/ada.byron', '/api/v3/users/bob']);
  });

  test.each(['suspend', 'restore'] as const)('by user name only after a look whether it is still theirs: %s', async (action) => {
    const { writer, patches } = writing(({ method, url }) => (method === 'GET' && url.pathname.endsWith('/u1') ? answer(404, {}) : answer(200, { user_id: 'u2', username: 'ada' })));
    expect(await writer.write({ ...update('u1', 'ada', { suspended: true }), action })).toMatchObject({ ok: false, kind: 'gone' });
    expect(patches()).toEqual([]);
  });

  test('by id where the right record answers to it', async () => {
    const { writer, patches } = writing(answersTo('user_id'));
    expect(await writer.write(change)).toEqual({ ok: true });
    expect(patches()).toMatchObject([{ url: new URL('https://example.oomnitza.com/api/v3/users/u1'), body: '{"department":"IT","phone_number":null}', repeatable: false }]);
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
    ['a refusal', answer(400, { error: 'No such ident.' })],
  ])('by user name where %s answers to the id, and the record itself to the name', async (_name, given) => {
    const { writer, patches } = writing((request) => (request.method === 'GET' ? (request.url.pathname.endsWith('/ada') ? answer(200, { user_id: 'u1', username: 'ada' }) : given) : done(request)));
    await writer.write(change);
    expect(patches()[0]?.url.pathname).toBe('/api/v3/users/ada');
  });

  test.each([
    ['a web page', plain(200, '<html>')],
    ['a refusal', answer(400, { error: 'Not now.' })],
    ['a redirect', plain(302, '')],
  ])('as before after one odd answer, from which nothing is learnt: %s', async (_name, odd) => {
    const once = (times: number): ReturnType<typeof writing> => {
      let questions = 0;
      return writing((request) => (request.method === 'GET' && questions++ < times ? odd : answersTo('user_id')(request)));
    };
    expect(await once(1).writer.write(change)).toEqual({ ok: true });
    const { writer, patches } = once(2);
    const [asking, waiting] = await Promise.all([writer.write(change), writer.write(update('u1', 'ada', { department: 'HR' }))]);
    expect([asking, waiting]).toEqual([expect.objectContaining({ ok: false }), { ok: true }]);
    expect(patches().map(({ url }) => url.pathname)).toEqual(['/api/v3/users/u1']);
  });

  test('not at all where somebody else has taken over the name of one who is gone, and nothing is learnt from it', async () => {
    const { writer, patches } = writing((request) => (request.method === 'GET' && request.url.pathname.endsWith('/eve') ? answer(200, { user_id: 'u9', username: 'eve' }) : answersTo('user_id')(request)));
    expect(await writer.write(update('u7', 'eve', { department: 'IT' }))).toEqual({ ok: false, unavailable: false, kind: 'gone', message: 'the record is not there any more, and somebody else has its user name' });
    expect(await writer.write(change)).toEqual({ ok: true });
    expect(patches().map(({ url }) => url.pathname)).toEqual(['/api/v3/users/u1']);
  });

  test('by an id that is a number', async () => {
    const { writer, patches } = writing(({ method }) => (method === 'GET' ? answer(200, { user_id: 17 }) : answer(200, { user_id: 17 })));
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
    await writer.write(change);
    await writer.write(update('u9', 'o\'neil/ö ?#%@example.com', { department: 'IT' }));
    expect(patches()[1]?.url.pathname).toBe("/api/v3/users/o'neil%2F%C3%B6%20%3F%23%25%40example.com");
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
    expect(inFull(await Promise.all([writer.write(change), writer.write(change)]))).toEqual([outcome, outcome]);
    expect(await writer.write(change)).toEqual({ ok: true });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH']);
  });
});

test('a record that is gone says nothing of how others are addressed', async () => {
  const { writer, requests } = writing(answersTo('user_id'));
  const [gone, done] = await Promise.all([writer.write(update('u7', 'eve', {})), writer.write(change)]);
  expect(gone).toEqual({ ok: false, unavailable: false, kind: 'gone', message: 'the record is not there any more' });
  expect(done).toEqual({ ok: true });
  expect(requests.map(({ method, url }) => `${method} ${url.pathname.slice(14)}`)).toEqual(['GET u7', 'GET eve', 'GET u1', 'PATCH u1']);
});

const lost = (maybeSent = true): HttpFailure => new HttpFailure('timeout', 'h', maybeSent, 'gone');
const maybe = '; the change may or may not have been written';

describe('an update of which it is unknown whether it was carried out', () => {
  /** Takes no answer to the first change, and none to the others unless told so; then the record is as given. */
  async function lostUpdate(lookUp: Handler, later: Handler = () => Promise.reject(lost()), ident: 'user_id' | 'username' = 'user_id', entry = change): Promise<{ outcome: unknown; requests: string[]; pauses: number }> {
    let patched = 0;
    const { oomnitza, http } = instance((request) => {
      if (request.method === 'PATCH') return patched++ === 0 ? Promise.reject(lost()) : later(request);
      return patched === 0 ? answersTo(ident)(request) : lookUp(request);
    });
    const outcome = await createWriter(oomnitza, ['email']).write(entry);
    return { outcome, requests: http.requests.slice(ident === 'user_id' ? 1 : 2).map(({ method, url }) => `${method} ${url.pathname.slice(14)}`), pauses: http.pauses };
  }

  test('is done where the record holds all of it', async () => {
    const found = inTurn(answer(200, { user_id: 'u1', username: 'ada', department: ' IT' }));
    expect(await lostUpdate(found)).toEqual({ outcome: { ok: true }, requests: ['PATCH u1', 'GET u1'], pauses: 1 });
  });

  test('is tried again where it does not', async () => {
    const found = inTurn(answer(200, { user_id: 'u1', department: 'HR', phone_number: '1' }));
    expect(await lostUpdate(found, inTurn(answer(200, { user_id: 'u1' })))).toEqual({ outcome: { ok: true }, requests: ['PATCH u1', 'GET u1', 'PATCH u1'], pauses: 1 });
  });

  test.each([
    ['as it was', { user_id: 'u1' }, 'h: gone'],
    ['in between', { user_id: 'u1', department: 'I.T.' }, `h: gone${maybe}`],
  ])('is given up after three attempts, the record being %s', async (_name, record, message) => {
    const { outcome, requests, pauses } = await lostUpdate(inTurn(answer(200, record)));
    expect(outcome).toEqual({ ok: false, unavailable: true, kind: 'timeout', message });
    expect([requests.length, pauses]).toEqual([6, 3]);
  });

  test('is looked up where a page answered as if all were well', async () => {
    const written = inTurn(plain(200, '<!doctype html><title>Sign in</title>'), answer(200, { user_id: 'u1' }));
    const { writer, requests } = writing(answersTo('user_id', written));
    expect(await writer.write(change)).toEqual({ ok: true });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET', 'PATCH']);
  });

  test.each([
    ['is out of order', () => answer(503, {})],
    ['does not answer', () => Promise.reject(lost(false))],
    ['answers with a web page', () => plain(200, '<html>')],
  ])('is not tried again where the instance %s', async (_name, lookUp) => {
    expect(await lostUpdate(lookUp)).toMatchObject({ outcome: { ok: false, message: `h: gone${maybe}` }, requests: ['PATCH u1', 'GET u1'] });
  });

  test('has failed where the record is not there any more', async () => {
    expect(await lostUpdate(() => answer(404, {}))).toMatchObject({ outcome: { ok: false, unavailable: false, kind: 'gone' }, requests: ['PATCH u1', 'GET u1'] });
  });

  describe('and that renames somebody who is addressed by user name', () => {
    const rename = update('u1', 'ada', { username: 'ada.l' });
    const named: Handler = ({ url }) => (url.pathname.endsWith('/ada.l') ? answer(200, { user_id: 'u1', username: 'ada.l' }) : answer(404, {}));

    test('is found under the new name', async () => {
      expect(await lostUpdate(named, undefined, 'username', rename)).toEqual({ outcome: { ok: true }, requests: ['PATCH ada', 'GET ada', 'GET ada.l'], pauses: 1 });
    });

    test('never meets whoever took the old name over', async () => {
      const takenOver: Handler = (request) => (request.url.pathname.endsWith('/ada') ? answer(200, { user_id: 'u2', username: 'ada' }) : named(request));
      expect(await lostUpdate(takenOver, undefined, 'username', rename)).toMatchObject({ outcome: { ok: true }, requests: ['PATCH ada', 'GET ada', 'GET ada.l'] });
      expect(await lostUpdate(() => answer(200, { user_id: 'u2' }), undefined, 'username', rename)).toMatchObject({ outcome: { kind: 'gone' }, requests: ['PATCH ada', 'GET ada', 'GET ada.l'] });
    });
  });
});

describe('the answer to a change', () => {
  const entry = { ...update('u1', 'ada', { phone_number: '+1 555', left_on: '2024-02-29T00:00:00Z', role: 25, employee_type: 'EMP' }), syncKey: 'email=Ada@example.com' };
  const stored = { user_id: 'u1', username: 'Ada', email: 'ada@example.com', phone_number: '+1 555', left_on: 1709164800, role: '25', employee_type: 'Employee' };
  const fields = new Map([['employee_type', { ...unknownField('employee_type'), options: [{ key: 'EMP', label: 'Employee' }] }]]);

  test.each([
    ['the same in other types and spellings', {}, { ok: true }],
    ['another form', { phone_number: '+1555', role: 31 }, { ok: true, altered: ['phone_number', 'role'] }],
    ['an archived record', { deleted: '1709164800' }, { ok: true, meanwhile: 'archived' }],
    ['a record that was renamed', { username: 'eve' }, { ok: true, meanwhile: 'edited' }],
    ['a record that lost its sync key', { email: null }, { ok: true, meanwhile: 'edited' }],
    ['another record', { user_id: 'u2' }, { ok: false, unavailable: false, kind: 'other-record', message: expect.stringContaining('another record') }],
  ])('tells of %s', async (_name, differing, outcome) => {
    const { oomnitza } = instance(answersTo('user_id', () => answer(200, { ...stored, ...differing })));
    expect(await createWriter(oomnitza, ['email'], fields).write(entry)).toEqual(outcome);
  });
});

describe('a change that is answered by success, yet without the record,', () => {
  const asked = { ...change, fields: [{ field: 'department', before: 'HR', after: 'IT' }] };
  const after = async (given: HttpAnswer, record: HttpAnswer): Promise<unknown> => {
    let patched = false;
    const { writer, requests } = writing((request) => {
      patched ||= request.method === 'PATCH';
      return request.method === 'PATCH' ? given : patched ? record : answersTo('user_id')(request);
    });
    const outcome = await writer.write(asked);
    expect(requests.slice(1).map(({ method }) => method)).toEqual(['PATCH', 'GET']);
    return inFull(outcome);
  };
  const now = (department: string): HttpAnswer => answer(200, { user_id: 'u1', username: 'ada', department });

  test.each([plain(204, ''), answer(200, {}), answer(200, null)])('is what the record holds (%#)', async (given) => {
    expect(await after(given, now('IT'))).toEqual({ ok: true });
    expect(await after(given, now('I.T.'))).toEqual({ ok: true, altered: ['department'] });
    expect(await after(given, now('HR'))).toMatchObject({ ok: false, message: expect.stringMatching(/did not carry it out.*answered 20\d, but not with the record/) });
    expect(await after(given, answer(500, {}))).toMatchObject({ ok: false, message: expect.stringContaining('may or may not') });
  });

  test('is told in the words of the server', async () => {
    expect(await after(answer(200, { errors: ['Locked.'] }), now('HR'))).toMatchObject({ ok: false, message: expect.stringContaining('Locked.') });
  });
});

test('a change that is answered by the record as it was has failed, unless the instance only brings values into a form of its own', async () => {
  const sent = (before: string, after: string): PlanEntry => ({ ...change, fields: [{ field: 'department', before, after }] });
  const answered = async (before: string, after: string): Promise<unknown> =>
    await writing(answersTo('user_id', () => answer(200, { user_id: 'u1', username: 'ada', department: before }))).writer.write(sent(before, after));
  expect(await answered('HR', 'IT')).toEqual({ ok: false, unavailable: false, kind: 'not carried out', message: 'Oomnitza answered, but did not carry it out: the record is as it was' });
  expect(await answered('+4420', '+44 20')).toEqual({ ok: true, altered: ['department'] });
  expect(await answered('Research and', 'Research and Development')).toEqual({ ok: true, altered: ['department'] });
});

test('a refusal of the token while a change is looked up does not hide that it may have been made', async () => {
  let patched = false;
  const { writer } = writing((request) => {
    if (request.method === 'PATCH') {
      patched = true;
      return Promise.reject(lost());
    }
    return patched ? answer(403, {}) : answersTo('user_id')(request);
  });
  await expect(writer.write(change)).rejects.toMatchObject({ reason: 'permission', message: expect.stringContaining('the change may or may not have been written') });
});

describe('what became of a change', () => {
  test.each([
    [answer(409, { errors: ['Email is taken.'] }), { ok: false, unavailable: false, kind: '409 email is taken.', message: 'Oomnitza answered 409: Email is taken.' }],
    [plain(302, ''), { ok: false, unavailable: true, kind: '302', message: 'Oomnitza answered 302 with a redirect to another of its pages while writing a change' }],
  ])('is told in the words of the server (%#)', async (given, outcome) => {
    const { writer } = writing(answersTo('user_id', inTurn(given)));
    expect(inFull(await writer.write(change))).toEqual(outcome);
  });

  test('is told where it certainly never arrived', async () => {
    const { writer, patches } = writing(answersTo('user_id', () => Promise.reject(lost(false))));
    expect(await writer.write(change)).toEqual({ ok: false, unavailable: true, kind: 'timeout', message: 'h: gone' });
    expect(patches()).toHaveLength(1);
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
