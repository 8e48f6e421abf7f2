import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findDeviations, isSynced, PEOPLE, startDemoSandbox } from '../../sandbox/demo/scenario.ts';
import { mappedValues } from '../../sandbox/demo/sync-file.ts';
import { addSyncedRecord, type OomnitzaRecord, type Sandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let before: ReadonlyMap<string, OomnitzaRecord>;

beforeAll(async () => {
  sandbox = await startDemoSandbox();
  before = new Map(sandbox.instance.records);
});
afterAll(() => sandbox.close());

/** Does by hand what the action is to do. */
function sync({ tenant, instance }: Sandbox): void {
  for (const user of [...tenant.users.values()].filter(isSynced)) {
    const [record, ...more] = instance.holders('email', user.mail);
    const values = Object.entries(mappedValues(user)).filter(([field, value]) => value !== null || field === 'phone_number');
    const differing = values.filter(([field, value]) => (record?.[field] ?? null) !== value && !(record && field === 'mail_nickname'));
    if (record === undefined) addSyncedRecord(instance, user, {}, mappedValues);
    else if (more.length === 0 && differing.length > 0) instance.updateRecord(record.user_id, Object.fromEntries(differing));
  }
}

test('the demo notices what is left to do, and what was done that should not have been', () => {
  expect(sandbox.tenant.users.size).toBe(PEOPLE);
  expect(findDeviations(sandbox, before).length).toBeGreaterThan(100);
  sync(sandbox);
  expect(findDeviations(sandbox, before)).toEqual([]);

  const guest = [...sandbox.tenant.users.values()].find(({ userType }) => userType === 'Guest');
  const record = sandbox.instance.find(({ username }) => username === guest?.userPrincipalName);
  sandbox.instance.updateRecord(record?.user_id ?? '', { department: 'x' });
  expect(findDeviations(sandbox, before)).toEqual([`${guest?.userPrincipalName ?? ''} was touched and should not have been`]);
});

test('the sandbox serves until it is told to end, and says how to use it', async () => {
  const serve = join(import.meta.dirname, '..', '..', 'sandbox', 'serve.ts');
  const child = spawn(process.execPath, [serve, '--people', '3', '--latency', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8');
  for await (const text of child.stdout) {
    printed += String(text);
    if (printed.includes('Ctrl-C ends it.')) child.kill('SIGINT');
  }
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(printed).toMatch(/'INPUT_OOMNITZA-URL=https:\/\/localhost:\d+'/);
  expect(printed).toContain('The sandbox is up: 3 people');
});
