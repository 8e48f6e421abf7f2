import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CREDENTIALS, type Sandbox } from '../../sandbox/index.ts';
import type { DirectoryQuery } from '../../src/directory/index.ts';
import { readSandbox, type Read } from './read-sandbox.ts';
import { trustedSandbox } from '../support/sandbox.ts';

const people = 2100;
const position = { line: 2, column: 3 };
const nextPages = /skiptoken/;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await trustedSandbox({ people });
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.requests.clear();
  sandbox.graph.emptyPageEvery = 0;
  sandbox.graph.tokenLifetimeMs = Infinity;
  sandbox.tenant.apps.get(CREDENTIALS.clientId)?.appRoles.add('User.Read.All');
});
afterAll(async () => {
  await sandbox.close();
});

const read = (query: Partial<DirectoryQuery> = {}, signal?: AbortSignal): Promise<Read> => readSandbox(sandbox, query, signal);

const everyId = (): string[] => [...sandbox.tenant.users.keys()];
const idsOf = ({ users }: Read): string[] => users.map(({ id }) => id);

test('reads everybody once, with what was selected, page by page and with one token', async () => {
  const all = await read({ properties: [{ name: 'mail', position }, { name: 'onPremisesExtensionAttributes', position }], filter: undefined });
  expect(idsOf(all)).toEqual(everyId());
  expect(Object.keys(all.users[0] ?? {})).toEqual(['id', 'userPrincipalName', 'accountEnabled', 'mail', 'onPremisesExtensionAttributes']);
  expect(sandbox.requests.byKind()).toMatchObject({ 'graph GET /v1.0/users': 3, 'authority POST /{tenant}/oauth2/v2.0/token': 1 });
});

test('reads whom the filter lets through', async () => {
  const disabled = await read({ properties: [], filter: { text: "accountEnabled eq false and startswith(userPrincipalName,'a')", position } });
  const expected = [...sandbox.tenant.users.values()].filter((user) => !user.accountEnabled && user.userPrincipalName.startsWith('a'));
  expect(idsOf(disabled)).toEqual(expected.map(({ id }) => id));
});

test('goes on behind empty pages', async () => {
  sandbox.graph.emptyPageEvery = 2;
  expect(idsOf(await read())).toEqual(everyId());
  expect(sandbox.requests.count({ service: 'graph' })).toBeGreaterThan(3);
});

describe('a fault in mid-walk loses nobody', () => {
  test.each([
    ['the connection drops', { drop: 'before' as const }],
    ['the connection drops in mid-answer', { truncate: 'connection' as const }],
    ['the JSON is cut off', { truncate: 'json' as const }],
    ['Graph is throttled', { status: 429, headers: { 'Retry-After': '7' } }],
    ['Graph is out of order', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['Graph hangs', { hang: true }],
  ])('%s', async (_name, effect) => {
    sandbox.faults.add({ service: 'graph', path: nextPages, ...effect });
    const all = await read();
    expect(idsOf(all)).toEqual(everyId());
    expect(all.waits).toEqual(['headers' in effect ? 7000 : 375]);
  });

  test('Graph loses its place', async () => {
    sandbox.faults.add({ service: 'graph', path: nextPages, after: 1, status: 400, body: { error: { code: 'Directory_ExpiredPageToken', message: 'expired' } } });
    const all = await read();
    expect(idsOf(all)).toEqual(everyId());
    expect(all.notices).toHaveLength(1);
  });
});

describe('a directory that cannot be read to its end fails', () => {
  test('because Graph loses its place again and again', async () => {
    sandbox.graph.tokenLifetimeMs = -1;
    await expect(read()).rejects.toMatchObject({ reason: 'directory-incomplete' });
  });

  test('because Graph stays out of order', async () => {
    sandbox.faults.add({ service: 'graph', path: nextPages, status: 503, times: Infinity });
    await expect(read()).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining('503') });
  });

  test('because a link leads elsewhere', async () => {
    sandbox.faults.add({ service: 'graph', replace: () => ({ value: [], '@odata.nextLink': `${sandbox.urls.oomnitza}/v1.0/users` }) });
    await expect(read()).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining(new URL(sandbox.urls.oomnitza).host) });
    expect(sandbox.requests.count({ service: 'oomnitza' })).toBe(0);
  });

  test('because the application may not read users', async () => {
    sandbox.tenant.apps.get(CREDENTIALS.clientId)?.appRoles.clear();
    await expect(read()).rejects.toMatchObject({ reason: 'permission', message: expect.stringContaining('Authorization_RequestDenied') });
  });

  test('because Graph does not know the token', async () => {
    sandbox.faults.add({ service: 'graph', status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'no' } }, times: 2 });
    await expect(read()).rejects.toMatchObject({ reason: 'authentication', message: expect.stringContaining('InvalidAuthenticationToken') });
  });
});

test('a token that is revoked in mid-walk is replaced, and the walk goes on', async () => {
  const stop = sandbox.requests.onArrival(() => {
    if (sandbox.requests.count({ service: 'graph' }) === 1) sandbox.tenant.tokens.clear();
  });
  expect(idsOf(await read())).toEqual(everyId());
  stop();
  expect(sandbox.requests.filter({ service: 'graph' }).map(({ status }) => status)).toEqual([200, 401, 200, 200]);
  expect(sandbox.requests.count({ service: 'authority', method: 'POST' })).toBe(2);
});

test('a filter that needs Graph’s advanced mode gets it, on every page', async () => {
  const filtered = await read({ properties: [], filter: { text: "department ne 'IT'", position } });
  const expected = sandbox.tenant.users.values().filter(({ department }) => department !== 'IT').toArray();
  expect(idsOf(filtered).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  const [refused, ...pages] = sandbox.requests.filter({ service: 'graph' });
  expect(refused?.status).toBe(400);
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.map(({ headers }) => headers['consistencylevel'])).toEqual(pages.map(() => 'eventual'));
  expect(pages[0]?.query['$count']).toBe('true');
});

describe('what the sync file asks for and Graph does not know', () => {
  test('is a problem where the property stands', async () => {
    const query = { properties: [{ name: 'costCentre', position: { line: 9, column: 4 } }], filter: undefined };
    await expect(read(query)).rejects.toMatchObject({ reason: 'invalid-sync-file', problems: [{ position: { line: 9, column: 4 } }] });
  });

  test.each(["accountEnabled eq 'yes'", 'nonsense', "department ne 5"])('is a problem where the filter stands: %s', async (text) => {
    await expect(read({ properties: [], filter: { text, position } })).rejects.toMatchObject({ reason: 'invalid-sync-file', problems: [{ position }] });
  });
});

test('the end of the run ends the walk at once', async () => {
  const reason = new Error('the run was cancelled');
  const run = new AbortController();
  sandbox.faults.add({ service: 'graph', path: nextPages, hang: true, times: Infinity });
  const stop = sandbox.requests.onArrival(() => {
    if (sandbox.requests.count({ path: nextPages }) > 0) run.abort(reason);
  });
  await expect(read({}, run.signal)).rejects.toBe(reason);
  stop();
});
