import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain, type MainResult } from './run-main.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await trustedSandbox({});
  sandbox.instance.addField({ name: 'staff_number', label: 'Staff number' });
  sandbox.instance.addField({ name: 'points', label: 'Points', type: 'integer' });
  sandbox.instance.addField({ name: 'kind', label: 'Kind', type: 'drop-down', options: [{ key: 'EMP', value: 'Employee' }] });
});

afterEach(async () => {
  await sandbox.close();
});

/** Somebody whose account is disabled, with the record, and the account that the sync file does not ask for. */
function leave(number: number, values: Readonly<Record<string, string>> = {}, employeeId = `E-${number}`): void {
  const userPrincipalName = `old${number}@contoso.com`;
  sandbox.tenant.addUser({ displayName: 'Old', userPrincipalName, mail: userPrincipalName, employeeId, department: 'Old', accountEnabled: false });
  sandbox.instance.addRecord({ username: userPrincipalName, email: userPrincipalName, ...values });
}

async function plan(key: string, rule: string): Promise<MainResult> {
  const syncFile = `version: 1
source: { filter: "department eq 'Old'" }
sync-keys: [${key}, username]
leavers: { disabled: suspend }
limits: { suspends: none }
fields:
  ${key}: ${rule}
`;
  return await runMain(sandbox, { inputs: { mode: 'plan' }, syncFile });
}

/** Lists of users by other filters than that of the sync file: `everybody`, or what is asked for. */
function looked(): readonly string[] {
  const lists = sandbox.requests.filter({ service: 'graph', path: '/v1.0/users?' });
  return [...new Set(lists.map(({ query }) => query['$filter'] ?? 'everybody'))].filter((filter) => !filter.startsWith('department'));
}

test.each([
  ['email', 'mail', {}, ["startsWith(mail,'old1@contoso.com') or startsWith(userPrincipalName,'old1@contoso.com')"]],
  // Of blanks at the ends nothing is known there.
  ['staff_number', 'employeeId', { staff_number: 'E-1' }, ["startsWith(employeeId,'E-1') or startsWith(userPrincipalName,'old1@contoso.com') or startsWith(employeeId,' ')"]],
  ['staff_number', 'employeeId', { staff_number: '7'.repeat(121) }, ['everybody']],
  ['staff_number', 'employeeId', { staff_number: 'É' }, ['everybody']],
  ['staff_number', 'id', {}, ["startsWith(userPrincipalName,'old1@contoso.com')"]],
  ['staff_number', 'faxNumber', { staff_number: '1' }, ['everybody']],
  ['points', '{ source: employeeId, convert: { split: { on: "-", index: 1 } } }', { points: '1' }, ['everybody']],
  // The directory has the label.
  ['kind', 'employeeId', { kind: 'EMP' }, ['everybody']],
])('others with the same %s, which is %s, are asked for as far as that can be', async (key, rule, record, asked) => {
  leave(1, record, key === 'kind' ? 'Employee' : 'E-1');
  const { outputs } = await plan(key, rule);
  expect(outputs).toMatchObject({ 'suspend-count': '1', 'failure-reason': '' });
  expect(looked()).toEqual(asked);
});

test('where hundreds would be suspended, everybody is asked for', async () => {
  for (let number = 1; number <= 400; number++) leave(number);
  expect((await plan('email', 'mail')).outputs).toMatchObject({ 'suspend-count': '400', 'failure-reason': '' });
  expect(looked()).toEqual(['everybody']);
});

test('whoever was read is nobody else, where everybody is asked for', async () => {
  for (const number of [1, 2]) leave(number);
  const syncFile = `version: 1
source: { filter: "department eq 'Old'" }
sync-keys: [email, username]
leavers: { disabled: suspend }
protect: [old1@contoso.com]
fields: { email: { expression: "user.mail.lowerAscii()" } }
`;
  const { outputs, log } = await runMain(sandbox, { inputs: { mode: 'plan' }, syncFile });
  expect(outputs).toMatchObject({ 'suspend-count': '1', 'leaver-count': '2' });
  expect(looked()).toEqual(['everybody']);
  expect(log).not.toContain('another user');
});

test('nobody is asked for where nobody would be suspended, and everybody was read', async () => {
  leave(1, { suspended: 'true' });
  await plan('email', 'mail');
  expect(looked()).toEqual([]);
});

test('to explain one user, not everybody is asked for, and that is told', async () => {
  leave(1);
  const syncFile = 'version: 1\nsync-keys: [email, username]\nleavers: { disabled: suspend }\nfields: { email: { expression: "user.mail.lowerAscii()" } }\n';
  const { log, outputs } = await runMain(sandbox, { inputs: { mode: 'plan', explain: 'old1@contoso.com' }, syncFile });
  expect(outputs).toMatchObject({ 'suspend-count': '1', 'failure-reason': '' });
  expect(looked()).not.toContain('everybody');
  expect(log).toContain('Whether somebody who was not read has the same keys was not looked for');
});
