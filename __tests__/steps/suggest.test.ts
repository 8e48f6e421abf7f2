import { afterEach, describe, expect, test } from '@jest/globals';
import { startSandbox, type Fault, type Sandbox, type SandboxOptions } from '../../sandbox/index.ts';
import { parseSyncFile } from '../../src/config/index.ts';
import { fillKnownCorrespondence, truth } from '../support/known-correspondence.ts';
import { fromFork } from '../e2e/support/proposals.ts';
import { linesOf } from '../support/suggested-lines.ts';
import { runMain, type MainResult } from './run-main.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

async function suggestFor(options: SandboxOptions, prepare: (started: Sandbox) => void = () => undefined): Promise<MainResult> {
  sandbox = await startSandbox({ oomnitzaCoverage: 0, ...options });
  sandbox.trust();
  prepare(sandbox);
  return await runMain(sandbox, { syncFile: null, inputs: { mode: 'suggest' } });
}

function asked(path: string): readonly Readonly<Record<string, string>>[] {
  return sandbox.requests.all.filter((request) => request.service === 'graph' && request.path === path).map(({ query }) => query);
}

describe('of a directory that is larger than the sample', () => {
  test('one page of enabled users is read, and Graph counts the rest', async () => {
    const run = await suggestFor({ people: 530, skips: 20, oomnitzaCoverage: 0.9 });
    expect(run.outputs).toMatchObject({ mode: 'suggest', 'failure-reason': '', 'csv-path': '', 'has-changes': '' });
    expect(asked('/v1.0/users').map((query) => [query['$top'], query['$filter']])).toEqual([['500', 'accountEnabled eq true']]);
    const text = run.file('suggested-sync-file.yml');
    expect(text).toContain('Suggested from 500 users');
    expect(text).toMatch(/# Of 530 users in the directory, \d % are guests, \d % are disabled and 4 % have no mail address\./);
    const lines = linesOf(text);
    const proven = [...lines].filter(([, { isGuess }]) => !isGuess).map(([field, { source }]) => `${field}: ${source}`);
    expect(proven).toEqual(['username: userPrincipalName', 'email: mail', 'department: department', 'first_name: givenName', 'full_name: displayName', 'last_name: surname', 'mail_nickname: mailNickname', 'position: jobTitle']);
  });

  test('shares are those of the sample where Graph does not count', async () => {
    const run = await suggestFor({ people: 510 }, ({ faults, tenant }) => {
      for (const { id } of tenant.users.values()) tenant.updateUser(id, { accountEnabled: true });
      faults.add({ service: 'graph', path: '/v1.0/users/$count', status: 400, times: 4 });
    });
    expect(run.file('suggested-sync-file.yml')).toMatch(/# Of 500 users read, all of them enabled, \d % are guests and none have no mail address\./);
  });
});

test('where disabled users fill the sample up, and Graph does not count, they are among its shares', async () => {
  const run = await suggestFor({ people: 510, skips: 0 }, ({ faults, tenant }) => {
    [...tenant.users.values()].forEach(({ id }, index) => { tenant.updateUser(id, { accountEnabled: index >= 60 }); });
    faults.add({ service: 'graph', path: '/v1.0/users/$count', status: 400, times: 4 });
  });
  expect(run.file('suggested-sync-file.yml')).toMatch(/# Of 500 users read, (?:none|\d %) are guests, 10 % are disabled and/);
});

test('of an empty directory the run says that there is nobody in it', async () => {
  const run = await suggestFor({ people: 3 }, ({ tenant }) => {
    for (const id of [...tenant.users.keys()]) tenant.deleteUser(id);
  });
  expect(run.outputs['failure-reason']).toBe('');
  expect(run.summary).toContain('gave no user at all');
});

describe('of an instance that does not describe its fields', () => {
  test('the people in it tell what there is', async () => {
    const run = await suggestFor({ people: 60, metadata: false }, fillKnownCorrespondence);
    const text = run.file('suggested-sync-file.yml');
    const lines = linesOf(text);
    for (const field of ['cost_center', 'windows_login', 'manager_email']) expect(lines.get(field)).toMatchObject({ source: truth[field], isGuess: false });
    // A date and a number look the same then, and Oomnitza takes seconds for either.
    expect(lines.get('hired_on')).toMatchObject({ source: 'employeeHireDate epoch_seconds', isGuess: false });
    expect(run.summary).toContain('does not tell which fields it has');
    expect(() => parseSyncFile(text)).not.toThrow();
  });

  test('and has nobody, what everybody needs is suggested', async () => {
    const run = await suggestFor({ people: 3, metadata: false }, ({ instance, tenant }) => {
      for (const id of instance.records.keys()) instance.removeRecord(id);
      for (const { id } of tenant.users.values()) tenant.updateUser(id, { accountEnabled: true });
    });
    expect([...linesOf(run.file('suggested-sync-file.yml')).keys()]).toEqual(['username', 'email']);
    expect(run.summary).toContain('Nobody was found on both sides');
  });
});

describe('where Graph refuses', () => {
  const refusal: Fault = { service: 'graph', path: '/v1.0/users?', status: 400, body: { error: { code: 'Request_BadRequest', message: "Could not find a property named 'securityIdentifier' on type 'microsoft.graph.user'." } } };

  test('a property, the usual ones have to do', async () => {
    const run = await suggestFor({ people: 8 }, ({ faults }) => { faults.add({ ...refusal, times: 2 }); });
    expect(run.outputs['failure-reason']).toBe('');
    expect(run.summary).toContain('refused some properties');
    expect(asked('/v1.0/users').at(-1)?.['$select']).not.toContain('securityIdentifier');
  });

  test('those as well, there is no sync file to blame', async () => {
    const run = await suggestFor({ people: 8 }, ({ faults }) => { faults.add({ ...refusal, times: Infinity }); });
    expect(run.outputs).toMatchObject({ mode: 'suggest', 'failure-reason': 'directory-incomplete', 'suggestion-path': '' });
    expect(run.summary).toContain('Nothing was suggested');
  });

  test('all users, the permission is named', async () => {
    const run = await suggestFor({ people: 8, permissions: [] });
    expect(run.outputs['failure-reason']).toBe('permission');
    expect(run.log).toContain('User.Read.All');
  });
});

test('without Oomnitza nothing is suggested, and the other side is given up', async () => {
  const run = await suggestFor({ people: 8 }, ({ faults }) => { faults.add({ service: 'oomnitza', status: 401, times: Infinity }); });
  expect(run.outputs['failure-reason']).toBe('authentication');
});

test.each(['pull_request', 'pull_request_target'])('on a %s from a fork neither side is asked, and the run says that nothing can be suggested', async (event) => {
  sandbox = await startSandbox({ people: 8 });
  const run = await runMain(sandbox, { syncFile: null, inputs: { mode: 'suggest' }, event, payload: fromFork });
  expect(run.outputs).toMatchObject({ mode: 'suggest', 'failure-reason': '', 'suggestion-path': '' });
  expect(run.summary).toContain('nothing can be suggested');
  expect(sandbox.requests.all.filter(({ service }) => service !== 'github')).toEqual([]);
});
