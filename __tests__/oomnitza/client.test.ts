import { describe, expect, test } from '@jest/globals';
import { HttpFailure } from '../../src/http/index.ts';
import { apiToken, connectOomnitza, probe } from '../../src/oomnitza/index.ts';
import { answer, FakeHttp, inTurn, plain } from '../support/http.ts';
import { toldInFull } from '../support/in-full.ts';
import { instance } from '../support/oomnitza.ts';

describe('a call', () => {
  test('carries the bare token in the header of Oomnitza’s own', async () => {
    const { oomnitza, http } = instance(inTurn(answer(200, [])));
    await oomnitza.call({ method: 'GET', path: '/api/v3/users', parameters: { filter: "email eq 'a+b@example.com'" }, doing: 'looking' });
    expect(http.requests[0]).toMatchObject({
      method: 'GET',
      repeatable: true,
      headers: { authorization2: 'the-token', accept: 'application/json', 'user-agent': 'oomnitza-user-sync' },
    });
    expect(http.requests[0]?.url.href).toBe('https://example.oomnitza.com/api/v3/users?filter=email+eq+%27a%2Bb%40example.com%27');
    expect(http.requests[0]).not.toHaveProperty('body');
    expect(http.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  test('with a body carries JSON', async () => {
    const { oomnitza, http } = instance(inTurn(answer(201, {})));
    await oomnitza.call({ method: 'POST', path: '/api/v3/users', body: { username: 'ada', role: 25, phone_number: null }, repeatable: false, doing: 'creating' });
    expect(http.requests[0]).toMatchObject({ repeatable: false, body: '{"username":"ada","role":25,"phone_number":null}', headers: { 'content-type': 'application/json' } });
  });

  test('echoes the token against forged requests that an instance gives', async () => {
    const { oomnitza, http } = instance(inTurn(answer(200, {}, { 'X-CSRF-Token': 'first' }), answer(200, {}), answer(200, {}, { 'X-CSRF-Token': 'second' }), answer(200, {})));
    for (let call = 0; call < 4; call++) await oomnitza.call({ method: 'PATCH', path: '/x', doing: 'testing' });
    expect(http.requests.map(({ headers }) => headers['x-csrf-token'])).toEqual([undefined, 'first', 'first', 'second']);
  });

  test('keeps that token secret, and gets a fresh one where it is not taken any more', async () => {
    const secrets: string[] = [];
    let fresh = 'first';
    const http = new FakeHttp(({ method, headers }) => {
      if (method === 'GET') return answer(200, {}, { 'X-CSRF-Token': fresh });
      return headers['x-csrf-token'] === fresh ? answer(200, {}) : answer(403, { error: 'The CSRF token is missing or incorrect.' });
    });
    const oomnitza = connectOomnitza({ url: new URL('https://example.oomnitza.com'), token: apiToken('the-token'), ignoreMetaRestriction: false, onSecret: (secret) => { secrets.push(secret); } }, http);
    await probe(oomnitza);
    fresh = 'second';
    expect(await oomnitza.call({ method: 'PATCH', path: '/x', doing: 'testing' })).toMatchObject({ status: 200 });
    expect(http.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET', 'PATCH']);
    expect(secrets).toEqual(['first', 'second']);
  });

  test('that were refused together for an old token all go on with the fresh one, wherever it came from', async () => {
    for (const isInRefusal of [false, true]) {
      let fresh = 'first';
      const refused = Promise.withResolvers<undefined>();
      const http = new FakeHttp(async ({ method, url, headers }) => {
        const given = { 'X-CSRF-Token': fresh };
        if (method === 'GET') return answer(200, {}, given);
        if (headers['x-csrf-token'] === fresh) {
          refused.resolve(undefined);
          return answer(200, {});
        }
        if (url.pathname === '/late') await refused.promise;
        return answer(403, { error: 'The CSRF token is wrong.' }, isInRefusal ? given : {});
      });
      const oomnitza = connectOomnitza({ url: new URL('https://example.oomnitza.com'), token: apiToken('the-token'), ignoreMetaRestriction: false }, http);
      await probe(oomnitza);
      fresh = 'second';
      const calls = ['/soon', '/late'].map((path) => oomnitza.call({ method: 'PATCH', path, doing: 'testing' }));
      expect(await Promise.all(calls)).toMatchObject([{ status: 200 }, { status: 200 }]);
      expect(http.requests.filter(({ method }) => method === 'GET')).toHaveLength(isInRefusal ? 1 : 2);
    }
  });

  test('go on beside one another where each answer brings another token and the newest alone is taken', async () => {
    let given = 0;
    const http = new FakeHttp(async ({ headers }) => {
      await Promise.resolve();
      const isTaken = given === 0 || headers['x-csrf-token'] === String(given);
      given += 1;
      return answer(isTaken ? 200 : 403, isTaken ? {} : { error: 'CSRF' }, { 'X-CSRF-Token': String(given) });
    });
    const oomnitza = connectOomnitza({ url: new URL('https://example.oomnitza.com'), token: apiToken('the-token'), ignoreMetaRestriction: false }, http);
    await probe(oomnitza);
    const answers = await Promise.all(Array.from({ length: 8 }, () => oomnitza.call({ method: 'PATCH', path: '/x', doing: 'testing' })));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });

  test('that is refused for a token against forged requests fails where there is no other', async () => {
    const { oomnitza, http } = instance(({ method }) => (method === 'GET' ? answer(200, {}) : answer(403, { error: 'The CSRF token is missing.' })));
    await expect(oomnitza.call({ method: 'PATCH', path: '/x', doing: 'testing' })).rejects.toMatchObject({ reason: 'permission', hint: expect.stringContaining('forged requests') });
    expect(http.requests.map(({ method }) => method)).toEqual(['PATCH', 'GET']);
  });

  test('that a web page refuses is not taken for one that the role forbids', async () => {
    const { oomnitza } = instance(inTurn(plain(403, '<html>Blocked')));
    expect(await oomnitza.call({ method: 'PATCH', path: '/x', doing: 'testing' })).toMatchObject({ status: 403 });
    await expect(probe(oomnitza)).rejects.toMatchObject({ reason: 'target-unavailable', message: 'Oomnitza answered 403 with a web page while checking the token.' });
  });

  test('asks to write what is marked as not editable where that is wanted, and only then', async () => {
    for (const ignoreMetaRestriction of [true, false]) {
      const { oomnitza, http } = instance(inTurn(answer(200, {}), answer(200, {}), answer(200, {})), { ignoreMetaRestriction });
      for (const method of ['GET', 'POST', 'PATCH'] as const) await oomnitza.call({ method, path: '/x', doing: 'testing' });
      const asked = ignoreMetaRestriction ? '1' : undefined;
      expect(http.requests.map(({ headers }) => headers['oomnitza-ignore-meta-restriction'])).toEqual([undefined, asked, asked]);
    }
  });

  test.each([401, 403])('whose token is refused fails in every phase (%i)', async (status) => {
    const { oomnitza } = instance(inTurn(answer(status, { errors: ['Not for you.'] })));
    const reason = status === 401 ? 'authentication' : 'permission';
    await expect(toldInFull(oomnitza.call({ method: 'PATCH', path: '/x', doing: 'updating a person' }))).rejects.toMatchObject({
      reason,
      message: expect.stringMatching(new RegExp(`updating a person: ${status} Not for you\\.$`)),
      hint: expect.stringContaining(status === 401 ? '`oomnitza-api-token`' : 'role'),
    });
  });

  test.each([200, 302, 400, 404, 500])('gives every other answer back (%i)', async (status) => {
    const given = answer(status, {});
    const { oomnitza } = instance(inTurn(given));
    expect(await oomnitza.call({ method: 'GET', path: '/x', doing: 'testing' })).toBe(given);
  });

  test('waits as its requests do', async () => {
    const { oomnitza, http } = instance(inTurn(answer(200, {})));
    await oomnitza.pause(1);
    expect(http.pauses).toBe(1);
  });
});

describe('the probe', () => {
  test.each([answer(200, {}), answer(200, []), plain(204, ''), answer(200, null)])('is content with success (%#)', async (given) => {
    const { oomnitza, http } = instance(inTurn(given));
    await probe(oomnitza);
    expect(http.requests[0]?.url.href).toBe('https://example.oomnitza.com/api/v2/mappings?name=AuthTest');
  });

  test.each([
    ['a refused token', answer(401, {}), 'authentication', 'Oomnitza did not accept the token while checking the token: 401'],
    ['a token without rights', plain(403, 'Forbidden'), 'permission', 'Oomnitza refused checking the token: 403 Forbidden'],
    ['no such address', plain(404, '<html>Not Found</html>'), 'target-unavailable', 'Oomnitza answered 404 with a web page while checking the token.'],
    ['an instance that is down', plain(503, '  \n<!doctype html>Down'), 'target-unavailable', 'Oomnitza answered 503 while checking the token.'],
    ['a redirect', plain(302, '', { location: 'https://login.example.com/?next=secret' }), 'target-unavailable', 'Oomnitza answered 302 with a redirect to login.example.com while checking the token.'],
    ['a redirect to nowhere', plain(302, '', { location: '/login' }), 'target-unavailable', 'Oomnitza answered 302 with a redirect to another of its pages while checking the token.'],
    ['a web server that asks for a certificate', plain(400, '<html><center>No required SSL certificate was sent</center></html>'), 'authentication', 'Oomnitza asks for a client certificate that it trusts: 400 while checking the token.'],
    ['a web page', plain(200, '<html>Log in</html>'), 'target-unavailable', 'Oomnitza answered 200 with a web page while checking the token.'],
  ])('fails on %s', async (_name, given, reason, message) => {
    const { oomnitza } = instance(inTurn(given));
    await expect(toldInFull(probe(oomnitza))).rejects.toMatchObject({ reason, message });
  });

  test.each([
    ['network', '`oomnitza-url`'],
    ['timeout', '`oomnitza-url`'],
    ['certificate', 'NODE_EXTRA_CA_CERTS'],
    ['unknown-host', '`oomnitza-url` names a host that the runner cannot find'],
    ['other-host', '`oomnitza-url` leads to a server that is not the host of that name'],
    ['client-certificate', '`oomnitza-client-certificate`'],
  ] as const)('fails where there is no answer (%s)', async (kind, hint) => {
    const { oomnitza } = instance(() => Promise.reject(new HttpFailure(kind, 'example.oomnitza.com', false, 'no way')));
    await expect(probe(oomnitza)).rejects.toMatchObject({
      reason: kind === 'client-certificate' ? 'authentication' : 'target-unavailable',
      message: 'Oomnitza could not be reached. example.oomnitza.com: no way.',
      hint: expect.stringContaining(hint),
    });
  });

  test('thinks of a client certificate where the connection was closed', async () => {
    const { oomnitza } = instance(() => Promise.reject(new HttpFailure('network', 'h', true, 'closed the connection in mid-request')));
    await expect(probe(oomnitza)).rejects.toMatchObject({ hint: expect.stringContaining('`oomnitza-client-certificate`') });
  });

  test('ends with the reason of the end', async () => {
    const reason = new Error('the run was cancelled');
    const { oomnitza } = instance(() => Promise.reject(reason));
    await expect(probe(oomnitza)).rejects.toBe(reason);
  });
});

describe('the words of the server', () => {
  test.each([
    ['a list of texts', { errors: ['One.', 'Two.'] }, 'One.; Two.'],
    ['a list of objects', { errors: [{ code: 1, message: 'One.' }, { message: 'Two.' }] }, 'One.; Two.'],
    ['an object of lists', { errors: { email: ['is taken'] } }, '{"email":["is taken"]}'],
    ['a text', { error: ' One. ' }, 'One.'],
    ['an object', { error: { message: 'One.' } }, 'One.'],
    ['a message', { message: 'One.' }, 'One.'],
    ['the first that says something', { errors: [], error: null, message: 'One.' }, 'One.'],
    ['a bare text', 'One.', 'One.'],
    ['a detail', { detail: 'One.' }, 'One.'],
    ['a bare list', ['One.', { message: 'Two.' }], 'One.; Two.'],
    ['whatever else there is', { reason: 'One.' }, '{"reason":"One."}'],
    ['nothing at all', null, ''],
    ['nothing but brackets', {}, ''],
    ['far too many', { error: 'x'.repeat(600) }, 'x'.repeat(500)],
  ])('are found in %s', async (_name, body, words) => {
    const { oomnitza } = instance(inTurn(answer(409, body)));
    await expect(toldInFull(probe(oomnitza))).rejects.toThrow(new RegExp(`^${`Oomnitza answered 409 while checking the token. ${words.replaceAll(/[{}[\]]/g, '\\$&')}`.trimEnd()}$`));
  });

  test('are the body itself where it is a plain text', async () => {
    const { oomnitza } = instance(inTurn(plain(409, ' Out of order \n')));
    await expect(toldInFull(probe(oomnitza))).rejects.toThrow(/^Oomnitza answered 409 while checking the token\. Out of order$/);
  });
});
