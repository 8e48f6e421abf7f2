import { expect, test } from '@jest/globals';
import { addSyncedRecord, startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { Random } from '../../sandbox/random.ts';
import { runAction, type RunResult } from '../../sandbox/runner.ts';
import { compileCache } from '../support/compile-cache.ts';
import { addPeople } from './support/people.ts';
import { quickInputs } from './support/scenario.ts';

const creates = 4;
const updates = 6;

/** New people, changed people, and a user name that goes from one person to another. */
async function world(): Promise<Sandbox> {
  const sandbox = await startSandbox({ people: 0, latencyMs: 5 });
  addPeople(sandbox, creates);
  for (let number = 1; number <= updates; number += 1) {
    const user = sandbox.tenant.addUser({ displayName: `Sailor ${String(number)}`, department: 'Navy' });
    addSyncedRecord(sandbox.instance, user, { department: 'Army', username: `sailor.${String((number % updates) + 1)}.old@contoso.com` });
  }
  return sandbox;
}

async function apply(sandbox: Sandbox, killAfter?: number): Promise<RunResult> {
  const isTime = (): boolean => sandbox.requests.writes().length === killAfter;
  const signal = killAfter === undefined ? {} : { signal: { name: 'SIGKILL', whenRequests: isTime } as const };
  const syncFile = 'version: 1\nsync-keys: [email]\nlimits: { creates: none, updates: none }\n';
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
  expect((await apply(undisturbed)).exitCode).toBe(0);
  const expected = people(undisturbed);
  await undisturbed.close();

  const random = new Random(20_260);
  for (let time = 0; time < 3; time += 1) {
    const killAfter = 1 + random.below(creates + updates - 1);
    const sandbox = await world();
    const killed = await apply(sandbox, killAfter);
    expect(killed).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(people(sandbox)).not.toEqual(expected);
    expect((await apply(sandbox)).outputs).toMatchObject({ 'failure-reason': '', 'fail-count': '0' });
    expect(people(sandbox)).toEqual(expected);
    await sandbox.close();
  }
});
