import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CREDENTIALS, type Fault, type Sandbox } from '../../sandbox/index.ts';
import { applyPlan, type WriteResult } from '../../src/apply/index.ts';
import { parseSyncFile } from '../../src/config/index.ts';
import type { DirectoryUser } from '../../src/directory/index.ts';
import { compileMapping } from '../../src/mapping/index.ts';
import { apiToken, connectOomnitza, createWriter, readRecords, type Oomnitza } from '../../src/oomnitza/index.ts';
import { createPlanner, writeOrder, type Plan, type PlanEntry } from '../../src/plan/index.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { watchedHttp } from '../support/transport.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await trustedSandbox({ people: 0 });
  // Nothing keeps this instance from having the same person twice.
  for (const name of ['username', 'email']) sandbox.instance.field(name).unique = false;
});
afterEach(() => {
  sandbox.faults.clear();
});
afterAll(async () => {
  await sandbox.close();
});

const syncFile = parseSyncFile('version: 1\nsync-keys: [email]\npreset: none\nfields: { username: userPrincipalName, email: mail, department: department }\n');

/** @param timeoutMs short where requests hang; elsewhere a busy machine must not look like an instance that is away */
function connect(timeoutMs = 10_000): Oomnitza {
  return connectOomnitza({ url: new URL(sandbox.urls.oomnitza), token: apiToken(CREDENTIALS.apiToken), ignoreMetaRestriction: false }, watchedHttp({ timeoutMs }).http);
}

async function planFor(users: readonly DirectoryUser[]): Promise<Plan> {
  const { rules } = syncFile;
  const { records } = await readRecords(connect(), { fields: rules.map(({ field }) => field), concurrency: 1, onProgress: () => undefined, notice: () => undefined });
  const planner = createPlanner({ ...syncFile, current: records, alsoRead: [], isPartial: false, today: '2026-02-28' });
  const mapping = compileMapping(syncFile);
  for (const user of users) planner.add(mapping.apply(user) ?? fail());
  return planner.finish(users.length);
}

function fail(): never {
  throw new Error('everybody is in scope');
}

async function apply(plan: Plan, timeoutMs?: number): Promise<ReadonlyMap<PlanEntry, WriteResult>> {
  const options = { concurrency: 2, signal: new AbortController().signal, onProgress: () => undefined };
  return (await applyPlan(writeOrder(plan, new Set(['email', 'username'])), createWriter(connect(timeoutMs), ['email']), options)).results;
}

/** Whether the instance holds all that an entry was to write. */
function isDone({ syncKey, fields }: PlanEntry): boolean {
  return [...sandbox.instance.records.values()].some((record) => syncKey === `email=${String(record['email'])}` && fields.every(({ field, after }) => record[field] === after));
}

const effects = fc.constantFrom<Partial<Fault>>(
  { drop: 'before' },
  { drop: 'after' },
  { truncate: 'connection' },
  { truncate: 'json' },
  { status: 500 },
  { status: 502, commit: true, body: '<html>' },
  { status: 504, commit: true },
  { status: 429 },
  { hang: true },
  { hang: true, commit: true },
);
const faults = fc.array(
  fc.record({ effect: effects, method: fc.constantFrom('POST', 'PATCH', 'GET'), after: fc.nat(3), times: fc.constantFrom(1, 1, 1, 2, 4) }),
  { maxLength: 6 },
);
/** Who is new, whose department differs, who is renamed; nobody at all shares a name. */
const people = fc.array(fc.constantFrom('new', 'moved', 'renamed', 'in step'), { minLength: 1, maxLength: 6 });

test('whatever goes wrong, nobody is made twice or lost, what is told is true, and the next run finds what is left', async () => {
  await fc.assert(
    fc.asyncProperty(people, faults, fc.constantFrom('user_id', 'username', 'either'), async (kinds, planned, address) => {
      for (const userId of [...sandbox.instance.records.keys()]) sandbox.instance.removeRecord(userId);
      sandbox.instance.behaviour.address = address;
      const users = kinds.map((kind, number): DirectoryUser => {
        const email = `p${number}@example.com`;
        const user = { id: `id-${number}`, userPrincipalName: email, mail: email, department: 'IT', accountEnabled: true };
        if (kind !== 'new') sandbox.instance.addRecord({ email, username: kind === 'renamed' ? `old${number}@example.com` : email, department: kind === 'moved' ? 'HR' : 'IT' });
        return user;
      });
      const plan = await planFor(users);
      for (const { effect, ...where } of planned) sandbox.faults.add({ service: 'oomnitza', path: /^\/api\/v3\/users(?!\?limit=500)/, ...where, ...effect });
      const results = await apply(plan, 200);
      sandbox.faults.clear();

      const emails = [...sandbox.instance.records.values()].map(({ email }) => email);
      expect(new Set(emails).size).toBe(emails.length);
      for (const [entry, { status, message }] of results) {
        if (!message.includes('may or may not')) expect([entry.syncKey, status, message, isDone(entry)]).toEqual([entry.syncKey, status, message, status === 'applied']);
      }
      const left = plan.entries.filter((entry) => !isDone(entry)).map(({ syncKey }) => syncKey);
      const next = await planFor(users);
      expect(next.entries.map(({ syncKey }) => syncKey)).toEqual(left);
      expect([...(await apply(next)).values()].every(({ status }) => status === 'applied')).toBe(true);
      expect((await planFor(users)).counts).toMatchObject({ unchanged: users.length, create: 0, update: 0 });
    }),
    { numRuns: 30 },
  );
});
