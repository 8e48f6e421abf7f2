import { describe, expect, test } from '@jest/globals';
import { HttpFailure } from '../../src/http/index.ts';
import { broken, get, httpDoing, json, post, status } from '../support/transport.ts';

const passing = [429, 500, 502, 503, 504, 509];
const final = [200, 201, 204, 301, 302, 400, 401, 403, 404, 409, 410, 501, 505];

describe('a request that may be sent twice', () => {
  test.each(passing)('is sent again after %i', async (code) => {
    const { http, sent } = httpDoing([status(code), json({ value: [] })]);
    expect(await http.send(get())).toMatchObject({ status: 200, json: { value: [] } });
    expect(sent).toHaveLength(2);
  });

  test.each(final)('is not sent again after %i', async (code) => {
    const { http, sent } = httpDoing([() => new Response(null, { status: code })]);
    expect((await http.send(get())).status).toBe(code);
    expect(sent).toHaveLength(1);
  });

  test('is sent six times at most, then the last answer comes back', async () => {
    const { http, sent, waits } = httpDoing([status(503)]);
    expect((await http.send(get())).status).toBe(503);
    expect(sent).toHaveLength(6);
    expect(waits).toEqual([375, 750, 1500, 3000, 6000]);
  });

  test('is sent six times at most where connections break, then the failure is thrown', async () => {
    const { http, sent } = httpDoing([broken('ECONNRESET', 'read')]);
    await expect(http.send(get())).rejects.toMatchObject({ name: 'HttpFailure', kind: 'network', message: 'api.example.com: closed the connection in mid-request' });
    expect(sent).toHaveLength(6);
  });

  test('waits as long as the server asks', async () => {
    const { http, waits } = httpDoing([status(429, { 'retry-after': '3' }), status(503, { 'retry-after': 'nonsense' }), json({})]);
    await http.send(get());
    expect(waits).toEqual([3000, 750]);
  });

  test('says before each further attempt why, and how long it waits', async () => {
    const { http, retries } = httpDoing([status(429, { 'retry-after': '3' }), broken('ECONNREFUSED', 'connect'), json({})]);
    await http.send(get('https://api.example.com:8443/users?token=secret'));
    expect(retries).toEqual([
      'api.example.com:8443 answered 429; trying again in 3.0 s (attempt 2 of 6)',
      'api.example.com:8443: refused the connection; trying again in 0.8 s (attempt 3 of 6)',
    ]);
  });

  test('is sent again whole, with its headers and body', async () => {
    const { http, sent } = httpDoing([status(502), json({})]);
    await http.send({ ...post(), repeatable: true });
    expect(await Promise.all(sent.map(async (request) => [request.method, request.headers.get('content-type'), await request.text()]))).toEqual([
      ['POST', 'application/json', '{"a":1}'],
      ['POST', 'application/json', '{"a":1}'],
    ]);
  });
});

describe('a request that must not be carried out twice', () => {
  test('is sent again after 429, which means that nothing was done', async () => {
    const { http, sent } = httpDoing([status(429), json({}, 201)]);
    expect((await http.send(post())).status).toBe(201);
    expect(sent).toHaveLength(2);
  });

  test.each(passing.filter((code) => code !== 429))('is not sent again after %i', async (code) => {
    const { http, sent } = httpDoing([status(code), json({}, 201)]);
    expect((await http.send(post())).status).toBe(code);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['ECONNREFUSED', 'connect'],
    ['ETIMEDOUT', 'connect'],
    ['EHOSTUNREACH', 'connect'],
    ['ENETUNREACH', 'connect'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['EAI_AGAIN', 'getaddrinfo'],
    ['UND_ERR_CONNECT_TIMEOUT', undefined],
  ])('is sent again where no connection was made (%s)', async (code, syscall) => {
    const { http, sent } = httpDoing([broken(code, syscall), json({}, 201)]);
    expect((await http.send(post())).status).toBe(201);
    expect(sent).toHaveLength(2);
  });

  // Linux reports an unreachable host on established connections too: by then the request may have arrived.
  test.each([
    ['ECONNRESET', 'read'],
    ['EPIPE', 'write'],
    ['ETIMEDOUT', 'read'],
    ['EHOSTUNREACH', 'read'],
    ['UND_ERR_SOCKET', undefined],
    ['UND_ERR_BODY_TIMEOUT', undefined],
  ])('is not sent again where it may have arrived (%s)', async (code, syscall) => {
    const { http, sent } = httpDoing([broken(code, syscall), json({}, 201)]);
    await expect(http.send(post())).rejects.toMatchObject({ kind: 'network', maybeSent: true });
    expect(sent).toHaveLength(1);
  });
});

test('several addresses of a host that all refuse count as never connected', async () => {
  const refused = (address: string): Error => Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: 'ECONNREFUSED', syscall: 'connect' });
  const all = Object.assign(new AggregateError([refused('::1'), refused('127.0.0.1')]), { code: 'ECONNREFUSED' });
  const { http } = httpDoing([() => Promise.reject(all), json({}, 201)]);
  expect((await http.send(post())).status).toBe(201);
});

test('a failure nobody knows is told without details and may have been sent', async () => {
  const { http } = httpDoing([() => Promise.reject(new TypeError('invalid header value "secret"'))]);
  const failure: unknown = await http.send(post()).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(HttpFailure);
  expect(failure).toMatchObject({ message: 'api.example.com: the connection failed', maybeSent: true });
});

test('a code without words of its own is named', async () => {
  const { http } = httpDoing([broken('EPROTO', 'write')], { attempts: 1 });
  await expect(http.send(get())).rejects.toThrow('api.example.com: the connection failed (EPROTO)');
});

test('pause waits as before a further attempt', async () => {
  const { http, waits } = httpDoing([status(200)]);
  await http.pause(1);
  await http.pause(4);
  expect(waits).toEqual([375, 3000]);
});
