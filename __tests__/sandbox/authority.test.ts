import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ClientSecretCredential } from '@azure/identity';
import { CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { Client } from './client.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 1 });
  client = new Client(sandbox);
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

function claims(token: unknown): unknown {
  const [, payload = ''] = String(token).split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

test('a token tells what the application may do', async () => {
  const { status, body } = await client.token();
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
  expect(String(body['access_token']).split('.')).toHaveLength(3);
  expect(claims(body['access_token'])).toMatchObject({
    aud: sandbox.urls.graph,
    appid: CREDENTIALS.clientId,
    tid: sandbox.tenant.tenantId,
    roles: ['User.Read.All'],
  });
});

test('a verified domain names the tenant as well as its id', async () => {
  expect((await client.token({}, 'Contoso.com')).status).toBe(200);
});

test.each([
  { wrong: 'tenant', tenant: 'fabrikam.com', form: {}, status: 400, error: 'invalid_request', number: 90002 },
  { wrong: 'application', form: { client_id: 'c0ffee' }, status: 400, error: 'unauthorized_client', number: 700016 },
  { wrong: 'secret', form: { client_secret: 'no' }, status: 401, error: 'invalid_client', number: 7000215 },
  { wrong: 'absent secret', form: { client_secret: '' }, status: 401, error: 'invalid_client', number: 7000216 },
  { wrong: 'scope', form: { scope: 'User.Read.All' }, status: 400, error: 'invalid_scope', number: 70011 },
  { wrong: 'resource', form: { scope: 'https://x.test/.default' }, status: 400, error: 'invalid_resource', number: 500011 },
  { wrong: 'grant', form: { grant_type: 'password' }, status: 400, error: 'unsupported_grant_type', number: 70003 },
])('a wrong $wrong is refused with AADSTS$number', async ({ tenant, form, status, error, number }) => {
  const answer = await client.token(form, tenant);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({
    error,
    error_codes: [number],
    error_description: expect.stringMatching(new RegExp(`^AADSTS${number}: .+Trace ID: .+Correlation ID: .+Timestamp: `)),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    trace_id: expect.any(String),
    correlation_id: expect.any(String),
  });
});

test('an expired secret is told apart from a wrong one', async () => {
  sandbox.tenant.apps.get(CREDENTIALS.clientId)?.secrets.set('old', new Date('2020-01-01T00:00:00Z'));
  expect((await client.token({ client_secret: 'old' })).body['error_codes']).toEqual([7000222]);
});

test('the token endpoint takes POST only', async () => {
  const answer = await client.call('authority', `/${sandbox.tenant.tenantId}/oauth2/v2.0/token`);
  expect(answer.body['error_codes']).toEqual([900561]);
});

test('the lifetime of tokens can be set', async () => {
  sandbox.tenant.tokenLifetimeSeconds = 5;
  expect((await client.token()).body['expires_in']).toBe(5);
  sandbox.tenant.tokenLifetimeSeconds = 3599;
});

const credential = (secret: string): ClientSecretCredential =>
  new ClientSecretCredential(sandbox.tenant.tenantId, CREDENTIALS.clientId, secret, {
    authorityHost: sandbox.urls.authority,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  });

test("Microsoft's own library gets a token", async () => {
  sandbox.trust();
  sandbox.requests.clear();
  const token = await credential(CREDENTIALS.clientSecret).getToken(`${sandbox.urls.graph}/.default`);
  expect(sandbox.tenant.tokens.has(token.token)).toBe(true);
  expect(sandbox.requests.byKind()).toEqual({
    'authority GET /{tenant}/v2.0/.well-known/openid-configuration': 1,
    'authority POST /{tenant}/oauth2/v2.0/token': 1,
  });
});

test('a wrong tenant is refused at the discovery, or at the token endpoint if so wished', async () => {
  const discover = async (): Promise<number> =>
    (await client.call('authority', '/fabrikam.com/v2.0/.well-known/openid-configuration')).status;
  expect(await discover()).toBe(400);
  sandbox.tenant.discoverableForAll = true;
  expect(await discover()).toBe(200);
  sandbox.tenant.discoverableForAll = false;
});

test("Microsoft's own library understands a refusal", async () => {
  sandbox.trust();
  const refused = credential('wrong').getToken(`${sandbox.urls.graph}/.default`);
  await expect(refused).rejects.toThrow(/AADSTS7000215/);
});
