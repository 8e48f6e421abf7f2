import { expect } from '@jest/globals';
import { CREDENTIALS } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

/** Names that nobody but the proxy can resolve (RFC 6761), so that no call can have gone past it. */
const hosts = {
  authority: ['login.contoso.test'],
  graph: ['graph.contoso.test'],
  github: ['github.contoso.test'],
} as const;

export default {
  title: 'every call goes through the proxy that the environment names, but for those that NO_PROXY keeps from it',
  world: { people: 3, proxy: { hosts, credentials: 'ada:p%40ss%3Aword' } },
  inputs: { mode: 'auto', 'client-secret': '', 'artifact-name': 'people' },
  writes: true,
  arrange: ({ github, tenant, ...sandbox }) => {
    github.commit('main', { '.github/oomnitza-user-sync.yml': 'version: 1\nsync-keys: [email]\n' });
    github.permissions.add('id-token');
    tenant.app(CREDENTIALS.clientId).federatedCredentials.push({
      issuer: github.oidc.issuer,
      subject: 'repo:contoso/it-automation:ref:refs/heads/main',
      audience: 'api://AzureADTokenExchange',
    });
    sandbox.syncAll();
    tenant.addUser({ displayName: 'Ada Byron' });
    return undefined;
  },
  verify: async ({ sandbox: { proxy, github, urls }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', mode: 'apply', 'create-count': '1', 'fail-count': '0' });
    expect(github.artifact()?.finalized).toBe(true);
    expect(run.annotations).toEqual([]);
    expect(new Set(run.requests.map(({ service }) => service))).toEqual(new Set([...Object.keys(hosts), 'oomnitza']));
    const named = Object.values(hosts).map(([host]) => `${host}:443`);
    const oomnitza = new URL(urls.oomnitza).host;
    expect(new Set(proxy?.tunnels)).toEqual(new Set([...named, oomnitza]));
    expect(run.log).not.toContain('p@ss:word');

    const made = proxy?.tunnels.length;
    const past = await again({ label: 'NO_PROXY', inputs: { mode: 'validate' }, env: { no_proxy: 'elsewhere.test, LOCALHOST' } });
    expect(past.outputs['failure-reason']).toBe('');
    expect(new Set(proxy?.tunnels.slice(made))).toEqual(new Set(['github.contoso.test:443', 'login.contoso.test:443']));
    expect(proxy?.refused).toEqual([]);
  },
} satisfies Scenario;
