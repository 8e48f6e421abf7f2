import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { idTokenSource } from '../../src/github/index.ts';
import { HttpFailure } from '../../src/http/index.ts';
import { answer, FakeHttp, plain, type Handler } from '../support/http.ts';

afterEach(() => {
  jest.useRealTimers();
});

const offered = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://run.actions.example/idtoken/1?api-version=2.0', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token' };

/** A token that ends at this second of 1970; each is another. */
function jwt(exp: number, number = 0): string {
  return ['{}', JSON.stringify({ exp, number }), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

function asking(handle: Handler, environment: Readonly<Record<string, string>> = offered): { readonly http: FakeHttp; readonly told: string[]; readonly token: ReturnType<typeof idTokenSource> } {
  const http = new FakeHttp(handle);
  const told: string[] = [];
  return { http, told, token: idTokenSource({ environment, audience: 'api://a b', http, onSecret: (secret) => told.push(secret) }) };
}

test.each([{}, { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }, { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' }])('there is none where GitHub offers none: %j', (environment) => {
  expect(asking(() => answer(200, {}), environment).token).toBeUndefined();
});

test('a token is asked for its audience with the job’s own token, and both are told to be masked', async () => {
  const given = jwt(4_000_000_000);
  const { http, told, token } = asking(() => answer(200, { count: 1, value: given }));
  expect(told).toEqual(['request-token']);
  expect(await token?.()).toBe(given);
  expect(told).toEqual(['request-token', given]);
  expect(http.requests).toMatchObject([{ method: 'GET', repeatable: true, headers: { authorization: 'Bearer request-token' } }]);
  expect(Object.fromEntries(http.requests[0]?.url.searchParams ?? [])).toEqual({ 'api-version': '2.0', audience: 'api://a b' });
});

test('a token is kept until a minute before it ends', async () => {
  jest.useFakeTimers({ now: 0 });
  let number = 0;
  const { http, token } = asking(() => answer(200, { value: jwt(300, (number += 1)) }));
  const first = await token?.();
  jest.setSystemTime(239_000);
  expect(await token?.()).toBe(first);
  jest.setSystemTime(240_000);
  expect(await token?.()).not.toBe(first);
  expect(http.requests).toHaveLength(2);
});

test('a token that nobody can read is used, and not kept', async () => {
  const { http, token } = asking(() => answer(200, { value: 'opaque' }));
  expect([await token?.(), await token?.()]).toEqual(['opaque', 'opaque']);
  expect(http.requests).toHaveLength(2);
});

describe('a failure', () => {
  test.each([
    [400, 'authentication', 'it answered 400.'],
    [401, 'authentication', 'it answered 401.'],
    [200, 'authentication', 'it answered 200 without one.'],
    [429, 'directory-incomplete', 'it answered 429.'],
    [503, 'directory-incomplete', 'it answered 503.'],
  ])('of status %i is %s', async (status, reason, words) => {
    const { token } = asking(() => plain(status, 'no'));
    await expect(token?.()).rejects.toMatchObject({ reason, message: `GitHub gave no OIDC token: ${words}` });
  });

  test('of the network is a directory that was not read', async () => {
    const { token } = asking(() => Promise.reject(new HttpFailure('network', 'run.actions.example', false, 'refused the connection')));
    await expect(token?.()).rejects.toMatchObject({ reason: 'directory-incomplete', message: 'GitHub could not be asked for an OIDC token. run.actions.example: refused the connection.' });
  });

  test('of the run comes out as it is', async () => {
    const reason = new Error('the run was cancelled');
    const { token } = asking(() => Promise.reject(reason));
    await expect(token?.()).rejects.toBe(reason);
  });
});
