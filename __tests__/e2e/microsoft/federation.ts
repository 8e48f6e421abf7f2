import { expect } from '@jest/globals';
import { CREDENTIALS, type FederatedCredential } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

const issuer = 'https://token.actions.githubusercontent.com';
const audience = 'api://AzureADTokenExchange';
const subject = 'repo:contoso/it-automation:ref:refs/heads/main';

export default {
  title: 'without a stored secret GitHub vouches for the run; what does not match is told with what was presented',
  world: { people: 3 },
  inputs: { mode: 'plan', 'client-secret': '' },
  arrange: ({ github, tenant }) => {
    github.permissions.add('id-token');
    tenant.app(CREDENTIALS.clientId).federatedCredentials.push({ issuer, subject, audience });
    return undefined;
  },
  verify: async ({ sandbox: { github, tenant }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '3' });
    expect(github.oidc.issued).toHaveLength(1);

    const { federatedCredentials } = tenant.app(CREDENTIALS.clientId);
    const expectRefused = async (label: string, number: number, ...credentials: readonly FederatedCredential[]): Promise<void> => {
      federatedCredentials.splice(0, Infinity, ...credentials);
      const { outputs, annotations } = await again({ label, givenUp: 'oomnitza' });
      expect(outputs['failure-reason']).toBe('authentication');
      for (const told of [`AADSTS${number}:`, `"${issuer}"`, `"${github.oidc.subject(github, run.run)}"`, `"${audience}"`, 'correlation id']) expect(annotations[0]?.message).toContain(told);
    };
    await expectRefused('no federated credential at all', 70021);
    await expectRefused('another issuer', 700211, { issuer: 'https://github.contoso.com/_services/token', subject, audience });
    await expectRefused('another subject', 700213, { issuer, subject: 'repo:contoso/it-automation:pull_request', audience });
    await expectRefused('a subject in other letters', 7002138, { issuer, subject: subject.replace('contoso', 'Contoso'), audience });
    await expectRefused('another audience', 700212, { issuer, subject, audience: `${audience}USGov` });
    github.oidc.lifetimeSeconds = -600;
    await expectRefused('a token that is too old', 700024, { issuer, subject, audience });
    github.oidc.lifetimeSeconds = 300;

    Object.assign(github.oidc, { environment: 'production', idsInSubjects: true });
    federatedCredentials.push({ issuer, subject: 'repo:contoso@9876543/it-automation@801234567:environment:production', audience: 'api://own' });
    const environment = await again({ label: 'an environment, a repository made since July 2026, and an audience of its own', inputs: { 'oidc-audience': 'api://own' } });
    expect(environment.outputs['failure-reason']).toBe('');
  },
} satisfies Scenario;
