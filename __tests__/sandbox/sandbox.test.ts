import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { describeRequest, EntraTenant, startSandbox, standardValues, type ExpectedPlan, type Sandbox } from '../../sandbox/index.ts';
import { Client } from './client.ts';

async function within<T>(options: Parameters<typeof startSandbox>[0], use: (sandbox: Sandbox) => T | Promise<T>): Promise<T> {
  const sandbox = await startSandbox(options);
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}

/** What a plan with the standard mapping and the email as key comes to, found out the slow way. */
function planOf({ tenant, instance }: Sandbox): ExpectedPlan {
  const plan = { creates: 0, updates: 0, unchanged: 0, conflicts: 0, skips: 0 };
  for (const user of tenant.users.values()) {
    const [record, ...more] = user.mail === null ? [] : instance.holders('email', user.mail);
    const differs = Object.entries(standardValues(user)).some(([field, value]) => value !== null && record?.[field] !== value);
    if (user.mail === null) plan.skips += 1;
    else if (record === undefined) plan.creates += 1;
    else if (more.length > 0) plan.conflicts += 1;
    else if (differs) plan.updates += 1;
    else plan.unchanged += 1;
  }
  return plan;
}

describe('the people', () => {
  test('are the same for the same seed, and others for another', async () => {
    const [first, again, other] = await Promise.all(
      [7, 7, 8].map((seed) => within({ people: 20, seed }, ({ tenant }) => JSON.stringify([...tenant.users.values()]))),
    );
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('are plausible: unique names, several departments, guests, some without this or that', async () => {
    await within({ people: 2000, skips: 13 }, ({ tenant }) => {
      const users = [...tenant.users.values()];
      const share = (condition: (user: (typeof users)[number]) => boolean): number => users.filter(condition).length / 2000;
      expect(new Set(users.map((user) => user.userPrincipalName.toLowerCase())).size).toBe(2000);
      expect(new Set(users.map((user) => user['department'])).size).toBeGreaterThan(5);
      expect(share((user) => user.userType === 'Guest')).toBeCloseTo(0.03, 1);
      expect(share((user) => user.userType === null)).toBeGreaterThan(0);
      expect(share((user) => user['jobTitle'] === null)).toBeGreaterThan(0);
      expect(users.filter((user) => user.mail === null)).toHaveLength(13);
    });
  });
});

describe('the records', () => {
  test.each([
    [{ people: 50 }],
    [{ people: 300, conflicts: 4, skips: 5, difference: 0.2, oomnitzaCoverage: 0.8 }],
    [{ people: 300, difference: 0, oomnitzaCoverage: 1 }],
    [{ people: 20, oomnitzaCoverage: 0 }],
    [{ people: 0 }],
  ])('relate to the people as was asked: %j', async (options) => {
    await within(options, (sandbox) => {
      expect(planOf(sandbox)).toEqual(sandbox.expected);
    });
  });

  test('differ in the share that was asked for', async () => {
    await within({ people: 1000, difference: 0.01, oomnitzaCoverage: 1 }, ({ expected }) => {
      expect(expected).toEqual({ creates: 0, updates: 10, unchanged: 990, conflicts: 0, skips: 0 });
    });
  });

  test('can be made to match whoever is there', async () => {
    await within({ people: 0 }, (sandbox) => {
      sandbox.tenant.addUser({ displayName: 'Ada Byron' });
      sandbox.syncAll({ department: 'Old' });
      expect(sandbox.instance.find(({ username }) => username === 'ada.byron@contoso.com')).toMatchObject({ department: 'Old' });
      sandbox.syncAll();
      expect(sandbox.instance.records.size).toBe(1);
    });
  });
});

describe('a user added by hand', () => {
  const tenant = new EntraTenant(1);

  test('is filled in', () => {
    expect(tenant.addUser({ displayName: 'Ada Byron King' })).toMatchObject({
      givenName: 'Ada',
      surname: 'Byron King',
      userPrincipalName: 'ada.byron-king@contoso.com',
      mail: 'ada.byron-king@contoso.com',
      mailNickname: 'ada.byron-king',
      accountEnabled: true,
      userType: 'Member',
    });
    expect(tenant.addUser({ mail: null, displayName: null })).toMatchObject({ mail: null, displayName: null });
  });

  test('cannot have the name of another, nor properties that Graph does not know', () => {
    expect(() => tenant.addUser({ displayName: 'Ada Byron King' })).toThrow(/exists/);
    expect(() => tenant.addUser({ nickname: 'x' })).toThrow(/no property nickname/);
  });

  test('is not changed in place', () => {
    const before = tenant.addUser({ displayName: 'Kim Ray' });
    tenant.updateUser('KIM.RAY@contoso.com', { department: 'IT' });
    expect(before).not.toHaveProperty('department');
    expect(tenant.user(before.id)).toHaveProperty('department', 'IT');
  });
});

test('answers come after the latency, whatever the computing took', async () => {
  await within({ latencyMs: 40 }, async (sandbox) => {
    const client = new Client(sandbox);
    await client.oomnitza('/api/v3/users');
    client.close();
    const [entry] = sandbox.requests;
    expect((entry?.endedAt ?? 0) - (entry?.startedAt ?? 0)).toBeGreaterThanOrEqual(40);
  });
});

test('the log knows what came, by whom and what for', async () => {
  await within({}, async (sandbox) => {
    const client = new Client(sandbox);
    await client.oomnitza('/api/v3/users?limit=5&filter=username%20eq%20%22x%22');
    await client.oomnitza('/api/v3/users/a%2Fb', { method: 'PATCH', body: { department: 'IT' } });
    client.close();
    const [read, write] = sandbox.requests;
    expect(read).toMatchObject({ method: 'GET', path: '/api/v3/users', query: { limit: '5', filter: 'username eq "x"' }, status: 200 });
    expect(write).toMatchObject({ path: '/api/v3/users/a%2Fb', route: '/api/v3/users/{ident}', content: { department: 'IT' }, status: 404 });
    expect(sandbox.requests.writes()).toEqual([write]);
    expect(sandbox.requests.count({ service: 'oomnitza', method: 'GET', path: /limit=5/ })).toBe(1);
    expect(sandbox.requests.all.map(describeRequest)).toEqual([
      'oomnitza GET /api/v3/users?limit=5&filter=username eq "x" 200',
      'oomnitza PATCH /api/v3/users/a%2Fb 404',
    ]);
    expect(sandbox.requests.byKind()).toEqual({ 'oomnitza GET /api/v3/users': 1, 'oomnitza PATCH /api/v3/users/{ident}': 1 });
  });
});

test('what is different in every run can be replaced', async () => {
  await within({}, (sandbox) => {
    const { urls, directory } = sandbox;
    expect(sandbox.stable(`${urls.graph}/v1.0 ${urls.oomnitza}`)).toBe('https://graph.sandbox/v1.0 https://oomnitza.sandbox');
    expect(sandbox.stable(`${directory}/ca.pem ${directory}/run-aB3/temp`)).toBe('<sandbox>/ca.pem <run>/temp');
  });
});

test('nothing is left behind', async () => {
  const directory = await within({}, (sandbox) => sandbox.directory);
  expect(existsSync(directory)).toBe(false);
});
