import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { Client, objects, type Answer } from './client.ts';

let sandbox: Sandbox;
let client: Client;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 2, seed: 1 });
  client = new Client(sandbox);
  token = String((await client.token()).body['access_token']);
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

function batch(requests: unknown, authorized = true): Promise<Answer> {
  return client.call('graph', '/v1.0/$batch', { method: 'POST', body: { requests }, headers: authorized ? { Authorization: `Bearer ${token}` } : {} });
}

const nobody = 'ffffffff-0000-4000-8000-000000000001';
const get = (id: string, url: string): unknown => ({ id, method: 'GET', url });

test('parts are answered each by itself, in another order than they were asked', async () => {
  const [there = '', gone = ''] = sandbox.tenant.users.keys();
  const name = sandbox.tenant.user(gone).userPrincipalName;
  sandbox.tenant.deleteUser(gone);
  const answer = await batch([get('1', `/users/${there}?$select=id,accountEnabled`), get('2', `/users/${gone}`), get('3', `/directory/deletedItems/${gone}`), get('4', `/directory/deletedItems/${nobody}`), get('5', '/users?$select=shoeSize')]);
  expect(answer.status).toBe(200);
  expect(objects(answer.body['responses']).map(({ id, status }) => [id, status])).toEqual([['5', 400], ['4', 404], ['3', 200], ['2', 404], ['1', 200]]);
  const [, , deleted, , user] = objects(answer.body['responses']);
  expect(user).toMatchObject({ body: { id: there, accountEnabled: true } });
  expect(deleted).toMatchObject({ body: { '@odata.type': '#microsoft.graph.user', id: gone, userPrincipalName: `${gone.replaceAll('-', '')}${name}` } });
});

describe('a batch is refused as a whole', () => {
  test.each([
    ['without requests', undefined],
    ['that is empty', []],
    ['of more than twenty', Array.from({ length: 21 }, (_none, index) => get(String(index), '/users'))],
    ['with the same id twice', [get('1', '/users'), get('1', '/users')]],
    ['with an absolute url', [get('1', 'https://graph.microsoft.com/v1.0/users')]],
    ['with a part that is none', [{ id: 1 }]],
  ])('%s', async (_name, requests) => {
    expect((await batch(requests)).status).toBe(400);
  });

  test('without a token, or by GET', async () => {
    expect((await batch([get('1', '/users')], false)).status).toBe(401);
    expect((await client.call('graph', '/v1.0/$batch', { headers: { Authorization: `Bearer ${token}` } })).status).toBe(405);
  });
});

test('a part can be spoilt', async () => {
  sandbox.graph.spoilPart = (url) => (url.startsWith('/users') ? { status: 429, headers: { 'Retry-After': '2' } } : undefined);
  expect(objects((await batch([get('1', '/users')])).body['responses'])).toEqual([{ id: '1', status: 429, headers: { 'Retry-After': '2' }, body: {} }]);
});
