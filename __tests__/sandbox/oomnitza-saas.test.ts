import { beforeEach, expect, test } from '@jest/globals';
import { nearInstance, type NearInstance } from '../support/in-process.ts';

let near: NearInstance;
beforeEach(() => {
  near = nearInstance();
  near.instance.addRecord({ user_id: 'u1', username: 'ada' });
  near.instance.saas.set('12', { users: new Map(), strangers: [] });
});

const path = '/api/v3/saas/12/users';

async function post(to: string, body: Readonly<Record<string, unknown>> | readonly unknown[]): Promise<unknown> {
  const { status, json } = await near.oomnitza.call({ method: 'POST', path: to, body, doing: 'testing' });
  return [status, json];
}

test.each([
  [path, {}],
  [path, []],
  [path, ['u1']],
  [path, [{ user_id: 'u1' }]],
  [path, [{ user_id: 'u1', assign: false }]],
  [path, [{ user_id: 'u1', assign: true, user_external_id: 'x' }]],
  [path, [{ user_id: 'nobody', assign: true }]],
  [`${path}/u1`, []],
  [`${path}/u1`, { external_id: 'x' }],
  [`${path}/u1`, { user_external_id: '' }],
  [`${path}/u1`, { user_external_id: 'x'.repeat(257) }],
])('a call of %s with %j is refused', async (to, body) => {
  expect(await post(to, body)).toMatchObject([400, { errors: [expect.any(String)] }]);
  expect(near.instance.saas.get('12')?.users.size).toBe(0);
});

test('people are assigned once, and only then have an id in an application that there is', async () => {
  expect(await post('/api/v3/saas/13/users', [{ user_id: 'u1', assign: true }])).toMatchObject([404, {}]);
  expect(await post(`${path}/u1`, { user_external_id: 'x' })).toMatchObject([404, {}]);
  expect(await post(path, [{ user_id: 'u1', assign: true }])).toEqual([200, [{ user_id: 'u1', error: null }]]);
  expect(await post(path, [{ user_id: 'u1', assign: true }])).toMatchObject([400, { errors: [expect.stringContaining('assigned already')] }]);
  expect(await post(`${path}/u1`, { user_external_id: 'x' })).toMatchObject([200, {}]);
  near.instance.behaviour.saasRefusals = 'error';
  expect(await post(path, [{ user_id: 'u1', assign: true }])).toMatchObject([200, [{ error: expect.stringContaining('assigned already') }]]);
  const { json } = await near.oomnitza.call({ method: 'GET', path, doing: 'testing' });
  expect(json).toEqual([{ saas_user_id: 1, user_id: 'u1', user_external_id: 'x' }]);
});
