import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CREDENTIALS, type Sandbox } from '../../sandbox/index.ts';
import { testCertificate } from '../support/client-certificate.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain } from './run-main.ts';

const inputs = { mode: 'plan', 'client-secret': '' };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await trustedSandbox({ people: 2 });
});
afterAll(async () => {
  await sandbox.close();
});

test('without a stored secret GitHub vouches for the run, and what it gave is masked', async () => {
  sandbox.github.permissions.add('id-token');
  const { issuer } = sandbox.github.oidc;
  sandbox.tenant.app(CREDENTIALS.clientId).federatedCredentials.push({ issuer, subject: 'repo:contoso/it-automation:ref:refs/heads/main', audience: 'api://own' });
  const { outputs, log } = await runMain(sandbox, { inputs: { ...inputs, 'oidc-audience': 'api://own' } });
  sandbox.github.permissions.delete('id-token');
  expect(outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '2' });
  for (const token of sandbox.github.oidc.issued) expect(log.split('\n').filter((line) => line.includes(token))).toEqual([`::add-mask::${token}`]);
});

test('a certificate is taken as it is stored, and no line of it is masked that is no secret', async () => {
  const certificate = await testCertificate();
  sandbox.tenant.app(CREDENTIALS.clientId).certificates.push(certificate.x509);
  const { outputs, log } = await runMain(sandbox, { inputs: { ...inputs, 'client-certificate': certificate.pem } });
  expect(outputs['failure-reason']).toBe('');
  expect(log).toContain(`::add-mask::${certificate.key.split('\n')[1] ?? ''}\n`);
  expect(log).not.toMatch(/^::add-mask::-----[^-]+-----$/m);
});

test('a run with nothing to sign in with says what to change', async () => {
  const { outputs, log } = await runMain(sandbox, { inputs });
  expect(outputs['failure-reason']).toBe('authentication');
  expect(log).toContain('`client-secret` and `client-certificate` are empty');
  expect(log).toContain('Give the job the permission `id-token: write`');
});
