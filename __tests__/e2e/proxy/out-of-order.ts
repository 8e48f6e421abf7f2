import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const oomnitzaAlone = { 'tenant-id': '', 'client-id': '', 'client-secret': '' };
const microsoftAlone = { 'oomnitza-url': '', 'oomnitza-api-token': '' };

export default {
  title: 'a proxy that refuses is told as such, and NO_PROXY goes past it',
  world: { people: 3, proxy: { credentials: 'ada:secret-of-the-proxy' } },
  inputs: { mode: 'validate', ...microsoftAlone },
  arrange: ({ proxy }) => ({ env: { HTTPS_PROXY: proxy?.url.replace('secret-of-the-proxy', 'another-secret') } }),
  verify: async ({ sandbox, run, again }) => {
    const only = { ...sandbox.inputs(), ...oomnitzaAlone };
    const right = { HTTPS_PROXY: undefined, https_proxy: sandbox.proxy?.url };
    const refused = [run, await again({ label: 'Oomnitza', inputs: only })];
    if (sandbox.proxy !== undefined) sandbox.proxy.refusal = 403;
    refused.push(await again({ label: 'a host that the proxy does not allow', inputs: only, env: right }));
    expect(refused.map(({ outputs }) => outputs['failure-reason'])).toEqual(['directory-incomplete', 'target-unavailable', 'target-unavailable']);
    for (const { annotations, log } of refused) {
      expect(annotations[0]?.message).toMatch(/the proxy localhost:\d+ answered 40[37]/);
      expect(annotations[0]?.message).toContain('HTTPS_PROXY');
      expect(log).not.toMatch(/secret-of-the-proxy|another-secret/);
    }

    const past = await again({ label: 'NO_PROXY', inputs: sandbox.inputs(), env: { ...right, NO_PROXY: 'LOCALHOST' } });
    expect(past.outputs['failure-reason']).toBe('');
    expect(sandbox.proxy?.tunnels).toEqual([]);
    if (sandbox.proxy !== undefined) sandbox.proxy.refusal = undefined;
    const through = await again({ label: 'the right password', inputs: sandbox.inputs(), env: right });
    expect(through.outputs['failure-reason']).toBe('');
    expect(sandbox.proxy?.tunnels.length).toBeGreaterThanOrEqual(3);

    for (const address of ['socks5://user:secret-of-the-proxy@proxy', 'a b:c']) {
      const nonsense = await again({ label: 'no address', env: { HTTPS_PROXY: address } });
      expect(nonsense.outputs['failure-reason']).toBe('invalid-input');
    }
  },
} satisfies Scenario;
