import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox, type OomnitzaInstance, type Sandbox } from '../../sandbox/index.ts';
import { DEFAULT_BEHAVIOUR } from '../../sandbox/oomnitza/behaviour.ts';
import { Client, objects, type Answer } from './client.ts';

let sandbox: Sandbox;
let client: Client;
let instance: OomnitzaInstance;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 0 });
  client = new Client(sandbox);
  instance = sandbox.instance;
});
beforeEach(() => {
  for (const userId of [...instance.records.keys()]) instance.removeRecord(userId);
  Object.assign(instance.behaviour, DEFAULT_BEHAVIOUR);
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

function list(answer: Answer): Record<string, unknown>[] {
  return objects(JSON.parse(answer.text));
}

async function usernames(query: string): Promise<unknown[]> {
  return list(await client.oomnitza(`/api/v3/users?${query}`)).map(({ username }) => username);
}

const create = (body: unknown, headers = {}): Promise<Answer> =>
  client.oomnitza('/api/v3/users', { method: 'POST', body, headers });
const change = (ident: string, body: unknown, headers = {}): Promise<Answer> =>
  client.oomnitza(`/api/v3/users/${encodeURIComponent(ident)}`, { method: 'PATCH', body, headers });

describe('access', () => {
  const PROBE = '/api/v2/mappings?name=AuthTest';

  test('the probe answers whoever has a token', async () => {
    expect((await client.oomnitza(PROBE)).status).toBe(200);
    expect((await client.call('oomnitza', PROBE)).status).toBe(401);
    expect((await client.call('oomnitza', PROBE, { headers: { Authorization2: 'Bearer x' } })).status).toBe(401);
  });

  test('mappings are those of the service that is asked for', async () => {
    expect((await client.oomnitza('/api/v2/mappings?name=Azureusers')).body).toMatchObject({ mail: 'EMAIL', user_principal_name: 'USER' });
    expect((await client.oomnitza(PROBE)).body).toEqual({});
  });

  test('a token can be for reading only', async () => {
    instance.tokens.set('reader', new Set(['read']));
    const headers = { Authorization2: 'reader' };
    expect((await client.call('oomnitza', '/api/v3/users', { headers })).status).toBe(200);
    expect((await client.call('oomnitza', '/api/v3/users', { method: 'POST', headers, body: {} })).status).toBe(403);
  });

  test('where the probe gives a CSRF token, writes need it', async () => {
    instance.behaviour.csrf = true;
    const token = String((await client.oomnitza(PROBE)).headers['x-csrf-token']);
    const person = { username: 'a', role: 25 };
    expect((await create(person)).status).toBe(403);
    expect((await create(person, { 'X-CSRF-Token': token })).status).toBe(201);
  });
});

describe('a token for a password', () => {
  const ask = (form: Readonly<Record<string, string>>): Promise<Answer> => client.call('oomnitza', '/api/request_token', { method: 'POST', body: new URLSearchParams(form) });
  const use = async (token: unknown): Promise<number> => (await client.call('oomnitza', '/api/v3/users', { headers: { Authorization2: String(token) } })).status;
  beforeEach(() => {
    instance.passwordUsers.set('ada', { password: 'sesame', rights: ['read'] });
    instance.passwordUsers.set('sso', { password: undefined, rights: ['read'] });
  });

  test('is given to whoever has one, sent as a form', async () => {
    expect(await use((await ask({ login: 'ada', password: 'sesame' })).body['token'])).toBe(200);
    for (const form of [{ login: 'ada', password: 'barley' }, { login: 'bob', password: 'sesame' }, { login: 'bob' }]) expect((await ask(form)).status).toBe(401);
    const json = await client.call('oomnitza', '/api/request_token', { method: 'POST', body: { login: 'ada', password: 'sesame' } });
    expect(json.status).toBe(400);
  });

  test('ends after some calls, if wanted', async () => {
    instance.behaviour.callsPerToken = 2;
    const { token } = (await ask({ login: 'ada', password: 'sesame' })).body;
    expect([await use(token), await use(token), await use(token)]).toEqual([200, 200, 401]);
  });

  test.each([401, 403, 302] as const)('is not given to those of single sign-on (%i)', async (singleSignOn) => {
    instance.behaviour.singleSignOn = singleSignOn;
    expect((await ask({ login: 'sso', password: '' })).status).toBe(singleSignOn);
  });
});

describe('the list', () => {
  beforeEach(() => {
    for (const [username, department] of [['cy', 'IT'], ['al', null], ['bo', 'Sales']] as const) {
      instance.addRecord({ username, department, email: `${username}@x.test` });
    }
  });

  test('is a bare array with the total in a header', async () => {
    const answer = await client.oomnitza('/api/v3/users?limit=2&sortby=username%20asc');
    expect(list(answer).map(({ username }) => username)).toEqual(['al', 'bo']);
    expect(answer.headers['x-total-count']).toBe('3');
  });

  test('can go without the total', async () => {
    instance.behaviour.totals = false;
    expect((await client.oomnitza('/api/v3/users')).headers).not.toHaveProperty('x-total-count');
  });

  test('shows every field of a record', async () => {
    const [first] = list(await client.oomnitza('/api/v3/users?sortby=username%20desc'));
    expect(Object.keys(first ?? {})).toEqual([...instance.fields.keys()]);
    expect(first).toMatchObject({ username: 'cy', role: 25, suspended: false, deleted: null, uid: expect.any(Number) });
  });

  test.each([
    ['skip=1&sortby=username', ['bo', 'cy']],
    ['sortby=department%20asc', ['al', 'cy', 'bo']],
    ['skip=9', []],
  ])('%s', async (query, expected) => {
    expect(await usernames(query)).toEqual(expected);
  });

  test('a page is never longer than the limit of the instance', async () => {
    instance.behaviour.pageLimit = 2;
    expect(await usernames('limit=500')).toHaveLength(2);
  });

  test.each(['limit=0', 'limit=x', 'skip=-1', 'sortby=nope', 'page=2', 'filter=', 'filter=username+eq', 'filter=nope+eq+1'])(
    '%s is refused',
    async (query) => {
      expect((await client.oomnitza(`/api/v3/users?${query}`)).status).toBe(400);
    },
  );

  test.each([
    ["department eq 'IT'", ['cy']],
    ['department eq "it"', ['cy']],
    ['department IS NULL', ['al']],
    ['department is not null and username LIKE "%y"', ['cy']],
    ['username IN ["al","bo"]', ['al', 'bo']],
    ['username gt "al" and username lte "bo"', ['bo']],
    ['username BETWEEN "al" AND "bo"', ['al', 'bo']],
    ['(username eq "al" or username eq "bo") and role eq 25', ['al', 'bo']],
    ['role eq "25" and suspended eq true', []],
  ])('filter: %s', async (filter, expected) => {
    expect(await usernames(`sortby=username&filter=${encodeURIComponent(filter)}`)).toEqual(expected);
  });

  test('filters can distinguish the case of letters', async () => {
    instance.behaviour.caseSensitiveFilters = true;
    expect(await usernames(`filter=${encodeURIComponent('department eq "it"')}`)).toEqual([]);
  });

  test('stays right through writes', async () => {
    const before = await usernames('sortby=username%20asc');
    await create({ username: 'ba', role: 25 });
    await change('cy', { username: 'aa' });
    expect(before).toEqual(['al', 'bo', 'cy']);
    expect(await usernames('sortby=username%20asc')).toEqual(['aa', 'al', 'ba', 'bo']);
  });

  test('writes values as the instance does', async () => {
    Object.assign(instance.behaviour, { roles: 'text', booleans: 'digit' });
    const [first] = list(await client.oomnitza('/api/v3/users'));
    expect(first).toMatchObject({ role: '25', suspended: '0' });
  });
});

describe('creating', () => {
  test('answers the record as it is now', async () => {
    const answer = await create({ username: 'ada', role: '25', first_name: 'Ada', last_name: 'Byron', account_enabled: 'true' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ username: 'ada', role: 25, full_name: 'Ada Byron', account_enabled: true, version: 1 });
    expect(instance.record(String(answer.body['user_id'])).username).toBe('ada');
  });

  test.each([
    ['no role', { username: 'a' }],
    ['no username', { role: 25 }],
    ['an unknown role', { username: 'a', role: 99 }],
    ['an unknown field', { username: 'a', role: 25, nick: 'x' }],
    ['a value that is no option', { username: 'a', role: 25, employee_type: 'Employee' }],
    ['a text that is too long', { username: 'a', role: 25, department: 'x'.repeat(257) }],
    ['an object', { username: 'a', role: 25, department: {} }],
    ['a text for a boolean', { username: 'a', role: 25, account_enabled: 'yes' }],
    ['a text for a date', { username: 'a', role: 25, left_on: 'yesterday' }],
    ['a field of the system', { username: 'a', role: 25, uid: 5 }],
    ['a field that is not editable', { username: 'a', role: 25, payroll_number: '7' }],
    ['a list', []],
    ['no JSON', '{"username":'],
  ])('%s is refused', async (_case, body) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ errors: expect.any(Array) });
    expect(instance.records.size).toBe(0);
  });

  test('tells all that is wrong at once', async () => {
    const answer = await create({ username: 'a', nick: 'x', uid: 5 });
    expect(answer.body['errors']).toEqual(["Unknown field 'nick'.", "Field 'uid' is not editable."]);
  });

  test.each(['username', 'email', 'entra_object_id'])('another user with the same %s is a conflict', async (field) => {
    instance.addRecord({ username: 'first', [field]: 'Same' });
    const answer = await create({ username: 'second', role: 25, [field]: 'SAME' });
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({ errors: [expect.stringContaining(field)] });
  });

  test('uniqueness can be lifted', async () => {
    instance.addRecord({ username: 'first', email: 'e@x.test' });
    instance.field('email').unique = false;
    expect((await create({ username: 'second', role: 25, email: 'e@x.test' })).status).toBe(201);
    instance.field('email').unique = true;
  });

  test('a header lifts the restriction, but not for the fields of the system', async () => {
    const header = { 'Oomnitza-Ignore-Meta-Restriction': '1' };
    expect((await create({ username: 'a', role: 25, payroll_number: '7' }, header)).status).toBe(201);
    expect((await create({ username: 'b', role: 25, uid: 7 }, header)).status).toBe(400);
  });

  test.each([
    ['2026-02-03T04:05:06Z', 1770091506],
    ['2026-02-03T04:05:06+02:00', 1770091506],
    ['2026-02-03', 1770076800],
    [1770091506, 1770091506],
    ['1770091506', 1770091506],
  ])('a date %s is stored in seconds, offsets ignored', async (sent, stored) => {
    expect((await create({ username: 'a', role: 25, left_on: sent })).body['left_on']).toBe(stored);
  });

  test.each([
    ['objects', { errors: [{ code: 400, message: "Field 'role' is mandatory." }] }],
    ['error', { error: "Field 'role' is mandatory." }],
    ['message', { message: "Field 'role' is mandatory." }],
    ['text', {}],
  ] as const)('a refusal can come as %s', async (shape, body) => {
    instance.behaviour.errors = shape;
    const answer = await create({ username: 'a' });
    expect(answer.body).toEqual(body);
    expect(answer.text).toContain("Field 'role' is mandatory.");
  });
});

describe('one user', () => {
  test('is changed in the fields sent, and in no other', async () => {
    const before = instance.addRecord({ username: 'ada', first_name: 'Ada', last_name: 'Byron', department: 'IT' });
    const answer = await change(before.user_id, { last_name: 'Lovelace', department: null });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ first_name: 'Ada', full_name: 'Ada Lovelace', department: null, version: 2 });
    expect(instance.record(before.user_id)).toMatchObject({ username: 'ada', last_name: 'Lovelace' });
  });

  test.each([
    ['either', 200, 200],
    ['user_id', 200, 404],
    ['username', 404, 200],
  ] as const)('is found by %s', async (address, byId, byName) => {
    instance.behaviour.address = address;
    const record = instance.addRecord({ username: 'Ada B@x.test' });
    expect((await client.oomnitza(`/api/v3/users/${record.user_id}`)).status).toBe(byId);
    expect((await client.oomnitza('/api/v3/users/ada%20b%40x.test')).status).toBe(byName);
  });

  test('who is not there: 404', async () => {
    expect((await change('nobody', { department: 'x' })).status).toBe(404);
  });

  test('a mandatory field cannot be emptied', async () => {
    const record = instance.addRecord({ username: 'ada' });
    expect((await change(record.user_id, { username: '' })).status).toBe(400);
  });

  test('cannot take what another has, but may keep an old duplicate', async () => {
    const [first] = ['a', 'b'].map((username) => instance.addRecord({ username, email: 'same@x.test' }));
    instance.addRecord({ username: 'c', email: 'c@x.test' });
    expect((await change(String(first?.user_id), { email: 'C@x.test' })).status).toBe(409);
    expect((await change(String(first?.user_id), { email: 'Same@x.test', department: 'IT' })).status).toBe(200);
  });

  test('cannot be deleted', async () => {
    const record = instance.addRecord({ username: 'ada' });
    expect((await client.oomnitza(`/api/v3/users/${record.user_id}`, { method: 'DELETE' })).status).toBe(405);
  });
});

describe('metadata', () => {
  const meta = (): Promise<Answer> => client.oomnitza('/api/v3/users/meta');

  test('describes each field', async () => {
    const { body } = await meta();
    expect(Object.keys(body)).toEqual([...instance.fields.keys()]);
    expect(body['username']).toMatchObject({ internal_id: 'USER', length: 256, optional: 'false', unique: 'true' });
    expect(body['employee_type']).toMatchObject({ searchhelp: [{ key: 'EMP', value: 'Employee' }, {}, {}] });
  });

  test.each([
    ['True', 'False'],
    ['1', '0'],
    ['boolean', false],
  ] as const)('can write yes and no as %s', async (flags, no) => {
    instance.behaviour.flags = flags;
    expect((await meta()).body['payroll_number']).toMatchObject({ editable: no });
  });

  test('need not be there', async () => {
    instance.behaviour.metadata = false;
    expect((await meta()).status).toBe(404);
  });

  test('knows an added field', async () => {
    instance.addField({ name: 'badge', unique: true });
    expect((await meta()).body['badge']).toMatchObject({ label: 'Badge', unique: 'true' });
    instance.removeField('badge');
  });
});
