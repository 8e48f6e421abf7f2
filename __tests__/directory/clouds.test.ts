import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { setEnvironment } from '../support/github.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { signInTo } from '../support/sign-in.ts';
import { watchedHttp } from '../support/transport.ts';

const known = ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.chinacloudapi.cn'] as const;
/** Microsoft's library prefers these over the names above. */
const preferred = ['login.partner.microsoftonline.cn'] as const;
const graph = ['graph.microsoft.com'] as const;
const own = 'login.contoso.test';

let sandbox: Sandbox;
let restore: () => void;
beforeAll(async () => {
  sandbox = await trustedSandbox({ people: 0, proxy: { hosts: { authority: [own, ...known, ...preferred], graph } } });
  restore = setEnvironment({ HTTPS_PROXY: sandbox.proxy?.url, https_proxy: undefined, NO_PROXY: undefined, no_proxy: undefined });
});
afterEach(() => {
  sandbox.requests.clear();
});
afterAll(async () => {
  restore();
  await sandbox.close();
});

async function requestsOf(host: string): Promise<Record<string, number>> {
  const { http } = watchedHttp({ attempts: 1 });
  const { token } = await signInTo(sandbox, http, { authorityHost: new URL(`https://${host}`) })(new AbortController().signal);
  expect(sandbox.tenant.tokens.has(token)).toBe(true);
  expect(sandbox.proxy?.refused).toEqual([]);
  return sandbox.requests.byKind();
}

test.each(known)('%s is asked for a token and nothing else', async (host) => {
  expect(await requestsOf(host)).toEqual({ 'authority POST /{tenant}/oauth2/v2.0/token': 1 });
});

test('a private authority tells itself where its tokens are, and Microsoft is not asked', async () => {
  const before = sandbox.proxy?.tunnels.length;
  expect(await requestsOf(own)).toEqual({ 'authority GET /{tenant}/v2.0/.well-known/openid-configuration': 1, 'authority POST /{tenant}/oauth2/v2.0/token': 1 });
  expect(new Set(sandbox.proxy?.tunnels.slice(before))).toEqual(new Set([`${own}:443`]));
});
