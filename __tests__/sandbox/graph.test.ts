import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { Client, objects, type Answer } from './client.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 0 });
  client = new Client(sandbox);
});
beforeEach(() => {
  for (let number = 1; number <= 7; number += 1) {
    sandbox.tenant.addUser({ displayName: `Ada Byron${number}`, department: number % 2 ? 'IT' : null });
  }
});
afterEach(() => {
  for (const id of [...sandbox.tenant.users.keys()]) sandbox.tenant.removeUser(id);
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

function people(answer: Answer): Record<string, unknown>[] {
  return objects(answer.body['value']);
}

function nextLink(answer: Answer): string {
  const link = answer.body['@odata.nextLink'];
  if (typeof link !== 'string') throw new Error(`no next link: ${answer.text}`);
  return link;
}

const EVENTUAL = { ConsistencyLevel: 'eventual' };

describe('access', () => {
  test.each([
    ['no token', {}],
    ['no known token', { Authorization: 'Bearer x.y.z' }],
  ])('%s: 401', async (_case, headers) => {
    const answer = await client.call('graph', '/v1.0/users', { headers });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
  });

  test('an expired token: 401', async () => {
    sandbox.tenant.tokenLifetimeSeconds = -1;
    const answer = await client.graph('/v1.0/users');
    sandbox.tenant.tokenLifetimeSeconds = 3599;
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ error: { message: 'Lifetime validation failed, the token is expired.' } });
  });

  test('an application without the permission: 403', async () => {
    const roles = sandbox.tenant.apps.get(CREDENTIALS.clientId)?.appRoles;
    roles?.delete('User.Read.All');
    const answer = await client.graph('/v1.0/users');
    roles?.add('User.Read.All');
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ error: { code: 'Authorization_RequestDenied' } });
  });

  test('an error repeats the ids of its headers', async () => {
    const answer = await client.graph('/v1.0/users?$select=nope', { 'client-request-id': 'c-1' });
    expect(answer.headers).toMatchObject({ 'client-request-id': 'c-1', 'request-id': expect.any(String) });
    expect(answer.body).toMatchObject({
      error: {
        innerError: {
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
          'request-id': answer.headers['request-id'],
          'client-request-id': 'c-1',
        },
      },
    });
  });
});

describe('$select', () => {
  test('without it the default properties come, and no other', async () => {
    const [first] = people(await client.graph('/v1.0/users'));
    expect(Object.keys(first ?? {}).sort()).toEqual([
      ...['businessPhones', 'displayName', 'givenName', 'id', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation'],
      ...['preferredLanguage', 'surname', 'userPrincipalName'],
    ]);
  });

  test('only what is selected comes, null where there is nothing', async () => {
    const answer = await client.graph('/v1.0/users?$select=department,accountEnabled,businessPhones,employeeId');
    expect(people(answer).slice(0, 2)).toEqual([
      { department: 'IT', accountEnabled: true, businessPhones: [], employeeId: null },
      { department: null, accountEnabled: true, businessPhones: [], employeeId: null },
    ]);
    expect(answer.body['@odata.context']).toContain('#users(department,accountEnabled,businessPhones,employeeId)');
  });

  test.each([
    'id,departement',
    'manager',
    'Mail',
    'extension_0123456789abcdef0123456789abcdef_unregistered',
    '',
  ])('an unknown property is refused: %s', async (select) => {
    const answer = await client.graph(`/v1.0/users?$select=${select}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: 'Request_BadRequest' } });
  });

  test('the refusal names the property', async () => {
    const answer = await client.graph('/v1.0/users?$select=id,departement');
    expect(answer.text).toContain("Could not find a property named 'departement' on type 'microsoft.graph.user'.");
  });

  test('what the list cannot give is a 501, and can be had for one user', async () => {
    expect((await client.graph('/v1.0/users?$select=id,hireDate')).status).toBe(501);
    const [id] = sandbox.tenant.users.keys();
    expect((await client.graph(`/v1.0/users/${id}?$select=id,hireDate`)).status).toBe(200);
  });

  test('extensions can be selected once they are registered, and show where there is a value', async () => {
    const name = 'extension_0123456789abcdef0123456789abcdef_badge';
    sandbox.tenant.addUser({ displayName: 'Zoe Last', [name]: 'B-7' });
    const users = people(await client.graph(`/v1.0/users?$select=surname,${name}`));
    expect(users.at(0)).toEqual({ surname: 'Byron1' });
    expect(users.at(-1)).toEqual({ surname: 'Last', [name]: 'B-7' });
  });
});

describe('pages', () => {
  test('a walk gives everybody once, in pages of $top', async () => {
    const seen: unknown[] = [];
    let answer = await client.graph('/v1.0/users?$select=id&$top=3');
    seen.push(people(answer).length);
    while (answer.body['@odata.nextLink'] !== undefined) {
      answer = await client.graph(nextLink(answer));
      seen.push(people(answer).length);
    }
    expect(seen).toEqual([3, 3, 1]);
  });

  test('the next link is absolute, keeps the query, and is not to be guessed', async () => {
    const [first, second] = [await client.graph('/v1.0/users?$select=id&$top=3'), await client.graph('/v1.0/users?$select=id&$top=3')];
    const link = new URL(nextLink(first));
    expect(link.origin).toBe(sandbox.urls.graph);
    expect(link.searchParams.get('$select')).toBe('id');
    expect(link.searchParams.get('$skiptoken')?.length).toBeGreaterThan(40);
    expect(nextLink(first)).not.toBe(nextLink(second));
  });

  test('a page can be asked for again', async () => {
    const link = nextLink(await client.graph('/v1.0/users?$select=id&$top=3'));
    expect(people(await client.graph(link))).toEqual(people(await client.graph(link)));
  });

  test.each([
    ['another selection', (link: string) => link.replace('$select=id', '$select=mail')],
    ['another token', (link: string) => `${link}x`],
  ])('a next link with %s is refused', async (_case, spoil) => {
    const link = nextLink(await client.graph('/v1.0/users?$select=id&$top=3'));
    expect((await client.graph(spoil(link))).status).toBe(400);
  });

  test('page tokens can expire', async () => {
    const link = nextLink(await client.graph('/v1.0/users?$top=3'));
    sandbox.graph.tokenLifetimeMs = -1;
    const answer = await client.graph(link);
    sandbox.graph.tokenLifetimeMs = Infinity;
    expect(answer.body).toMatchObject({ error: { code: 'Directory_ExpiredPageToken' } });
  });

  test('there can be pages without users that have a next link', async () => {
    sandbox.graph.emptyPageEvery = 1;
    const empty = await client.graph(nextLink(await client.graph('/v1.0/users?$top=6')));
    expect(people(empty)).toEqual([]);
    const last = await client.graph(nextLink(empty));
    sandbox.graph.emptyPageEvery = 0;
    expect(people(last)).toHaveLength(1);
  });

  test.each(['0', '1000', 'all', '-1'])('$top=%s is refused', async (top) => {
    expect((await client.graph(`/v1.0/users?$top=${top}`)).status).toBe(400);
  });

  test('a page holds 100 without $top', async () => {
    for (let number = 0; number < 100; number += 1) sandbox.tenant.addUser({ displayName: `More ${number}` });
    expect(people(await client.graph('/v1.0/users'))).toHaveLength(100);
  });

  test('who is removed during a walk is missing from its later pages', async () => {
    const link = nextLink(await client.graph('/v1.0/users?$select=surname&$top=3'));
    sandbox.tenant.removeUser('ada.byron5@contoso.com');
    expect(people(await client.graph(link))).toEqual([{ surname: 'Byron4' }, { surname: 'Byron6' }]);
  });

  test('a changed user is shown as changed', async () => {
    await client.graph('/v1.0/users?$select=surname&$top=1');
    sandbox.tenant.updateUser('ada.byron1@contoso.com', { surname: 'Lovelace' });
    expect(people(await client.graph('/v1.0/users?$select=surname&$top=1'))).toEqual([{ surname: 'Lovelace' }]);
  });

  test.each(['$skip=3', '$search="a"', '$expand=directReports', 'top=3'])('%s is not supported', async (option) => {
    expect((await client.graph(`/v1.0/users?${option}`)).status).toBe(400);
  });
});

describe('$count and $orderby', () => {
  test('the count comes with the advanced parameters, on the first page only', async () => {
    const first = await client.graph('/v1.0/users?$top=3&$count=true', EVENTUAL);
    expect(first.body['@odata.count']).toBe(7);
    expect((await client.graph(nextLink(first), EVENTUAL)).body).not.toHaveProperty('@odata.count');
    expect((await client.graph('/v1.0/users?$count=true')).body).not.toHaveProperty('@odata.count');
  });

  test('the number of users by itself', async () => {
    expect((await client.graph('/v1.0/users/$count', EVENTUAL)).text).toBe('7');
    expect((await client.graph('/v1.0/users/$count')).status).toBe(400);
  });

  test('order', async () => {
    const [first] = people(await client.graph('/v1.0/users?$select=surname&$orderby=displayName desc'.replace(' ', '%20')));
    expect(first).toEqual({ surname: 'Byron7' });
    expect((await client.graph('/v1.0/users?$orderby=city')).status).toBe(400);
    expect((await client.graph("/v1.0/users?$orderby=displayName&$filter=surname%20eq%20'x'")).status).toBe(400);
  });
});

describe('one user', () => {
  test.each(['id', 'userPrincipalName'] as const)('is found by %s', async (key) => {
    const user = sandbox.tenant.user('ada.byron2@contoso.com');
    const answer = await client.graph(`/v1.0/users/${user[key]}?$select=id,accountEnabled`);
    expect(answer.body).toMatchObject({ id: user.id, accountEnabled: true });
  });

  test('who does not exist: 404', async () => {
    const answer = await client.graph('/v1.0/users/nobody@contoso.com');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
  });
});

test('nothing can be written, and nothing else is there', async () => {
  const { body } = await client.token();
  const headers = { Authorization: `Bearer ${String(body['access_token'])}` };
  expect((await client.call('graph', '/v1.0/users', { method: 'POST', headers, body: {} })).status).toBe(405);
  expect((await client.graph('/v1.0/nothing')).status).toBe(400);
  expect((await client.graph('/beta/users')).status).toBe(400);
});
