import { describe, expect, test } from '@jest/globals';
import { createHttp, httpDefaults } from '../../src/http/index.ts';
import '../support/one-realm.ts';
import { get, httpDoing, json, post, status, watchedHttp } from '../support/transport.ts';
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

describe('a request that must not be carried out twice', () => {
  test('is not begun when the run is to end, while others still are', async () => {
    const { http, sent } = httpDoing([json({})], { beginUntil: AbortSignal.abort(reason) });
    await expect(http.send(post())).rejects.toMatchObject({ kind: 'ended', maybeSent: false });
    expect(sent).toEqual([]);
    expect(await http.send(get())).toMatchObject({ status: 200 });
  });

  test('goes on when it is under way', async () => {
    const run = new AbortController();
    const { http } = httpDoing([
      () => {
        run.abort(reason);
        return Response.json({});
      },
    ], { beginUntil: run.signal });
    expect(await http.send(post())).toMatchObject({ status: 200 });
  });

  test.each([undefined, 2])('was certainly not carried out where the end comes while it waits to be sent again (concurrency %s)', async (concurrency) => {
    const [end, stop] = [new AbortController(), new AbortController()];
    const { http, sent } = httpDoing([status(429, { 'retry-after': '60' })], {
      signal: stop.signal,
      beginUntil: end.signal,
      ...(concurrency === undefined ? {} : { concurrency }),
      sleep: async (milliseconds, signal) => {
        const waiting = httpDefaults.sleep(milliseconds, signal);
        end.abort(reason);
        stop.abort(reason);
        await waiting;
      },
    });
    await expect(http.send(post())).rejects.toMatchObject({ kind: 'ended' });
    expect(sent).toHaveLength(1);
  });

  test('is in doubt where it was under way when calls are given up', async () => {
    const [end, stop] = [new AbortController(), new AbortController()];
    const { http } = httpDoing([
      () => {
        end.abort(reason);
        stop.abort(reason);
        return Promise.reject(reason);
      },
    ], { signal: stop.signal, beginUntil: end.signal });
    await expect(http.send(post())).rejects.toBe(reason);
  });
});
