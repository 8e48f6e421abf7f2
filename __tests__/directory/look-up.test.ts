import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { connectGraph, lookUpUsers, tokenSource, type Presence } from '../../src/directory/index.ts';
import { SyncError } from '../../src/errors.ts';
import { FakeClock } from '../support/graph.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { signInTo } from '../support/sign-in.ts';
import { watchedHttp } from '../support/transport.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await trustedSandbox({ people: 60 });
});
afterEach(() => {
  sandbox.graph.spoilPart = () => undefined;
  sandbox.requests.clear();
});
afterAll(async () => {
  await sandbox.close();
});

interface LookUp {
  readonly presence: ReadonlyMap<string, Presence>;
  readonly waits: readonly number[];
  /** How many questions each call asked. */
  readonly calls: readonly number[];
}

async function lookUp(ids: readonly string[], signal = new AbortController().signal): Promise<LookUp> {
  const { http } = watchedHttp({ signal, timeoutMs: 1500 });
  const clock = new FakeClock();
  const graph = connectGraph(new URL(sandbox.urls.graph), tokenSource(signInTo(sandbox, http), { signal, onSecret: () => undefined }), http);
  const presence = await lookUpUsers(graph, ids, clock);
  const batches = sandbox.requests.all.filter(({ path }) => path === '/v1.0/$batch');
  return { presence, waits: clock.waits, calls: batches.map(({ content }) => listIn(content, 'requests').length) };
}

function listIn(content: unknown, name: string): readonly unknown[] {
  const list: unknown = Reflect.get(Object(content), name);
  return Array.isArray(list) ? list : [];
}

const nobody = 'ffffffff-0000-4000-8000-000000000001';

async function failure(ids: readonly string[]): Promise<SyncError> {
  const thrown: unknown = await lookUp(ids).catch((reason: unknown) => reason);
  if (!(thrown instanceof SyncError)) throw new Error('the look-up came to an end');
  return thrown;
}

test('each user is present, deleted or unknown, twenty asked for at a time', async () => {
  const users = [...sandbox.tenant.users.keys()];
  const deleted = users.slice(0, 2).map((id) => sandbox.tenant.user(id));
  for (const { id } of deleted) sandbox.tenant.deleteUser(id);
  const { presence, calls, waits } = await lookUp([...users, nobody]);
  expect(deleted.map((user) => presence.get(user.id))).toEqual(deleted.map(({ userPrincipalName }) => ({ userPrincipalName, isSucceeded: false })));
  expect(presence.get(nobody)).toBe('unknown');
  expect(users.slice(2).every((id) => presence.get(id) === 'present')).toBe(true);
  expect(calls.toSorted((left, right) => left - right)).toEqual([1, 1, 2, 2, 20, 20, 20]);
  expect(waits).toEqual([]);
});

test.each([
  ['as it was', 'Ada@Contoso.com', 'Ada@Contoso.com'],
  ['behind the id in other letters', `FFFFFFFF000040008000000000000001Ada@contoso.com`, 'Ada@contoso.com'],
  ['behind the id of somebody else', `eeeeeeee000040008000000000000001ada@contoso.com`, 'eeeeeeee000040008000000000000001ada@contoso.com'],
  ['that is nothing but the id', 'ffffffff000040008000000000000001@contoso.com', null],
  ['that is none', undefined, null],
])('a deleted user has a name %s', async (_what, told, userPrincipalName) => {
  sandbox.graph.spoilPart = (url) => (url.startsWith('/directory') ? { status: 200, body: { '@odata.type': '#microsoft.graph.user', id: nobody, userPrincipalName: told } } : undefined);
  expect((await lookUp([nobody])).presence).toEqual(new Map([[nobody, { userPrincipalName, isSucceeded: false }]]));
});

test('parts that pass are asked for again by themselves, after the longest wait that one asks for', async () => {
  const [one = '', two = '', three = ''] = sandbox.tenant.users.keys();
  const faults = new Map([[one, { status: 429, headers: { 'Retry-After': '7' } }], [two, { status: 503, headers: { 'Retry-After': '3' } }]]);
  sandbox.graph.spoilPart = (url) => {
    const [id, fault] = [...faults].find(([known]) => url.includes(known)) ?? ['', undefined];
    faults.delete(id);
    return fault;
  };
  const { presence, calls, waits } = await lookUp([one, two, three]);
  expect([...presence.values()]).toEqual(['present', 'present', 'present']);
  expect({ calls, waits }).toEqual({ calls: [3, 2], waits: [7000] });
});

describe('an error is never an absence', () => {
  test.each([
    ['a fault that stays', { status: 503, body: { error: { code: 'serviceNotAvailable', message: 'Busy.' } } }, 'directory-incomplete', 'serviceNotAvailable'],
    ['a refusal', { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'No.' } } }, 'permission', 'Authorization_RequestDenied'],
    ['a token that ended', { status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'No.' } } }, 'authentication', '401'],
    ['a 404 of somebody else', { status: 404, body: '<html>' }, 'directory-incomplete', '404'],
    ['a 404 in other words, which names nobody', { status: 404, body: { error: { code: 'NotFound', message: 'Nothing there.' } } }, 'directory-incomplete', 'NotFound: Nothing there.'],
    ['another user', { status: 200, body: { id: nobody } }, 'directory-incomplete', '200'],
    ['no status at all', { status: 0 }, 'directory-incomplete', 'looking up users by id'],
  ])('%s', async (_name, part, reason, words) => {
    const [asked = ''] = sandbox.tenant.users.keys();
    sandbox.graph.spoilPart = () => part;
    const found = await failure([asked]);
    expect(`${found.message} ${found.hint}`).not.toContain(asked);
    expect(found.reason).toBe(reason);
    expect(found.message).toContain(words);
  });

  test('and what Graph quotes of the question is not told', async () => {
    const [asked = ''] = sandbox.tenant.users.keys();
    sandbox.graph.spoilPart = () => ({ status: 400, body: { error: { code: 'Request_BadRequest', message: `Invalid object identifier '${asked.toUpperCase()}'.` } } });
    expect((await failure([asked])).message).toContain("Invalid object identifier '…'.");
  });

  test('neither among the deleted users', async () => {
    sandbox.graph.spoilPart = (url) => (url.startsWith('/directory') ? { status: 500 } : undefined);
    expect((await failure([nobody])).reason).toBe('directory-incomplete');
  });

  test('nor a deleted object that is no user', async () => {
    const [asked = ''] = sandbox.tenant.users.keys();
    for (const body of [{ '@odata.type': '#microsoft.graph.group', id: asked }, { id: asked }]) {
      sandbox.graph.spoilPart = (url) => (url.startsWith('/directory') ? { status: 200, body } : { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'No.' } } });
      expect((await lookUp([asked])).presence).toEqual(new Map([[asked, 'unknown']]));
    }
  });

  test('two answers to one question', async () => {
    const [one = '', two = ''] = sandbox.tenant.users.keys();
    sandbox.faults.add({ service: 'graph', path: '/v1.0/$batch', replace: (body) => ({ responses: [...listIn(body, 'responses'), { id: one, status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'No.' } } }] }) });
    const found = await failure([one, two]);
    expect(found).toMatchObject({ reason: 'directory-incomplete' });
    expect(found.message).toContain('2 of 2 questions that were asked together while looking up users by id, in 3 answers');
  });

  test('an answer that leaves one out, or is none, and a call that fails', async () => {
    const [one = '', two = ''] = sandbox.tenant.users.keys();
    sandbox.faults.add({ service: 'graph', path: '/v1.0/$batch', replace: (body) => ({ responses: listIn(body, 'responses').slice(1) }) });
    expect((await failure([one, two])).message).toContain('1 of 2');
    sandbox.faults.add({ service: 'graph', path: '/v1.0/$batch', replace: () => ({}) });
    expect((await failure([one])).message).toContain('0 of 1');
    sandbox.faults.add({ service: 'graph', path: '/v1.0/$batch', status: 400, body: { error: { code: 'BadRequest', message: 'What?' } } });
    expect((await failure([one])).message).toContain('What?');
  });
});

test('the end of the run ends it', async () => {
  const [asked = ''] = sandbox.tenant.users.keys();
  const ended = new AbortController();
  sandbox.faults.add({ service: 'graph', path: '/v1.0/$batch', hang: true });
  setTimeout(() => { ended.abort(new SyncError('cancelled', 'The run was cancelled.')); }, 50);
  await expect(lookUp([asked], ended.signal)).rejects.toThrow('The run was cancelled.');
});
