import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { authorityError, CREDENTIALS, type Sandbox } from '../../sandbox/index.ts';
import { readClientCertificate } from '../../src/client-certificate.ts';
import { tokenSource, type ServicePrincipal } from '../../src/directory/index.ts';
import { SyncError } from '../../src/errors.ts';
import { testCertificate } from '../support/client-certificate.ts';
import { toldInFull } from '../support/in-full.ts';
import { nobodyAt } from '../support/loopback.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { signInTo } from '../support/sign-in.ts';
import { watchedHttp } from '../support/transport.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await trustedSandbox({ people: 1 });
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.requests.clear();
});
afterAll(async () => {
  await sandbox.close();
});

interface Changes extends Partial<ServicePrincipal> {
  readonly scope?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** Signs in to the sandbox, for real. */
async function signIn({ scope, signal = new AbortController().signal, timeoutMs, ...principal }: Changes = {}): Promise<string> {
  const { http } = watchedHttp({ signal });
  return await tokenSource(signInTo(sandbox, http, principal, scope), { signal, onSecret: () => undefined, ...(timeoutMs === undefined ? {} : { timeoutMs }) })();
}

test('a good secret gives a token', async () => {
  expect(sandbox.tenant.tokens.has(await signIn())).toBe(true);
});

describe('a certificate', () => {
  test.each(['', 'open sesame'])('gives a token (password %j)', async (password) => {
    const own = await testCertificate();
    sandbox.tenant.app(CREDENTIALS.clientId).certificates.push(own.x509);
    const certificate = readClientCertificate(password === '' ? own.pem : own.encrypted(password), password);
    expect(sandbox.tenant.tokens.has(await signIn({ credential: { kind: 'certificate', certificate } }))).toBe(true);
  });

  test('that is not uploaded is told as that', async () => {
    const certificate = readClientCertificate((await testCertificate()).pem, '');
    await expect(signIn({ credential: { kind: 'certificate', certificate } })).rejects.toMatchObject({
      reason: 'authentication',
      message: expect.stringContaining('AADSTS700027'),
      hint: expect.stringContaining('Upload the certificate'),
    });
  });
});

describe('a token of GitHub', () => {
  const issued = (): Promise<string> => Promise.resolve(sandbox.github.oidc.issue(sandbox.github, sandbox.github.startRun(), 'api://AzureADTokenExchange'));

  test('is asked for once, and gives a token', async () => {
    const subject = 'repo:contoso/it-automation:ref:refs/heads/main';
    sandbox.tenant.app(CREDENTIALS.clientId).federatedCredentials.push({ issuer: sandbox.github.oidc.issuer, subject, audience: 'api://AzureADTokenExchange' });
    let asked = 0;
    const assertion = (): Promise<string> => {
      asked += 1;
      return issued();
    };
    expect(sandbox.tenant.tokens.has(await signIn({ credential: { kind: 'federated', assertion } }))).toBe(true);
    expect(asked).toBe(1);
  });

  test('that does not come fails for its own reason', async () => {
    const reason = new SyncError('authentication', 'GitHub gave no OIDC token');
    await expect(signIn({ credential: { kind: 'federated', assertion: () => Promise.reject(reason) } })).rejects.toBe(reason);
    expect(sandbox.requests.length).toBe(0);
  });

  test('that is none at all is refused, and what it says is told as far as it goes', async () => {
    await expect(signIn({ credential: { kind: 'federated', assertion: () => Promise.resolve('no.token') } })).rejects.toMatchObject({
      reason: 'authentication',
      message: expect.stringMatching(/AADSTS50027.*; presented were the issuer null, the subject null and the audience null$/),
    });
  });
});

describe('a refusal is `authentication`, and names what to change', () => {
  test('wrong secret', async () => {
    await expect(toldInFull(signIn({ credential: { kind: 'secret', secret: 'wrong' } }))).rejects.toMatchObject({
      reason: 'authentication',
      message: expect.stringMatching(/^Microsoft Entra refused the sign-in: AADSTS7000215: Invalid client secret provided\..* \(correlation id [0-9a-f-]{36}\)$/),
      hint: expect.stringContaining('`client-secret`'),
    });
  });

  test('unknown application', async () => {
    await expect(signIn({ clientId: '00000000-0000-0000-0000-000000000000' })).rejects.toMatchObject({
      reason: 'authentication',
      message: expect.stringContaining('AADSTS700016'),
      hint: expect.stringContaining('`client-id`'),
    });
  });

  test('unknown tenant', async () => {
    await expect(toldInFull(signIn({ tenantId: '00000000-0000-0000-0000-000000000000' }))).rejects.toMatchObject({
      reason: 'authentication',
      message: expect.stringContaining("AADSTS90002: Tenant '00000000-0000-0000-0000-000000000000' not found."),
      hint: expect.stringContaining('`tenant-id`'),
    });
  });

  test('unknown Graph domain', async () => {
    await expect(signIn({ scope: 'https://graph.example.com/.default' })).rejects.toMatchObject({
      reason: 'authentication',
      message: expect.stringContaining('AADSTS500011'),
      hint: expect.stringContaining('`graph-url`'),
    });
  });

  test.each([
    [7000222, 'expired'],
    [7000216, '`client-secret`'],
    [700011, '`client-id`'],
    [90038, '`cloud`'],
    [900382, '`cloud`'],
    [70011, '`graph-scope`'],
    [53003, 'conditional access'],
    [530032, 'security policy'],
    [530035, 'security policy'],
    [700024, 'clock'],
    [700027, 'Upload the certificate'],
    [70021, 'some minutes'],
    [700211, 'issuer'],
    [700212, 'audience'],
    [700213, 'subject'],
    [7002138, 'case of its letters'],
  ])('AADSTS%i, with the correlation id', async (number, hint) => {
    sandbox.faults.add({ service: 'authority', method: 'POST', ...authorityError(number) });
    await expect(signIn()).rejects.toMatchObject({
      reason: 'authentication',
      message: expect.stringMatching(new RegExp(`AADSTS${number}: .*\\(correlation id [0-9a-f-]{36}\\)$`)),
      hint: expect.stringContaining(hint),
    });
  });

  test('a number without a hint of its own', async () => {
    sandbox.faults.add({ service: 'authority', method: 'POST', ...authorityError(50105) });
    await expect(signIn()).rejects.toMatchObject({ reason: 'authentication', hint: expect.stringMatching(/`tenant-id`.*`client-id`.*`client-secret`/) });
  });

  test.each(['<html>Not Found</html>', { error: 'not found' }, ''])('an address that is no sign-in service (%j)', async (body) => {
    sandbox.faults.add({ service: 'authority', status: 404, body, times: Infinity });
    await expect(signIn()).rejects.toMatchObject({
      reason: 'authentication',
      message: 'Microsoft Entra refused the sign-in: it answered 404 without saying why',
      hint: expect.stringContaining('`authority-host`'),
    });
  });
});

describe('a passing fault is tried again', () => {
  test.each([90055, 90033, 90012, 50033, 90006])('AADSTS%i', async (number) => {
    sandbox.faults.add({ service: 'authority', method: 'POST', ...authorityError(number), times: 2 });
    expect(sandbox.tenant.tokens.has(await signIn())).toBe(true);
    expect(sandbox.requests.count({ method: 'POST' })).toBe(3);
  });

  test('and no refusal of the library’s own outlives the last attempt', async () => {
    const signal = new AbortController().signal;
    const token = tokenSource(signInTo(sandbox, watchedHttp().http), { signal, onSecret: () => undefined });
    sandbox.faults.add({ service: 'authority', method: 'POST', status: 429, headers: { 'Retry-After': '60' }, times: 6 });
    await expect(token()).rejects.toMatchObject({ reason: 'directory-incomplete' });
    expect(sandbox.tenant.tokens.has(await token())).toBe(true);
  });
});

describe('a service that cannot be reached is `directory-incomplete`', () => {
  test('it says that it fails itself', async () => {
    sandbox.faults.add({ service: 'authority', method: 'POST', ...authorityError(90033), headers: { 'Retry-After': '0' }, times: Infinity });
    await expect(signIn()).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining('AADSTS90033') });
  });

  test.each([
    ['token', 'POST', 503],
    ['token', 'POST', 429],
    ['discovery', 'GET', 503],
  ])('its %s endpoint is out of order (%s: %i)', async (_name, method, status) => {
    sandbox.faults.add({ service: 'authority', method, status, body: '<html>busy</html>', headers: { 'Retry-After': '0' }, times: Infinity });
    await expect(signIn()).rejects.toMatchObject({ reason: 'directory-incomplete', message: `The sign-in service of Microsoft Entra answered ${status}.` });
  });

  test.each(['GET', 'POST'])('a web page comes instead of an answer (%s)', async (method) => {
    sandbox.faults.add({ service: 'authority', method, status: 200, body: '<html>Welcome to our proxy</html>', times: Infinity });
    await expect(signIn()).rejects.toMatchObject({
      reason: 'directory-incomplete',
      message: 'The sign-in service of Microsoft Entra answered 200 with something that is no token.',
      hint: expect.stringContaining('`authority-host`'),
    });
  });

  test('nobody listens', async () => {
    const { port } = await nobodyAt();
    await expect(signIn({ authorityHost: new URL(`https://127.0.0.1:${port}`) })).rejects.toMatchObject({
      reason: 'directory-incomplete',
      message: `The sign-in service of Microsoft Entra could not be reached. 127.0.0.1:${port}: refused the connection.`,
      hint: expect.stringContaining('`authority-host`'),
    });
  });

  test('it never answers', async () => {
    sandbox.faults.add({ service: 'authority', method: 'POST', hang: true, times: Infinity });
    await expect(signIn({ timeoutMs: 300 })).rejects.toMatchObject({
      reason: 'directory-incomplete',
      message: 'The sign-in service of Microsoft Entra gave no token within 0.3 s.',
    });
  });
});

test.each(['GET', 'POST'])('a sign-in that hangs ends with the run (%s)', async (method) => {
  const reason = new Error('the run was cancelled');
  const run = new AbortController();
  sandbox.faults.add({ service: 'authority', method, hang: true, times: Infinity });
  const hung = new Promise<void>((resolve) => {
    const stop = sandbox.requests.onArrival(() => {
      if (sandbox.requests.count({ method }) === 0) return;
      stop();
      resolve();
    });
  });
  const token = signIn({ signal: run.signal });
  await hung;
  run.abort(reason);
  await expect(token).rejects.toBe(reason);
});
