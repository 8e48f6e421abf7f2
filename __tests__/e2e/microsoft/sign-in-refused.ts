import { expect } from '@jest/globals';
import { authorityError, CREDENTIALS } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

const EXPIRED = '11111111-2222-4333-8444-555555555555';
const SECRET = 'an-expired-client-secret';

export default {
  title: 'each refusal of the sign-in says what to change',
  world: { people: 3 },
  inputs: { mode: 'apply', 'client-secret': 'another-secret-than-the-right-one' },
  givenUp: 'oomnitza',
  arrange: ({ tenant }) => {
    tenant.registerApp(EXPIRED, SECRET, 'User.Read.All').secrets.set(SECRET, new Date('2024-01-01T00:00:00Z'));
  },
  verify: async ({ sandbox: { tenant, faults, urls }, run, again }) => {
    const secret = { 'client-secret': CREDENTIALS.clientSecret };
    const refused = [
      run,
      await again({ label: 'an expired secret', inputs: { 'client-id': EXPIRED, 'client-secret': SECRET } }),
      await again({ label: 'a client id that the tenant does not know', inputs: { ...secret, 'client-id': EXPIRED.replace('1', '2') } }),
      await again({ label: 'a tenant that does not exist', inputs: { ...secret, 'tenant-id': 'elsewhere.example' } }),
    ];
    tenant.discoverableForAll = true;
    refused.push(await again({ label: 'the same where the authority needs no discovery', inputs: { ...secret, 'tenant-id': 'elsewhere.example' } }));
    refused.push(await again({ label: 'a scope of another Graph', inputs: { ...secret, 'graph-scope': 'https://graph.microsoft.us/.default' } }));
    faults.add({ service: 'authority', method: 'POST', ...authorityError(53003) });
    refused.push(await again({ label: 'conditional access', inputs: secret }));
    for (const { outputs, requests } of refused) {
      expect(outputs['failure-reason']).toBe('authentication');
      expect(requests.filter(({ service }) => service === 'graph')).toEqual([]);
    }
    const domain = await again({ label: 'a verified domain instead of the tenant’s id', inputs: { ...secret, mode: 'validate', 'tenant-id': 'contoso.com', 'graph-scope': `${urls.graph}/.default` } });
    expect(domain.exitCode).toBe(0);
  },
} satisfies Scenario;
