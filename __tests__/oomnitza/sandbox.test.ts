import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CREDENTIALS, type InstanceBehaviour, type OomnitzaRecord, type Sandbox } from '../../sandbox/index.ts';
import { apiToken, connectOomnitza, createWriter, probe, readFields, readRecords, type Oomnitza } from '../../src/oomnitza/index.ts';
import { inFull, toldInFull } from '../support/in-full.ts';
import { watchedHttp } from '../support/transport.ts';
import { creation, update } from '../support/oomnitza.ts';
import { trustedSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
let oomnitza: Oomnitza;
let usual: InstanceBehaviour;
let lastNumber = 0;

beforeAll(async () => {
  sandbox = await trustedSandbox({ people: 1200, oomnitzaCoverage: 1 });
  usual = { ...sandbox.instance.behaviour };
});
beforeEach(() => {
  oomnitza = connect();
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.requests.clear();
  Object.assign(sandbox.instance.behaviour, usual);
  for (const name of ['username', 'email']) sandbox.instance.field(name).unique = true;
});
afterAll(async () => {
  await sandbox.close();
});

function connect(token: string = CREDENTIALS.apiToken): Oomnitza {
  return connectOomnitza({ url: new URL(sandbox.urls.oomnitza), token: apiToken(token), ignoreMetaRestriction: false }, watchedHttp({ timeoutMs: 1500 }).http);
}

async function read(): Promise<ReturnType<typeof readRecords>> {
  return await readRecords(oomnitza, { fields: ['email', 'role'], concurrency: 4, onProgress: () => undefined, notice: () => undefined });
}

/** Values of somebody whom the instance does not have. */
function somebody(email?: string): { username: string; email: string; role: number } {
  const name = email ?? `new.${++lastNumber}@example.com`;
  return { username: name, email: name, role: 25 };
}

function having(email: string): readonly OomnitzaRecord[] {
  return sandbox.instance.holders('email', email);
}

describe('reading', () => {
  test('the probe accepts the token', async () => {
    await probe(oomnitza);
    expect(sandbox.requests.byKind()).toEqual({ 'oomnitza GET /api/v2/mappings': 1 });
  });

  test('a token that the instance does not know is refused', async () => {
    await expect(probe(connect('wrong'))).rejects.toMatchObject({ reason: 'authentication' });
  });

  test('the fields are those of the instance', async () => {
    expect([...((await readFields(oomnitza))?.keys() ?? [])]).toEqual([...sandbox.instance.fields.keys()]);
    sandbox.instance.behaviour.metadata = false;
    expect(await readFields(oomnitza)).toBeUndefined();
  });

  test.each([
    [500, true],
    [200, true],
    [200, false],
    [7, true],
  ])('everybody is read once, in pages of %i, with a total: %j', async (pageLimit, totals) => {
    Object.assign(sandbox.instance.behaviour, { pageLimit, totals });
    const { records, fields } = await read();
    expect(records.map(({ userId }) => userId).toSorted()).toEqual([...sandbox.instance.records.keys()].toSorted());
    expect(records).toHaveLength(sandbox.instance.records.size);
    expect(fields).toEqual(new Set(sandbox.instance.fields.keys()));
    const [first] = records;
    expect(first?.values).toEqual([sandbox.instance.record(first?.userId ?? '')['email'], 25]);
  });

  test.each([{ drop: 'before' as const }, { truncate: 'connection' as const }, { truncate: 'json' as const }, { status: 503 }, { status: 429 }, { hang: true }])(
    'nobody is lost by a fault (%j)',
    async (fault) => {
      sandbox.faults.add({ service: 'oomnitza', path: '/api/v3/users?', after: 1, ...fault });
      expect((await read()).records).toHaveLength(sandbox.instance.records.size);
    },
  );
});

describe('a create that the instance carries out before its answer is lost', () => {
  test.each([{ drop: 'after' as const }, { truncate: 'connection' as const }, { truncate: 'json' as const }, { status: 502, body: '<html>', commit: true }])(
    'is not doubled (%j)',
    async (fault) => {
      // Nothing keeps this instance from having two people of the same name.
      for (const name of ['username', 'email']) sandbox.instance.field(name).unique = false;
      const ada = somebody();
      sandbox.faults.add({ service: 'oomnitza', method: 'POST', ...fault });
      expect(await createWriter(oomnitza, ['email']).write(creation(ada))).toEqual({ ok: true });
      expect(having(ada.email)).toHaveLength(1);
      expect(sandbox.requests.count({ method: 'POST' })).toBe(1);
    },
  );
});

describe('a create that the instance does not carry out', () => {
  test.each([{ drop: 'before' as const }, { status: 500 }, { status: 429 }, { hang: true }])('is made by the next attempt (%j)', async (fault) => {
    const ada = somebody();
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', ...fault });
    expect(await createWriter(oomnitza, ['email']).write(creation(ada))).toEqual({ ok: true });
    expect(having(ada.email)).toMatchObject([ada]);
    expect(sandbox.requests.count({ method: 'POST' })).toBe(2);
  });
});

test.each(["o'neil@example.com", "o'neil+\"x\"@example.com", 'ünï&co=50%@example.com'])('%s is found again by a look-up, or not doubled at least', async (email) => {
  const ada = somebody(email);
  sandbox.faults.add({ service: 'oomnitza', method: 'POST', drop: 'after' });
  await createWriter(oomnitza, ['email', 'username']).write(creation(ada));
  expect(having(email)).toHaveLength(1);
});

describe('an update', () => {
  test.each(['user_id', 'username', 'either'] as const)('reaches the right person where people are addressed by %s', async (address) => {
    sandbox.instance.behaviour.address = address;
    const ada = sandbox.instance.addRecord(somebody());
    const change = update(ada.user_id, ada.username, { department: 'IT', username: `renamed.${ada.username}`, phone_number: null });
    expect(await createWriter(oomnitza, ['email']).write(change)).toEqual({ ok: true });
    expect(sandbox.instance.record(ada.user_id)).toMatchObject({ department: 'IT', username: `renamed.${ada.username}`, phone_number: null });
  });

  test.each([{ drop: 'before' as const }, { drop: 'after' as const }, { status: 503 }, { truncate: 'json' as const }])('gets over a fault (%j)', async (fault) => {
    const ada = sandbox.instance.addRecord(somebody());
    sandbox.faults.add({ service: 'oomnitza', method: 'PATCH', ...fault });
    expect(await createWriter(oomnitza, ['email']).write(update(ada.user_id, ada.username, { username: `again.${ada.username}` }))).toEqual({ ok: true });
    expect(sandbox.instance.record(ada.user_id).username).toBe(`again.${ada.username}`);
  });

  test('to a value that somebody else has fails, in the words of the instance', async () => {
    const [ada, bob] = [sandbox.instance.addRecord(somebody()), sandbox.instance.addRecord(somebody())];
    for (const errors of ['strings', 'objects', 'error', 'message', 'text'] as const) {
      sandbox.instance.behaviour.errors = errors;
      const outcome = await createWriter(oomnitza, ['email']).write(update(ada.user_id, ada.username, { email: bob.username }));
      expect(inFull(outcome)).toEqual({ ok: false, unavailable: false, kind: '409 another user has the email ….', message: `Oomnitza answered 409: Another user has the email '${bob.username}'.` });
    }
  });
});

test('a token that may only read stops the writing', async () => {
  sandbox.instance.tokens.set('reader', new Set(['read']));
  await expect(toldInFull(createWriter(connect('reader'), ['email']).write(creation(somebody())))).rejects.toMatchObject({
    reason: 'permission',
    message: 'Oomnitza refused creating a person: 403 You have no permission for this.',
  });
});

test('an instance that guards against forged requests takes writes after the probe', async () => {
  sandbox.instance.behaviour.csrf = true;
  await probe(oomnitza);
  expect(await createWriter(oomnitza, ['email']).write(creation(somebody()))).toEqual({ ok: true });
});
