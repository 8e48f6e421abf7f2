import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/index.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { leaksIn, marker, markedSyncFile, plantMarkers, publicSurfaces, quotedRecord, runMarked, runUnseen, type MarkedCase } from './marked-world.ts';
import { runMain, type MainOptions, type MainResult } from './run-main.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await trustedSandbox({ people: 0, permissions: ['User.Read.All', 'GroupMember.Read.All'] });
  plantMarkers(sandbox);
});

afterEach(async () => {
  await sandbox.close();
});

const again = { 'Retry-After': '0' };
const filtered = markedSyncFile.replace('source: {', 'source: { filter: "department eq \'x\'",');

const leaving = `${markedSyncFile.replace('sync-keys', 'identity: entra_object_id\nsync-keys')}leavers: { missing: suspend, disabled: suspend }\n`;

/** Somebody is deleted, and another record has an id that nobody knows. */
function leave({ tenant, instance }: Sandbox): undefined {
  const [gone] = [...tenant.users.values()].slice(4, 5);
  const [one, other] = [...instance.records.keys()];
  if (gone === undefined || one === undefined || other === undefined) throw new Error('too few people');
  tenant.deleteUser(gone.id);
  instance.updateRecord(one, { entra_object_id: gone.id });
  instance.updateRecord(other, { entra_object_id: '99999999-aaaa-4000-8000-000000000000' });
}

const cases: readonly MarkedCase[] = [
  { name: 'a plan', inputs: { mode: 'plan', 'artifact-name': 'people' }, reason: '', says: /would be created/ },
  { name: 'an apply with refusals that quote the record', inputs: { mode: 'apply', 'artifact-name': 'people', 'max-failures': '99' }, reason: '', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', method: 'POST', times: 2, status: 400, body: quotedRecord }); }, says: /answered 400/ },
  { name: 'an apply that suspends who was deleted', inputs: { mode: 'apply', 'artifact-name': 'people' }, syncFile: leaving, reason: '', arrange: leave, says: /Deleted from the directory.*\n[^]*does not know the Entra id/ },
  { name: 'an apply that stores other values', inputs: { mode: 'apply' }, reason: '', arrange: ({ instance }) => { instance.field('department').stores = (value) => `${String(value)} zqx`; }, says: /keeps another value/ },
  { name: 'an apply that fails throughout', inputs: { mode: 'apply', concurrency: '1' }, reason: 'record-failures', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', method: 'POST', times: Infinity, status: 400, body: JSON.stringify(quotedRecord) }); } },
  { name: 'an apply without the right to', inputs: { mode: 'apply' }, reason: 'permission', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', method: 'POST', times: Infinity, status: 403, body: quotedRecord }); }, says: /refused creating a person: 403/ },
  { name: 'an apply whose token is refused', inputs: { mode: 'apply' }, reason: 'authentication', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', method: 'PATCH', times: Infinity, status: 401, body: quotedRecord }); } },
  { name: 'an apply in bulk', inputs: { mode: 'apply', 'oomnitza-api': 'bulk' }, reason: 'record-failures', arrange: ({ instance }) => { instance.field('mail_nickname').unique = true; instance.addRecord({ username: 'zqxother', mail_nickname: 'zqxnick1' }); } },
  { name: 'users who cannot be read', reason: 'directory-incomplete', arrange: ({ faults }) => { faults.add({ service: 'graph', path: '/v1.0/groups/11111111-2222-3333-4444-555555555555/', times: Infinity, status: 500, headers: again, body: { error: { code: 'zqxCode', ...quotedRecord } } }); }, says: /reading/ },
  { name: 'users who may not be read', reason: 'permission', arrange: ({ faults }) => { faults.add({ service: 'graph', times: Infinity, status: 403, body: { error: { code: 'zqxCode', ...quotedRecord } } }); } },
  { name: 'a filter that Graph refuses', syncFile: filtered, reason: 'invalid-sync-file', arrange: ({ faults }) => { faults.add({ service: 'graph', path: /filter/, times: Infinity, status: 400, body: { error: { code: 'Request_BadRequest', ...quotedRecord } } }); }, says: /refused <code>source.filter/ },
  { name: 'a next page on another host', reason: 'directory-incomplete', arrange: ({ faults }) => { faults.add({ service: 'graph', path: /transitiveMembers/, replace: (body) => Object.assign({}, body, { '@odata.nextLink': 'https://zqxhost.example/zqx' }) }); } },
  { name: 'a sign-in that is refused', reason: 'authentication', arrange: ({ faults }) => { faults.add({ service: 'authority', path: /token/, times: Infinity, status: 400, body: { error: 'invalid_client', error_codes: [7000215], error_description: 'AADSTS7000215: zqxWords about zqxupn1@zqxupn.example. Trace ID: 1' } }); }, says: /AADSTS700021<wbr>5: &#91;hidden&#93;/ },
  { name: 'people of Oomnitza who cannot be read', reason: 'target-unavailable', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', path: '/api/v3/users?', times: Infinity, status: 404, body: quotedRecord }); }, says: /answered 404/ },
  { name: 'an Oomnitza that is elsewhere', reason: 'target-unavailable', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', times: Infinity, status: 302, headers: { Location: 'https://zqxhost.example/zqx' }, body: '' }); }, says: /redirect to another host/ },
  { name: 'one user explained', inputs: { explain: 'ZQXupn5@zqxupn.example' }, reason: '' },
  { name: 'a user explained who is in conflict', inputs: { explain: 'zqxmail8@zqxmail.example' }, reason: '' },
  { name: 'nobody to explain', inputs: { explain: 'zqxnobody@zqxupn.example' }, reason: '' },
  { name: 'several users to explain', inputs: { explain: 'zqxupn2@zqxupn.example,zqxupn3@zqxupn.example' }, reason: 'invalid-input' },
  { name: 'only people who are not there', inputs: { only: 'zqxnobody@zqxupn.example, zqxno2@zqx.example, zqxupn5@zqxupn.example' }, reason: '', says: /names 2 people, and nobody/ },
  { name: 'names that are too long', inputs: { only: `${'zqx'.repeat(150)}@zqx.example` }, reason: 'invalid-input' },
  { name: 'one name to explain that is too long', inputs: { explain: `${'zqx'.repeat(150)}@zqx.example` }, reason: 'invalid-input' },
  { name: 'an issue for the contacts', inputs: { mode: 'apply', contacts: 'ada-it' }, reason: 'permission', arrange: ({ faults, github }) => { github.permissions.add('issues'); faults.add({ service: 'oomnitza', method: 'POST', times: Infinity, status: 403, body: quotedRecord }); } },
  { name: 'a suggestion', inputs: { mode: 'suggest', 'artifact-name': 'people' }, reason: '' },
  { name: 'a run with debug logging', reason: '', environment: { RUNNER_DEBUG: '1' } },
  { name: 'a check', inputs: { mode: 'validate' }, reason: '' },
  { name: 'a check that finds a constant that its drop-down lacks', inputs: { mode: 'validate' }, syncFile: markedSyncFile.replace('employee_type: employeeType', 'employee_type: { value: qxkey }'), reason: 'invalid-sync-file', says: /takes the options of its drop-down and nothing else/ },
  { name: 'a check without the right to', inputs: { mode: 'validate' }, reason: 'permission', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', times: Infinity, status: 403, body: quotedRecord }); } },
];

describe.each(['masked', 'none'])('with `%s` nothing of anybody is seen in', (level) => {
  test.each(cases)('$name', async (given) => {
    const { summary } = await runUnseen(sandbox, given, level);
    expect(summary.includes(`personal data <code>${level}</code>`)).toBe(given.reason !== 'invalid-input');
  });
});

test('every one of these runs tells of people where everything may be told, so that there was something to hide', async () => {
  const silent: string[] = [];
  for (const given of cases.filter((one) => !one.name.startsWith('a check'))) {
    sandbox.faults.clear();
    const result = await runMarked(sandbox, given, { 'personal-data': 'full', 'artifact-name': '' });
    if (leaksIn(sandbox, result).length === 0) silent.push(given.name);
  }
  expect(silent).toEqual(['several users to explain', 'names that are too long', 'one name to explain that is too long', 'a suggestion']);
});

describe('what is shown where', () => {
  const plan = { mode: 'plan', 'artifact-name': 'people' };
  const shown = async (inputs: MainOptions['inputs'], environment: MainOptions['environment'] = {}): Promise<MainResult> =>
    await runMain(sandbox, { syncFile: markedSyncFile, inputs: { ...plan, ...inputs }, environment });
  /** What `auto` came to. */
  const levelOf = ({ summary }: MainResult): string => /personal data <code>(\w+)</.exec(summary)?.[1] ?? 'full';

  test('the files on the runner are full, the artifact is masked, and the log says so', async () => {
    const result = await shown({ 'personal-data': 'masked' });
    expect(result.file('changes.csv')).toContain(`${marker}upn5@`);
    expect(result.file('plan.json')).toContain(`${marker}upn5@`);
    expect(result.file('summary.md').trim()).toBe(result.summary.trim());
    expect(result.log).toContain('changes.csv and plan.json there hold everything, names and values included');
    const surfaces = publicSurfaces(sandbox, result);
    expect(surfaces['artifact changes.csv']).toMatch(/\ncreate,planned,,,person 1,,email=\[hidden\],account_enabled,,\[hidden\],\r\n/);
    expect(surfaces['artifact plan.json']).toContain('"personalData": "masked"');
    expect(surfaces['artifact plan.json']).toContain(`"digest": "${result.outputs['plan-digest'] ?? ''}"`);
    expect(surfaces['artifact changes.csv']?.split('\n').length).toBe(result.file('changes.csv').split('\n').length);
  });

  test('with `none` nothing is uploaded', async () => {
    const result = await shown({ 'personal-data': 'none' });
    expect(sandbox.github.artifacts).toEqual([]);
    expect(result.outputs['artifact-id']).toBe('');
    expect(result.log).toContain('No artifact is uploaded');
    expect(existsSync(join(result.reportDirectory, 'masked'))).toBe(false);
    expect(result.summary).not.toMatch(/People to create|Changes by field|person \d/);
  });

  test('nor a suggested sync file', async () => {
    const result = await shown({ mode: 'suggest', 'personal-data': 'none' });
    expect(sandbox.github.artifacts).toEqual([]);
    expect(result.log).toContain('No artifact is uploaded');
    expect(result.file('suggested-sync-file.yml')).toContain('version: 1');
  });

  test('the plan that a job of a private repository uploads is the one that another job applies', async () => {
    sandbox.github.repository.visibility = 'private';
    const planned = await shown({});
    const plan = publicSurfaces(sandbox, planned)['artifact plan.json'] ?? '';
    const applied = await runMain(sandbox, { syncFile: markedSyncFile, files: { 'reviewed/plan.json': plan }, inputs: { mode: 'apply', 'expected-plan': 'reviewed/plan.json' } });
    expect(applied.outputs).toMatchObject({ 'failure-reason': '', 'plan-digest': planned.outputs['plan-digest'] });
    expect(applied.log).toMatch(/Applied \d+ changes/);
  });

  test.each([
    ['private', 'full'],
    ['internal', 'masked'],
    ['public', 'none'],
  ] as const)('in a repository that is %s, `auto` is `%s`', async (visibility, level) => {
    sandbox.github.repository.visibility = visibility;
    const result = await shown({});
    expect(levelOf(result)).toBe(level);
    expect(result.log.includes(`since this repository is ${visibility}`)).toBe(level !== 'full');
    expect(sandbox.requests.count({ service: 'github', path: '/repos/' })).toBe(0);
  });

  test('in a re-run GitHub is asked, since the event may be of a time when others could see the repository', async () => {
    const environment = { GITHUB_RUN_ATTEMPT: '2', GITHUB_EVENT_PATH: '/dev/null' };
    sandbox.github.repository.visibility = 'internal';
    expect(levelOf(await shown({ 'artifact-name': '' }, environment))).toBe('masked');
    expect(sandbox.requests.count({ service: 'github', path: '/repos/' })).toBe(1);
  });

  test('nothing is told where GitHub cannot be asked either', async () => {
    const result = await shown({ 'github-token': '', 'artifact-name': '' }, { GITHUB_EVENT_PATH: '/dev/null' });
    expect(levelOf(result)).toBe('none');
    expect(leaksIn(sandbox, result)).toEqual([]);
    expect(result.summary).toMatch(/not known who can see this repository .*github-token.* is empty/);
  });
});
