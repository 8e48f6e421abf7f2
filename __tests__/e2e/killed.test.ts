import { randomInt } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { addSyncedRecord, startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { Random } from '../../sandbox/random.ts';
import { runAction, type RunResult } from '../../sandbox/runner.ts';
import { compileCache } from '../support/compile-cache.ts';
import { addPeople } from './support/people.ts';
import { quickInputs } from './support/scenario.ts';

const creates = 4;
const updates = 6;
const suspends = 4;
/** With one who returns. */
const writes = creates + updates + 1 + suspends;

const syncFile = `version: 1
identity: entra_object_id
sync-keys: [email]
fields: { account_enabled: null }
leavers: { disabled: suspend, missing: suspend, returning: restore, marker: left_on }
limits: { creates: none, updates: none, suspends: none, restores: none, shrink: none }
`;

/** New people, changed people of whom some are not linked yet, a user name that goes from one person to another, and leavers. */
async function world(): Promise<Sandbox> {
  const sandbox = await startSandbox({ people: 0, latencyMs: 5 });
  addPeople(sandbox, creates);
  for (let number = 1; number <= updates; number += 1) {
    const user = sandbox.tenant.addUser({ displayName: `Sailor ${String(number)}`, department: 'Navy' });
    addSyncedRecord(sandbox.instance, user, { department: 'Army', username: `sailor.${String((number % updates) + 1)}.old@contoso.com`, entra_object_id: number > 3 ? user.id : null });
  }
  for (let number = 1; number <= suspends + 1; number += 1) {
    const user = sandbox.tenant.addUser({ displayName: `Leaver ${String(number)}` });
    addSyncedRecord(sandbox.instance, user, { entra_object_id: user.id, ...(number === suspends + 1 ? { suspended: true, left_on: 1_700_000_000 } : {}) });
    if (number < 3) sandbox.tenant.deleteUser(user.id);
    else if (number <= suspends) sandbox.tenant.updateUser(user.id, { accountEnabled: false });
  }
  return sandbox;
}

async function apply(sandbox: Sandbox, killAfter?: number): Promise<RunResult> {
  const isTime = (): boolean => sandbox.requests.writes().length === killAfter;
  const signal = killAfter === undefined ? {} : { signal: { name: 'SIGKILL', whenRequests: isTime } as const };
  return await runAction({ sandbox, syncFile, inputs: { ...quickInputs, mode: 'apply', concurrency: '3' }, env: compileCache, ...signal });
}

/** What a user of Oomnitza sees of the people, without what tells when they were written. */
function people({ instance }: Sandbox): unknown {
  const volatile = new Set(['user_id', 'uid', 'version', 'creation_date', 'change_date']);
  const records = instance.records.values().toArray().map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => !volatile.has(name))));
  return records.sort((left, right) => (String(left['username']) < String(right['username']) ? -1 : 1));
}

test('a run that is killed and one after it come to the same as one that is left alone', async () => {
  const undisturbed = await world();
  expect((await apply(undisturbed)).outputs).toMatchObject({ 'failure-reason': '', 'create-count': String(creates), 'update-count': String(updates), 'restore-count': '1', 'suspend-count': String(suspends) });
  const expected = people(undisturbed);
  await undisturbed.close();

  const seed = randomInt(1_000_000);
  const random = new Random(seed);
  // The last one while people are suspended, which comes last of all.
  for (const [from, range] of [[1, writes - 1], [1, writes - 1], [writes - suspends, suspends - 1]] as const) {
    const killAfter = from + random.below(range);
    const sandbox = await world();
    const killed = await apply(sandbox, killAfter);
    expect(killed).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(people(sandbox)).not.toEqual(expected);
    expect((await apply(sandbox)).outputs).toMatchObject({ 'failure-reason': '', 'fail-count': '0' });
    expect({ seed, killAfter, people: people(sandbox) }).toEqual({ seed, killAfter, people: expected });
    await sandbox.close();
  }
});
