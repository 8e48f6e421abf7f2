import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import '../support/one-realm.ts';
import { listen, type Loopback } from '../support/loopback.ts';
import { get, watchedHttp } from '../support/transport.ts';

let server: Loopback | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const page = JSON.stringify({ value: [{ id: '1', displayName: 'Zoë Łukasz 👩‍💻' }] });

test('a compressed answer is asked for and read', async () => {
  server = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'GZIP' }).end(gzipSync(page));
  });
  const answer = await watchedHttp().http.send(get(server.url.href));
  expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip');
  expect(answer.json).toEqual(JSON.parse(page));
});

test('a compressed answer that stops in the middle is asked for again', async () => {
  let first = true;
  server = await listen((_request, response) => {
    const whole = gzipSync(page);
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(first ? whole.subarray(0, whole.length / 2) : whole);
    first = false;
  });
  const { http, retries } = watchedHttp();
  expect((await http.send(get(server.url.href))).json).toEqual(JSON.parse(page));
  expect(retries).toHaveLength(1);
});

test('headers that come several times are all seen', async () => {
  server = await listen((_request, response) => {
    response.setHeader('x-note', ['a', 'b']);
    response.end('hello');
  });
  const answer = await watchedHttp().http.send(get(server.url.href));
  expect(answer).toMatchObject({ text: 'hello', json: undefined });
  expect(answer.headers.get('x-note')).toBe('a, b');
  expect(answer.headers.get('x-other')).toBeNull();
});
