import { expect, test } from '@jest/globals';
import { createHttp, httpDefaults } from '../../src/http/index.ts';
import '../support/one-realm.ts';
import { get, httpDoing, json, status, watchedHttp } from '../support/transport.ts';
import { listen } from '../support/loopback.ts';

const reason = new Error('the run was cancelled');

test('a request under way ends with the reason of the end', async () => {
  const server = await listen(() => undefined);
  const run = new AbortController();
  const { http, waits } = watchedHttp({ signal: run.signal });
  const answer = http.send(get(server.url.href));
  await server.arrived(1);
  run.abort(reason);
  await expect(answer).rejects.toBe(reason);
  expect(waits).toEqual([]);
  await server.close();
});

test('an answer that is coming in ends with the reason of the end', async () => {
  const server = await listen((_request, response) => response.writeHead(200).write('half'));
  const run = new AbortController();
  const { http } = watchedHttp({
    signal: run.signal,
    transport: async (url, request) => {
      const answer = await httpDefaults.transport(url, request);
      setImmediate(() => { run.abort(reason); });
      return answer;
    },
  });
  await expect(http.send(get(server.url.href))).rejects.toBe(reason);
  await server.close();
});

test('a wait ends with the reason of the end, and nothing is sent any more', async () => {
  const run = new AbortController();
  const { http, sent } = httpDoing([status(503, { 'retry-after': '120' })], {
    signal: run.signal,
    sleep: async (milliseconds, signal) => {
      const waiting = httpDefaults.sleep(milliseconds, signal);
      run.abort(reason);
      await waiting;
    },
  });
  await expect(http.send(get())).rejects.toBe(reason);
  expect(sent).toHaveLength(1);
});

test('a pause ends with the reason of the end', async () => {
  const run = new AbortController();
  const http = createHttp({ ...httpDefaults, signal: run.signal, onRetry: () => undefined });
  const pause = http.pause(5);
  run.abort(reason);
  await expect(pause).rejects.toBe(reason);
});

test('after the end nothing is sent', async () => {
  const { http, sent } = httpDoing([json({})], { signal: AbortSignal.abort(reason) });
  await expect(http.send(get())).rejects.toBe(reason);
  expect(sent).toEqual([]);
});

test('a wait that is over lets the request go on', async () => {
  const { http } = httpDoing([status(503, { 'retry-after': '0' }), json({ good: true })], { sleep: httpDefaults.sleep });
  expect((await http.send(get())).json).toEqual({ good: true });
});
