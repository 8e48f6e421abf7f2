import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { SyncError } from '../../src/errors.ts';
import { settleProxy, webFetch } from '../../src/http/index.ts';
import { proxyFor } from '../../src/http/proxy.ts';
import { setEnvironment } from '../support/github.ts';
import { nobodyAt } from '../support/loopback.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { get, post, watchedHttp } from '../support/transport.ts';

const graph = new URL('https://graph.microsoft.com/v1.0/users');

describe('the proxy of the environment', () => {
  test.each([
    [{ HTTPS_PROXY: 'http://proxy.example.com:8080' }, 'http://proxy.example.com:8080/'],
    [{ https_proxy: 'http://proxy.example.com:8080' }, 'http://proxy.example.com:8080/'],
    [{ https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' }, 'http://lower:1/'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://upper:1' }, 'http://upper:1/'],
    [{ HTTPS_PROXY: 'proxy.example.com:8080' }, 'http://proxy.example.com:8080/'],
    [{ HTTPS_PROXY: '10.1.2.3:3128' }, 'http://10.1.2.3:3128/'],
    [{ HTTPS_PROXY: 'https://proxy.example.com' }, 'https://proxy.example.com/'],
    [{ HTTP_PROXY: 'http://proxy.example.com' }, undefined],
    [{ ALL_PROXY: 'http://proxy.example.com' }, undefined],
    [{}, undefined],
  ])('%j', (environment, expected) => {
    expect(proxyFor(graph, environment)?.href).toBe(expected);
  });

  test.each(['graph.microsoft.com', 'GRAPH.Microsoft.com', 'microsoft.com', '.microsoft.com', '*.microsoft.com', 'graph.microsoft.com:443', 'a, microsoft.com', 'a microsoft.com', '*'])(
    'is passed by for hosts in NO_PROXY: %s',
    (entries) => {
      for (const name of ['NO_PROXY', 'no_proxy']) expect(proxyFor(graph, { HTTPS_PROXY: 'http://p:1', [name]: entries })).toBeUndefined();
    },
  );

  test.each(['', ' ', 'soft.com', 'microsoft.com:8443', 'raph.microsoft.com', 'graph.microsoft.com.example', 'login.microsoft.com'])('is used for hosts that are not: %j', (entries) => {
    expect(proxyFor(graph, { HTTPS_PROXY: 'http://p:1', NO_PROXY: entries })?.host).toBe('p:1');
  });
});

describe('settings of the proxy, for libraries that read them themselves,', () => {
  const settle = (environment: Record<string, string | undefined>): Record<string, string | undefined> => {
    settleProxy(environment, () => undefined);
    return environment;
  };

  test('say the same by every name', () => {
    expect(settle({ https_proxy: 'ada:pass@proxy:8080', HTTP_PROXY: 'http://other', all_proxy: 'http://other', NO_PROXY: '*.example.com,10.0.0.1:8443' })).toEqual({
      HTTPS_PROXY: 'http://ada:pass@proxy:8080',
      https_proxy: 'http://ada:pass@proxy:8080',
      NO_PROXY: 'example.com,.example.com,10.0.0.1:8443',
      no_proxy: 'example.com,.example.com,10.0.0.1:8443',
    });
  });

  test.each([{ NO_PROXY: '*', HTTPS_PROXY: 'http://p' }, { HTTP_PROXY: 'http://p' }, {}])('are gone where no call goes through one: %j', (environment) => {
    expect(settle({ PATH: '/bin', ...environment })).toEqual({ PATH: '/bin' });
  });

  test('tell of the password, in every form', () => {
    const told: string[] = [];
    settleProxy({ HTTPS_PROXY: 'http://ada:p%40ss@proxy' }, (secret) => told.push(secret));
    expect(told).toEqual(['p%40ss', 'p@ss', Buffer.from('ada:p@ss').toString('base64')]);
  });

  test.each(['socks5://proxy:1080', 'http://', 'ftp://proxy', 'http://a b'])('that are none end the run: %s', (address) => {
    expect(() => settle({ HTTPS_PROXY: address })).toThrow(SyncError);
    expect(() => settle({ HTTPS_PROXY: address })).toThrow('HTTPS_PROXY');
  });
});

describe('a request through a proxy', () => {
  let sandbox: Sandbox;
  let restore = (): void => undefined;
  beforeAll(async () => {
    sandbox = await trustedSandbox({ people: 0, proxy: { hosts: { graph: ['graph.contoso.test'] } } });
  });
  afterEach(() => {
    restore();
    if (sandbox.proxy !== undefined) sandbox.proxy.refusal = undefined;
    sandbox.faults.clear();
  });
  afterAll(async () => {
    await sandbox.close();
  });
  const through = (address = sandbox.proxy?.url): void => {
    restore = setEnvironment({ HTTPS_PROXY: address, https_proxy: undefined, NO_PROXY: undefined, no_proxy: undefined });
  };

  test('reaches a host that only the proxy knows', async () => {
    through();
    expect((await watchedHttp().http.send(get('https://graph.contoso.test/v1.0/users'))).status).toBe(401);
    expect((await webFetch('https://graph.contoso.test/v1.0/users')).status).toBe(401);
    expect(sandbox.proxy?.tunnels).toEqual(['graph.contoso.test:443', 'graph.contoso.test:443']);
  });

  test.each([403, 407])('that refuses with %i is told at once, for what it is', async (status) => {
    through();
    if (sandbox.proxy !== undefined) sandbox.proxy.refusal = status;
    const { http, waits } = watchedHttp();
    const failure = { kind: 'proxy-refusal', maybeSent: false, message: expect.stringMatching(new RegExp(`^unknown\\.test: the proxy localhost:\\d+ answered ${status} and made no connection$`)) };
    await expect(http.send(get('https://unknown.test/'))).rejects.toMatchObject({ ...failure, hint: expect.stringContaining('HTTPS_PROXY') });
    expect(waits).toEqual([]);
    await expect(webFetch('https://unknown.test/')).rejects.toMatchObject(failure);
  });

  test('that cannot reach the host is asked again, even for what must not be carried out twice', async () => {
    through();
    const { http, waits } = watchedHttp();
    await expect(http.send(post('https://unknown.test/'))).rejects.toMatchObject({ kind: 'proxy', message: expect.stringContaining('answered 502') });
    expect(waits).toHaveLength(5);
  });

  test('that is not there is told as that', async () => {
    const { host } = await nobodyAt();
    through(`http://${host}`);
    await expect(watchedHttp({ attempts: 1 }).http.send(post('https://graph.contoso.test/'))).rejects.toMatchObject({
      kind: 'proxy',
      maybeSent: false,
      message: `graph.contoso.test: the proxy ${host} could not be reached: refused the connection`,
    });
  });

  test('names the proxy where an answer does not come', async () => {
    through();
    sandbox.faults.add({ service: 'graph', hang: true });
    const { http } = watchedHttp({ attempts: 1, timeoutMs: 300 });
    await expect(http.send(get('https://graph.contoso.test/'))).rejects.toThrow(/^graph\.contoso\.test: no answer within 0\.3 s \(through the proxy localhost:\d+\)$/);
  });
});
