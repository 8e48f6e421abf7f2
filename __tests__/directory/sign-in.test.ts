import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { authorityError, CREDENTIALS, type Sandbox } from '../../sandbox/index.ts';
import { clientSecretCredential, tokenSource, type ServicePrincipal } from '../../src/directory/index.ts';
import { nobodyAt } from '../support/loopback.ts';
import { trustedSandbox } from '../support/sandbox.ts';

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

/** Signs in to the sandbox, for real. */
async function signIn(
  changes: Partial<ServicePrincipal & { readonly scope: string; readonly signal: AbortSignal; readonly timeoutMs: number }> = {},
): Promise<string> {
  const principal = {
    tenantId: sandbox.tenant.tenantId,
    clientId: CREDENTIALS.clientId,
    clientSecret: CREDENTIALS.clientSecret,
    authorityHost: new URL(sandbox.urls.authority),
    ...changes,
  };
  const credential = await clientSecretCredential(principal);
  const { scope = `${sandbox.urls.graph}/.default`, signal = new AbortController().signal, timeoutMs } = changes;
  return await tokenSource(credential, { scope, signal, onSecret: () => undefined, ...(timeoutMs === undefined ? {} : { timeoutMs }) })();
}

test('a good secret gives a token', async () => {
  expect(sandbox.tenant.tokens.has(await signIn())).toBe(true);
});

describe('a refusal is `authentication`, and names what to change', () => {
  test('wrong secret', async () => {
    await expect(signIn({ clientSecret: 'wrong' })).rejects.toMatchObject({
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
    await expect(signIn({ tenantId: '00000000-0000-0000-0000-000000000000' })).rejects.toMatchObject({
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
      message: expect.stringContaining('The sign-in service of Microsoft Entra could not be reached: connect ECONNREFUSED'),
      hint: expect.stringContaining('`authority-host`'),
    });
  });

  test('it never answers', async () => {
    sandbox.faults.add({ service: 'authority', method: 'POST', hang: true, times: Infinity });
    await expect(signIn({ timeoutMs: 300 })).rejects.toMatchObject({
      reason: 'directory-incomplete',
      message: 'The sign-in service of Microsoft Entra could not be reached: no answer within 0.3 s.',
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
