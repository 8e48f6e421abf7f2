import { expect } from '@jest/globals';
import { CREDENTIALS } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

/** Meant for other steps of the job; each of them would send the sign-in elsewhere, or print what it sends. */
const others = {
  AZURE_AUTHORITY_HOST: 'https://login.example.test',
  AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000000',
  AZURE_CLIENT_SECRET: 'a-secret-of-another-step',
  AZURE_CLIENT_CERTIFICATE_PATH: '/nowhere.pem',
  AZURE_TENANT_ID: 'fabrikam.com',
  AZURE_REGIONAL_AUTHORITY_NAME: 'westeurope',
  AZURE_IDENTITY_DISABLE_MULTITENANTAUTH: 'true',
  AZURE_ADDITIONALLY_ALLOWED_TENANTS: '*',
  AZURE_TOKEN_CREDENTIALS: 'dev',
  AZURE_LOG_LEVEL: 'verbose',
  MSAL_FORCE_REGION: 'westeurope',
  REGION_NAME: 'westeurope',
};

export default {
  title: 'a national cloud is one word; its known sign-in service is asked for nothing but a token, whatever AZURE_ variables say',
  world: { people: 3, proxy: { hosts: { authority: ['login.microsoftonline.us'], graph: ['graph.microsoft.us'] } } },
  inputs: { mode: 'plan', cloud: 'us-gov', 'authority-host': '', 'graph-url': '', 'client-secret': '' },
  arrange: ({ github, tenant }) => {
    github.permissions.add('id-token');
    const subject = 'repo:contoso/it-automation:ref:refs/heads/main';
    tenant.app(CREDENTIALS.clientId).federatedCredentials.push({ issuer: github.oidc.issuer, subject, audience: 'api://AzureADTokenExchangeUSGov' });
    return { env: { ...others, NO_PROXY: 'localhost' } };
  },
  verify: ({ sandbox: { proxy }, run, keep }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '3' });
    expect([...new Set(proxy?.tunnels)].sort()).toEqual(['graph.microsoft.us:443', 'login.microsoftonline.us:443']);
    expect(proxy?.refused).toEqual([]);
    expect(run.requests.filter(({ service }) => service === 'authority')).toHaveLength(1);
    keep('the proxy made connections to', [...new Set(proxy?.tunnels)].sort().join('\n'));
  },
} satisfies Scenario;
