import { afterEach, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import '../support/one-realm.ts';
import { transportAs } from '../../src/http/index.ts';
import { get, post, watchedHttp } from '../support/transport.ts';
import { listen, nobodyAt, type Loopback } from '../support/loopback.ts';

let server: Loopback | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Starts a server that does something bad to the first request, and answers the following ones. */
async function badAtFirst(bad: RequestListener): Promise<Loopback> {
  let first = true;
  server = await listen((request, response) => {
    if (first) {
      first = false;
      bad(request, response);
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end('{"good":true}');
  });
  return server;
}

const breaks: readonly (readonly [string, RequestListener, string])[] = [
  ['closes the connection without an answer', (request) => request.socket.destroy(), 'network'],
  ['resets the connection', (request) => request.socket.resetAndDestroy(), 'network'],
  [
    'ends the connection in mid-body',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"good":', () => response.destroy());
    },
    'network',
  ],
  [
    'ends the connection in mid-chunk',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"good":', () => response.destroy());
    },
    'network',
  ],
  ['cuts the JSON off', (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"good":'), 'truncated'],
  ['never answers', () => undefined, 'timeout'],
  [
    'never ends its answer',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"good":');
    },
    'timeout',
  ],
];

/** Long enough for an answer on a busy machine; only what never comes is waited for as long. */
const timeoutMs = 750;

describe.each(breaks)('a server that %s', (_name, bad, kind) => {
  test('is asked again', async () => {
    const { url, requests } = await badAtFirst(bad);
    const { http, waits } = watchedHttp({ timeoutMs });
    expect((await http.send(get(url.href))).json).toEqual({ good: true });
    expect(requests).toHaveLength(2);
    expect(waits).toHaveLength(1);
  });

  test('is not asked twice for what must not be carried out twice', async () => {
    const { url, requests } = await badAtFirst(bad);
    const { http } = watchedHttp({ timeoutMs });
    await expect(http.send(post(url.href))).rejects.toMatchObject({ kind, maybeSent: true, host: url.host });
    expect(requests).toHaveLength(1);
  });
});

test('a port at which nobody listens certainly got nothing', async () => {
  const url = await nobodyAt();
  const { http, waits } = watchedHttp();
  await expect(http.send(post(url.href))).rejects.toMatchObject({ kind: 'network', maybeSent: false, message: `${url.host}: refused the connection` });
  expect(waits).toHaveLength(5);
});

test('a host name that does not exist is said to be one', async () => {
  const { http } = watchedHttp({ attempts: 1 });
  // .invalid is reserved for names that never resolve (RFC 6761); without a name server the look-up itself fails.
  await expect(http.send(get('http://nowhere.invalid/'))).rejects.toMatchObject({
    kind: expect.stringMatching(/^(?:unknown-host|network)$/),
    maybeSent: false,
    message: expect.stringMatching(/no such host name|could not be looked up/),
  });
});

test('a redirect is returned, not followed, and our headers go nowhere else', async () => {
  const elsewhere = await listen((_request, response) => response.end('{}'));
  server = await listen((_request, response) => response.writeHead(302, { location: elsewhere.url.href }).end());
  const { http } = watchedHttp();
  const answer = await http.send({ ...get(server.url.href), headers: { authorization2: 'secret' } });
  await elsewhere.close();
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe(elsewhere.url.href);
  expect(elsewhere.requests).toHaveLength(0);
});

test('headers are found, also where they come twice, and are null where they do not come', async () => {
  server = await listen((_request, response) => response.writeHead(200, ['X-Total-Count', '12', 'Warning', 'a', 'Warning', 'b']).end());
  const { headers } = await watchedHttp().http.send(get(server.url.href));
  expect(['x-total-count', 'warning', 'retry-after'].map((name) => headers.get(name))).toEqual(['12', 'a, b', null]);
});

test('a time-out is told in seconds', async () => {
  server = await listen(() => undefined);
  const { http } = watchedHttp({ timeoutMs: 100, attempts: 1 });
  await expect(http.send(get(server.url.href))).rejects.toThrow(`${server.url.host}: no answer within 0.1 s`);
});

test('transports made for so many connections use no more of them together', async () => {
  server = await listen((_request, response) => response.end('{}'));
  const { href } = server.url;
  const [one, other] = [watchedHttp({ transport: transportAs(undefined, 1) }), watchedHttp({ transport: transportAs(undefined, 1) })];
  await Promise.all([one, other, one, other].map(({ http }) => http.send(get(href))));
  await one.http.send(get(href));
  await other.http.send(get(href));
  expect(new Set(server.requests.map(({ socket }) => socket)).size).toBe(1);
});

test('after 503 the next attempt has a connection of its own, since the other may lead to where the fault is', async () => {
  const { url, requests } = await badAtFirst((_request, response) => response.writeHead(503).end());
  const connectionIsFree = (): Promise<void> => new Promise((resolve) => { setImmediate(() => { setImmediate(resolve); }); });
  const { http } = watchedHttp({ sleep: connectionIsFree });
  for (let count = 0; count < 3; count++) {
    await http.send(get(url.href));
    await connectionIsFree();
  }
  const [refused, ...others] = requests.map(({ socket }) => socket);
  expect(others.map((socket) => socket === refused)).toEqual([false, true, true]);
});
