import { constants, createPrivateKey, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { thumbprint } from '../../sandbox/entra/jwt.ts';
import { testCertificate, type TestCertificate } from '../support/client-certificate.ts';
import { Client } from './client.ts';

let sandbox: Sandbox;
let client: Client;
let own: TestCertificate;
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

beforeAll(async () => {
  [sandbox, own] = await Promise.all([startSandbox({ people: 0 }), testCertificate()]);
  client = new Client(sandbox);
  sandbox.github.permissions.add('id-token');
});
beforeEach(() => {
  const app = sandbox.tenant.app(CREDENTIALS.clientId);
  app.certificates.splice(0, Infinity, own.x509);
  app.federatedCredentials.length = 0;
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

type Claims = Readonly<Record<string, unknown>>;

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** An assertion of the application's own, as Microsoft documents it, but for what is given. */
function assertion(claims: Claims = {}, header: Claims = {}, key: KeyObject = createPrivateKey(own.key)): string {
  const now = Math.floor(Date.now() / 1000);
  const aud = `${sandbox.urls.authority}/${sandbox.tenant.tenantId}/oauth2/v2.0/token`;
  const head = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint(own.x509, 'sha256'), ...header };
  const body = { aud, iss: CREDENTIALS.clientId, sub: CREDENTIALS.clientId, jti: randomUUID(), nbf: now, exp: now + 600, ...claims };
  const signed = `${encode(head)}.${encode(body)}`;
  const padding = head.alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const signature = sign('sha256', Buffer.from(signed), { key, padding, ...(head.alg === 'PS256' ? { saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {}) });
  return `${signed}.${signature.toString('base64url')}`;
}

/** The error numbers of the authority; none where it gives a token. */
async function refusalOf(text: string, form: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const { body } = await client.token({ client_secret: '', client_assertion_type: type, client_assertion: text, ...form });
  return body['access_token'] === undefined ? body['error_codes'] : undefined;
}

describe('an assertion by certificate', () => {
  test('is taken as PS256 with the SHA-256 digest and as RS256 with the SHA-1 digest', async () => {
    expect(await refusalOf(assertion())).toBeUndefined();
    expect(await refusalOf(assertion({}, { alg: 'RS256', 'x5t#S256': undefined, x5t: thumbprint(own.x509, 'sha1') }))).toBeUndefined();
  });

  test.each<[string, () => string, number]>([
    ['no token', () => 'nonsense', 50027],
    ['another application', () => assertion({ iss: randomUUID() }), 700021],
    ['a certificate that is not uploaded', () => assertion({}, { 'x5t#S256': 'AAAA' }), 700027],
    ['the signature of another key', () => assertion({}, {}, stranger), 700027],
    ['no algorithm', () => assertion({}, { alg: 'none' }), 700027],
    ['another audience', () => assertion({ aud: 'https://login.example.test/' }), 700023],
    ['a time that is over', () => assertion({ nbf: 0, exp: 1 }), 700024],
    ['a time that is to come', () => assertion({ nbf: 4_000_000_000, exp: 4_000_000_600 }), 700024],
    ['no id', () => assertion({ jti: undefined }), 50027],
  ])('is refused for %s', async (_name, text, number) => {
    expect(await refusalOf(text())).toEqual([number]);
  });

  test('needs its type', async () => {
    expect(await refusalOf(assertion(), { client_assertion_type: '' })).toEqual([900144]);
  });
});

describe('a token of GitHub', () => {
  const audience = 'api://AzureADTokenExchange';

  async function issued(): Promise<string> {
    const run = sandbox.github.startRun();
    const environment = sandbox.environment(run);
    const url = new URL(environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
    const answer = await client.call('github', `${url.pathname}${url.search}&audience=${audience}`, { headers: { Authorization: `Bearer ${environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` } });
    return String(answer.body['value']);
  }

  test('is taken where issuer, subject and audience are registered, and the issuer signed it', async () => {
    const { federatedCredentials } = sandbox.tenant.app(CREDENTIALS.clientId);
    const token = await issued();
    expect(await refusalOf(token)).toEqual([70021]);
    federatedCredentials.push({ issuer: sandbox.github.oidc.issuer, subject: 'repo:contoso/it-automation:ref:refs/heads/main', audience });
    expect(await refusalOf(token)).toBeUndefined();
    const [head = '', body = ''] = token.split('.');
    expect(await refusalOf(`${head}.${body}.${Buffer.from('forged').toString('base64url')}`)).toEqual([700027]);
  });

  test('is given to the job alone, and only where it may ask', async () => {
    const run = sandbox.github.startRun();
    const ask = async (token: string): Promise<number> => (await client.call('github', `/idtoken/${run.backendId}`, { headers: { Authorization: `Bearer ${token}` } })).status;
    expect(await ask(run.idTokenRequestToken)).toBe(200);
    expect(await ask(run.runtimeToken)).toBe(401);
    sandbox.github.permissions.delete('id-token');
    expect(await ask(run.idTokenRequestToken)).toBe(403);
    expect(Object.keys(sandbox.environment(run))).not.toContain('ACTIONS_ID_TOKEN_REQUEST_URL');
    sandbox.github.permissions.add('id-token');
  });

  test('says what the job runs for', () => {
    const { github } = sandbox;
    const run = github.startRun();
    run.trigger = { event: 'pull_request', ref: 'refs/pull/7/merge' };
    expect(github.oidc.subject(github, run)).toBe('repo:contoso/it-automation:pull_request');
    github.oidc.environment = 'production';
    expect(github.oidc.subject(github, run)).toBe('repo:contoso/it-automation:environment:production');
    github.oidc.idsInSubjects = true;
    expect(github.oidc.subject(github, run)).toBe('repo:contoso@9876543/it-automation@801234567:environment:production');
  });
});
