import { describe, expect, test } from '@jest/globals';
import { HttpFailure, type HttpAnswer } from '../../src/http/index.ts';
import { connectOomnitza, tokenByPassword, type Oomnitza } from '../../src/oomnitza/index.ts';
import { answer, FakeHttp, plain, type Handler } from '../support/http.ts';
import { toldInFull } from '../support/in-full.ts';

interface SignedIn {
  readonly oomnitza: Oomnitza;
  readonly http: FakeHttp;
  /** What was told to be a secret. */
  readonly told: readonly string[];
  /** Method and last part of the path of each request. */
  readonly calls: () => string[];
}

/** An instance that gives the tokens `t1`, `t2`, … and takes the last one alone. */
function byPassword(handle: Handler, tokens = (number: number): HttpAnswer => answer(200, { token: `t${number}` })): SignedIn {
  const told: string[] = [];
  let given = 0;
  const http = new FakeHttp((request) => (request.url.pathname === '/api/request_token' ? tokens(++given) : handle(request)));
  const url = new URL('https://example.oomnitza.com');
  const token = tokenByPassword({ url, username: 'sync@example.com', password: 'p&ss wörd', onSecret: (secret) => told.push(secret) }, http);
  const calls = (): string[] => http.requests.map(({ method, url: { pathname }, headers }) => [method, pathname.split('/').at(-1), headers['authorization2']].filter(Boolean).join(' '));
  return { oomnitza: connectOomnitza({ url, token, ignoreMetaRestriction: false }, http), http, told, calls };
}

const accepting = (...good: readonly string[]): Handler => ({ headers }) => answer(good.includes(headers['authorization2'] ?? '') ? 200 : 401, { error: 'Token expired' });
const get = { method: 'GET', path: '/api/v3/users', doing: 'testing' } as const;
const create = { method: 'POST', path: '/api/v3/users', body: { username: 'ada' }, repeatable: false, doing: 'creating a person' } as const;

describe('user name and password', () => {
  test('are exchanged once for a token, which is told as a secret before it is used', async () => {
    const { oomnitza, http, told, calls } = byPassword(({ headers }) => {
      expect(told).toContain(headers['authorization2']);
      return answer(200, []);
    });
    await Promise.all([oomnitza.call(get), oomnitza.call(get)]);
    expect(calls()).toEqual(['POST request_token', 'GET users t1', 'GET users t1']);
    expect(http.requests[0]).toMatchObject({ body: 'login=sync%40example.com&password=p%26ss+w%C3%B6rd', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(told).toEqual(['p%26ss+w%C3%B6rd', 't1']);
  });

  test('give a new token for one that is refused, and the call is made again, also a create: it was not carried out', async () => {
    const { oomnitza, calls } = byPassword(accepting('t2'));
    expect((await oomnitza.call(create)).status).toBe(200);
    expect(calls()).toEqual(['POST request_token', 'POST users t1', 'POST request_token', 'POST users t2']);
  });

  test('give one new token for all calls that an ended one failed', async () => {
    const { oomnitza, calls } = byPassword(accepting('t2'));
    const answers = await Promise.all([oomnitza.call(get), oomnitza.call(get), oomnitza.call(get)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(calls().filter((call) => call === 'POST request_token')).toHaveLength(2);
  });

  test('give no third token where the second is refused at once', async () => {
    const { oomnitza, calls } = byPassword(accepting());
    await expect(toldInFull(oomnitza.call(get))).rejects.toMatchObject({
      reason: 'authentication',
      message: 'Oomnitza did not accept the token while testing: 401 Token expired',
      hint: expect.stringContaining('`oomnitza-username`'),
    });
    expect(calls()).toEqual(['POST request_token', 'GET users t1', 'POST request_token', 'GET users t2']);
  });

  test('have the new sign-in ask for its own token against forged requests, before it writes', async () => {
    const { oomnitza, http } = byPassword((request) => {
      const token = request.headers['authorization2'] ?? '';
      if (request.method === 'GET') return answer(200, {}, { 'X-CSRF-Token': `csrf-${token}` });
      if (token === 't1') return answer(401, {});
      return answer(request.headers['x-csrf-token'] === `csrf-${token}` ? 200 : 403, {});
    });
    await oomnitza.call(get);
    const answers = await Promise.all([oomnitza.call(create), oomnitza.call(create)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(http.requests.filter(({ url }) => url.pathname === '/api/v2/mappings')).toHaveLength(1);
  });
});

describe('a refused sign-in is told with what to change:', () => {
  test.each([
    ['a wrong password', answer(401, { error: 'Invalid credentials' }), 'authentication', 'Oomnitza did not accept `oomnitza-username` and `oomnitza-password`: 401 Invalid credentials'],
    ['one that is no good request', answer(400, {}), 'authentication', 'Oomnitza did not accept `oomnitza-username` and `oomnitza-password`: 400'],
    ['no right to', answer(403, { error: 'SSO only' }), 'permission', 'Oomnitza does not let the user of `oomnitza-username` sign in by password: 403 SSO only'],
    ['a redirect to single sign-on', plain(302, '', { location: 'https://idp.example.com/x' }), 'target-unavailable', 'Oomnitza answered 302 with a redirect to idp.example.com while signing in by user name and password.'],
    ['a page', plain(200, '<html>'), 'target-unavailable', 'Oomnitza answered 200 with a web page while signing in by user name and password.'],
    ['a second factor', answer(200, { mfa: true }), 'authentication', 'Oomnitza answered 200 while signing in by user name and password, and gave no token.'],
    ['a token that no header can carry', answer(200, { token: 'a\nb' }), 'authentication', 'Oomnitza answered 200 while signing in by user name and password, and gave no token.'],
    ['an API without tokens for passwords', answer(404, {}), 'target-unavailable', 'Oomnitza answered 404 while signing in by user name and password.'],
  ])('%s', async (_name, given, reason, message) => {
    const { oomnitza } = byPassword(accepting('t1'), () => given);
    await expect(toldInFull(oomnitza.call(get))).rejects.toMatchObject({ reason, message, hint: expect.stringContaining('`oomnitza-api-token`') });
  });

  test('an instance that is down, which is asked anew by the next call', async () => {
    const { oomnitza } = byPassword(accepting('t2'), (number) => (number === 1 ? answer(503, {}) : answer(200, { token: `t${number}` })));
    await expect(oomnitza.call(get)).rejects.toMatchObject({ reason: 'target-unavailable', message: 'Oomnitza answered 503 while signing in by user name and password.' });
    expect((await oomnitza.call(get)).status).toBe(200);
  });

  test('no answer at all', async () => {
    const { oomnitza } = byPassword(accepting('t1'), () => { throw new HttpFailure('timeout', 'h', true, 'no answer within 60 s'); });
    await expect(oomnitza.call(get)).rejects.toMatchObject({ reason: 'target-unavailable', message: 'Oomnitza could not be reached. h: no answer within 60 s.' });
  });
});
