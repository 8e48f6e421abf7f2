import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { isRecord } from '../../sandbox/http/exchange.ts';
import { authorityError, startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { Client } from './client.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 2 });
  client = new Client(sandbox);
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.requests.clear();
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

const read = async (): Promise<number> => (await client.oomnitza('/api/v3/users')).status;
const create = (username: string): Promise<unknown> =>
  client.oomnitza('/api/v3/users', { method: 'POST', body: { username, role: 25 } });
const isThere = (username: string): boolean => sandbox.instance.find((record) => record.username === username) !== undefined;

test('a status, with headers and body, once', async () => {
  sandbox.faults.add({ service: 'oomnitza', status: 429, headers: { 'Retry-After': '2' }, body: { error: 'slow down' } });
  const answer = await client.oomnitza('/api/v3/users');
  expect(answer.status).toBe(429);
  expect(answer.headers['retry-after']).toBe('2');
  expect(answer.body).toEqual({ error: 'slow down' });
  expect(await read()).toBe(200);
});

test('a body that is no JSON', async () => {
  sandbox.faults.add({ status: 502, body: '<html>Bad Gateway</html>' });
  const answer = await client.oomnitza('/api/v3/users');
  expect(answer.text).toBe('<html>Bad Gateway</html>');
  expect(answer.headers['content-type']).toContain('text/html');
});

test("the authority's own refusals", async () => {
  sandbox.faults.add({ service: 'authority', ...authorityError(53003) });
  const answer = await client.token();
  expect(answer.status).toBe(400);
  expect(answer.body['error_codes']).toEqual([53003]);
});

test('first some pass, then some fail, then all pass', async () => {
  sandbox.faults.add({ path: '/api/v3/users', after: 1, times: 2, status: 503 });
  expect([await read(), await read(), await read(), await read()]).toEqual([200, 503, 503, 200]);
});

test('only what matches is met', async () => {
  const remove = sandbox.faults.add({ service: 'oomnitza', method: 'GET', path: /limit=7/, times: Infinity, status: 500 });
  expect(await read()).toBe(200);
  expect((await client.oomnitza('/api/v3/users?limit=7')).status).toBe(500);
  remove();
  expect((await client.oomnitza('/api/v3/users?limit=7')).status).toBe(200);
});

test('a condition of any kind', async () => {
  sandbox.faults.add({ match: ({ body }) => body.toString().includes('unlucky'), status: 500, times: Infinity });
  await create('lucky');
  await create('unlucky');
  expect([isThere('lucky'), isThere('unlucky')]).toEqual([true, false]);
});

test('a status without effect, and one after it', async () => {
  sandbox.faults.add({ method: 'POST', status: 504 });
  await create('lost');
  sandbox.faults.add({ method: 'POST', status: 504, commit: true });
  await create('kept');
  expect([isThere('lost'), isThere('kept')]).toEqual([false, true]);
  expect(sandbox.requests.all.map(({ status, fault }) => [status, fault])).toEqual([
    [504, 'status 504'],
    [504, 'status 504 after commit'],
  ]);
});

test('a connection that ends before the change, and one after', async () => {
  sandbox.faults.add({ method: 'POST', drop: 'before' });
  await expect(create('never')).rejects.toThrow();
  sandbox.faults.add({ method: 'POST', drop: 'after' });
  await expect(create('nevertheless')).rejects.toThrow();
  expect([isThere('never'), isThere('nevertheless')]).toEqual([false, true]);
  expect(sandbox.requests.all.map(({ status }) => status)).toEqual([null, null]);
});

test('a body that ends too early', async () => {
  sandbox.faults.add({ truncate: 'connection' });
  await expect(read()).rejects.toThrow(/aborted|hang up|reset/i);
});

test('JSON that is cut off in well-formed HTTP', async () => {
  sandbox.faults.add({ truncate: 'json' });
  const answer = await client.oomnitza('/api/v3/users');
  expect(answer.status).toBe(200);
  expect(() => {
    JSON.parse(answer.text);
  }).toThrow(SyntaxError);
});

test('an answer that says something else', async () => {
  sandbox.faults.add({ service: 'graph', replace: (body) => (isRecord(body) ? { ...body, '@odata.nextLink': 'https://evil.test/' } : body) });
  const answer = await client.graph('/v1.0/users');
  expect(answer.body).toMatchObject({ '@odata.nextLink': 'https://evil.test/', value: [{}, {}] });
});

test('an answer that is late', async () => {
  sandbox.faults.add({ delayMs: 30 });
  await read();
  const [entry] = sandbox.requests;
  expect((entry?.endedAt ?? 0) - (entry?.startedAt ?? 0)).toBeGreaterThanOrEqual(30);
});

test('no answer at all, until the sandbox closes', async () => {
  const other = await startSandbox({ people: 0 });
  const waiting = new Client(other);
  other.faults.add({ hang: true, commit: true });
  const arrived = new Promise((resolve) => other.requests.onArrival(() => {
    resolve(undefined);
  }));
  const body = { username: 'kept', role: 25 };
  const answer = expect(waiting.oomnitza('/api/v3/users', { method: 'POST', body })).rejects.toThrow();
  await arrived;
  await other.close();
  await answer;
  waiting.close();
  expect(other.requests.all).toMatchObject([{ status: null, fault: 'hang after commit' }]);
  expect(other.instance.find(({ username }) => username === 'kept')).toBeDefined();
});

test('what has not happened yet is counted', async () => {
  sandbox.faults.add({ status: 500, times: 2 });
  await read();
  expect(sandbox.faults.pending).toBe(1);
  await read();
  expect(sandbox.faults.pending).toBe(0);
});
