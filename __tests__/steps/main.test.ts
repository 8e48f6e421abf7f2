import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CREDENTIALS, type Sandbox } from '../../sandbox/index.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain } from './run-main.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await trustedSandbox({ people: 16, oomnitzaCoverage: 0.5, difference: 0.5 });
});

afterEach(async () => {
  await sandbox.close();
});

describe('plan and apply', () => {
  test('a plan counts what an apply then writes, and another plan finds nothing', async () => {
    const planned = await runMain(sandbox, { inputs: { mode: 'plan' } });
    expect(planned.outputs).toMatchObject({ mode: 'plan', 'has-changes': 'true', 'directory-count': '16', 'fail-count': '0', 'failure-reason': '' });
    expect(sandbox.requests.writes()).toEqual([]);

    const applied = await runMain(sandbox, { inputs: { mode: 'apply' } });
    expect(applied.outputs['plan-digest']).toBe(planned.outputs['plan-digest']);
    expect(sandbox.requests.writes()).toHaveLength(Number(applied.outputs['create-count']) + Number(applied.outputs['update-count']));
    expect(applied.file('changes.csv')).not.toMatch(/,planned,(?!.*skip)/);
    expect(applied.exitCode).toBeUndefined();

    const again = await runMain(sandbox, { inputs: { mode: 'plan' } });
    expect(again.outputs).toMatchObject({ 'has-changes': 'false', 'create-count': '0', 'update-count': '0' });
  });

  test('a switched-off sync asks nobody and succeeds with empty files', async () => {
    const result = await runMain(sandbox, { inputs: { mode: 'apply' }, syncFile: 'version: 1\nenabled: false\nsync-keys: [email]\n' });
    expect(sandbox.requests.length).toBe(0);
    expect(result.outputs).toMatchObject({ 'has-changes': 'false', 'directory-count': '0', 'failure-reason': '' });
    expect(result.file('changes.csv').trim().split('\r\n')).toHaveLength(1);
  });

  test('fields that the preset has and the instance lacks are left out, with a notice', async () => {
    sandbox.instance.removeField('mail_nickname');
    const result = await runMain(sandbox, { inputs: { mode: 'apply' } });
    expect(result.summary).toMatch(/no such field.*mail&#95;nickname/);
    expect(result.outputs['failure-reason']).toBe('');
    expect(JSON.stringify(sandbox.requests.writes().map(({ content }) => content))).not.toContain('mail_nickname');
  });

  test('without metadata the fields are those of the people read', async () => {
    sandbox.instance.behaviour.metadata = false;
    sandbox.instance.removeField('mail_nickname');
    const result = await runMain(sandbox, { inputs: { mode: 'apply' } });
    expect(result.outputs['failure-reason']).toBe('');
    expect(result.summary).toMatch(/does not tell which fields/);
    expect(JSON.stringify(sandbox.requests.writes().map(({ content }) => content))).not.toContain('mail_nickname');
  });

  test('a field of the user’s own that the instance lacks is a problem before any person is read', async () => {
    const result = await runMain(sandbox, { syncFile: 'version: 1\nsync-keys: [email]\nfields:\n  cost_centre: department\n' });
    expect(result.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(result.log).toMatch(/::error .*line=4.*cost_centre.*cost_center/);
    expect(sandbox.requests.count({ service: 'oomnitza', path: '/api/v3/users?' })).toBe(0);
  });

  test('an instance that shows nobody is remarked on', async () => {
    for (const id of [...sandbox.instance.records.keys()]) sandbox.instance.removeRecord(id);
    const result = await runMain(sandbox, { inputs: { mode: 'plan' } });
    expect(result.summary).toMatch(/shows no person at all/);
  });

  test('fewer users than expected end the run before it plans', async () => {
    const result = await runMain(sandbox, { inputs: { mode: 'apply' }, syncFile: 'version: 1\nsync-keys: [email]\nsource: { min-users: 21 }\n' });
    expect(result.outputs).toMatchObject({ 'failure-reason': 'directory-incomplete', 'create-count': '' });
    expect(result.exitCode).toBe(1);
    expect(sandbox.requests.writes()).toEqual([]);
  });

  test('a directory that loses its place is read again from the start', async () => {
    const lost = `${sandbox.urls.graph}/v1.0/users?$skiptoken=lost`;
    sandbox.faults.add({ service: 'graph', replace: (body) => Object.assign({}, body, { '@odata.nextLink': lost }) });
    sandbox.faults.add({ service: 'graph', path: /skiptoken=lost/, status: 400, body: { error: { code: 'Directory_ExpiredPageToken', message: 'expired' } } });
    const result = await runMain(sandbox, { inputs: { mode: 'plan' } });
    expect(result.outputs).toMatchObject({ 'directory-count': '16', 'failure-reason': '' });
    expect(result.log).toMatch(/lost its place/);
  });
});

describe('one user explained', () => {
  const syncFile = (group: string): string => `version: 1
source:
  kind: intune
  filter: accountEnabled eq true and department ne 'IT' and startswith(displayName,'A')
  groups: [${group}]
scope: user.city != null && "${group}" in user.groups
sync-keys: [email]
fields: { laptop: 'devices[0].deviceName' }
`;
  const alone = (clause: string) => ({ service: 'graph' as const, match: ({ query }: { readonly query: URLSearchParams }) => query.get('$filter')?.endsWith(` and (${clause})`) === true });

  test('is told which narrowing and which clause keeps the user out, each as Graph knows it', async () => {
    const { tenant, instance, faults } = sandbox;
    for (const role of ['GroupMember.Read.All', 'DeviceManagementManagedDevices.Read.All']) tenant.apps.get(CREDENTIALS.clientId)?.appRoles.add(role);
    const { id } = tenant.addUser({ displayName: 'Ada Byron', userPrincipalName: 'ada@contoso.com', department: 'IT', city: null });
    tenant.addDevice({ userId: id, deviceName: 'ADA-1' });
    const group = tenant.addGroup({ displayName: 'Staff', members: [id] }).id;
    instance.addField({ name: 'laptop', label: 'Laptop' });
    for (const name of ['microsoft_intune_user_id', 'office_location']) instance.addField({ name, label: name });
    const options = { inputs: { mode: 'plan', explain: 'ada@contoso.com' }, syncFile: syncFile(group) };
    faults.add({ ...alone("startswith(displayName,'A')"), status: 400, body: { error: { code: 'Request_UnsupportedQuery', message: 'Not alone.' } }, times: 2 });
    const { log, outputs } = await runMain(sandbox, options);
    expect(outputs).toMatchObject({ 'directory-count': '0', 'failure-reason': '' });
    for (const told of [
      '`accountEnabled eq true` | matches',
      "`department ne 'IT'` | does not match",
      "`startswith(displayName,'A')` | cannot be told alone: Microsoft Graph refused `source.filter`: Not alone.",
      `\`source.groups\`: \`Staff\` (\`${group}\`) | is a member`,
      '`source.kind: intune` | has 1 managed device',
      '`scope`, line 6: `user.city != null` | does not hold',
      `\`scope\`, line 6: \`"${group}" in user.groups\` | holds`,
      '`devices[0].deviceName` → "ADA-1"',
    ]) expect(log).toContain(told);
    faults.add({ ...alone("department ne 'IT'"), status: 404 });
    expect((await runMain(sandbox, options)).outputs['failure-reason']).toBe('directory-incomplete');
  });
});

describe('writing', () => {
  test('what the instance refuses fails the run and is told with its words, and the rest is written', async () => {
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', status: 400, body: '{"errors":["office is closed"]}' });
    const result = await runMain(sandbox, { inputs: { mode: 'apply' } });
    expect(result.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'fail-count': '1' });
    expect(result.file('changes.csv')).toMatch(/create,failed,.*office is closed/);
    const again = await runMain(sandbox, { inputs: { mode: 'plan' } });
    expect(again.outputs['create-count']).toBe('1');
  });

  test('a secret that the instance quotes is in no report', async () => {
    const token = sandbox.inputs()['oomnitza-api-token'] ?? '';
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', status: 400, times: Infinity, body: { errors: [`denied for Authorization2: ${token}`] } });
    const result = await runMain(sandbox, { inputs: { mode: 'apply' } });
    expect(result.outputs['failure-reason']).toBe('record-failures');
    for (const file of ['changes.csv', 'plan.json', 'summary.md']) {
      expect(result.file(file)).toContain('denied for');
      expect(result.file(file).replaceAll('<wbr>', '')).not.toContain(token);
    }
    expect(result.log.replaceAll(`::add-mask::${token}`, '')).not.toContain(token);
  });

  test('a unique field is given up by one person before another takes it', async () => {
    sandbox.instance.addField({ name: 'badge', unique: true });
    const [ann, bob] = sandbox.tenant.users.values().take(2).toArray();
    sandbox.tenant.updateUser(ann?.id ?? '', { employeeId: 'B2' });
    sandbox.tenant.updateUser(bob?.id ?? '', { employeeId: 'B3' });
    sandbox.syncAll();
    for (const [user, badge] of [[ann, 'B1'], [bob, 'B2']] as const) {
      const record = sandbox.instance.find(({ email }) => email === user?.mail);
      sandbox.instance.updateRecord(record?.user_id ?? '', { badge });
    }
    const result = await runMain(sandbox, { inputs: { mode: 'apply' }, syncFile: 'version: 1\nsync-keys: [email]\nfields: { badge: employeeId }\nlimits: { updates: none, creates: none }\n' });
    expect(result.outputs).toMatchObject({ 'failure-reason': '', 'fail-count': '0' });
  });

  test('as many failures as allowed do not fail the run', async () => {
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', status: 400, times: 2 });
    const allowed = await runMain(sandbox, { inputs: { mode: 'apply', 'max-failures': '2' } });
    expect(allowed.outputs).toMatchObject({ 'failure-reason': '', 'fail-count': '2' });
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', status: 400, times: 2 });
    const refused = await runMain(sandbox, { inputs: { mode: 'apply', 'max-failures': '1' } });
    expect(refused.outputs).toMatchObject({ 'failure-reason': 'record-failures' });
    expect(refused.summary).toMatch(/2 of 2 changes could not be written, more than the 1 that/);
  });

  test('a token that is refused in the middle leaves the rest alone', async () => {
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', after: 2, times: Infinity, status: 401 });
    const result = await runMain(sandbox, { inputs: { mode: 'apply', concurrency: '1' } });
    expect(result.outputs['failure-reason']).toBe('authentication');
    expect(result.file('changes.csv')).toMatch(/create,not-attempted/);
    expect(result.file('changes.csv')).toMatch(/create,applied/);
  });

  test('a run that is cancelled begins nothing new and reports what was done', async () => {
    sandbox.setLatency(5);
    const stop = sandbox.requests.onArrival(() => {
      if (sandbox.requests.writes().length !== 3) return;
      process.emit('SIGINT');
      process.emit('SIGTERM');
    });
    const result = await runMain(sandbox, { inputs: { mode: 'apply', concurrency: '1' } });
    stop();
    expect(result.outputs['failure-reason']).toBe('cancelled');
    expect(sandbox.requests.writes()).toHaveLength(3);
    expect(result.file('changes.csv').match(/^create,applied/gm)?.length).toBeGreaterThan(0);
    expect(result.file('changes.csv')).toMatch(/,not-attempted,/);
    // The files of a large plan take long, and GitHub kills a cancelled run: what tells of it comes before them.
    const [told = 0n, csv = 0n] = ['summary.md', 'changes.csv'].map((name) => statSync(join(result.reportDirectory, name), { bigint: true }).mtimeNs);
    expect(told).toBeLessThanOrEqual(csv);
    expect(result.outputs).toMatchObject({ 'csv-path': join(result.reportDirectory, 'changes.csv'), 'plan-path': join(result.reportDirectory, 'plan.json') });
  });

  test('a run that is told to end when all is done says so, and succeeds', async () => {
    sandbox.github.permissions.add('issues');
    sandbox.faults.add({ service: 'github', path: /CreateArtifact/, match: () => !process.emit('SIGINT') });
    const result = await runMain(sandbox, { inputs: { mode: 'plan', 'artifact-name': 'late' } });
    expect(result.outputs['failure-reason']).toBe('');
    expect(result.log).toContain('All that this run was to do was done before it was to end.');
  });
});

describe('validate', () => {
  test('offline it checks the sync file and says what it did not ask', async () => {
    const none = { 'tenant-id': '', 'client-id': '', 'client-secret': '', 'oomnitza-url': '', 'oomnitza-api-token': '' };
    const result = await runMain(sandbox, { inputs: { mode: 'validate', ...none } });
    expect(sandbox.requests.length).toBe(0);
    expect(result.outputs).toMatchObject({ mode: 'validate', 'failure-reason': '', 'csv-path': '' });
    expect(result.summary).toMatch(/Microsoft was not asked/);
    expect(result.summary).toMatch(/Oomnitza was not asked/);
  });

  test('with credentials it asks both sides and reads nobody', async () => {
    sandbox.instance.removeField('mail_nickname');
    const result = await runMain(sandbox, { inputs: { mode: 'validate' } });
    expect(result.summary).toMatch(/User.Read.All/);
    expect(result.summary).toMatch(/Left out of the preset.*no such field: mail&#95;nickname/);
    expect(sandbox.requests.count({ path: '/v1.0/users' }) + sandbox.requests.count({ path: '/api/v3/users?' })).toBe(0);
  });

  test('an application that may not read users is told what it lacks', async () => {
    for (const app of sandbox.tenant.apps.values()) app.appRoles.clear();
    const none = await runMain(sandbox, { inputs: { mode: 'validate' } });
    expect(none.outputs['failure-reason']).toBe('permission');
    expect(none.log).toMatch(/no application permission at all/);
    for (const app of sandbox.tenant.apps.values()) app.appRoles.add('Group.Read.All');
    const other = await runMain(sandbox, { inputs: { mode: 'validate' } });
    expect(other.log).toMatch(/only Group.Read.All/);
  });

  test('an instance without metadata is no failure', async () => {
    sandbox.instance.behaviour.metadata = false;
    const result = await runMain(sandbox, { inputs: { mode: 'validate' } });
    expect(result.outputs['failure-reason']).toBe('');
    expect(result.summary).toMatch(/sync file was not checked against them/);
  });
});

describe('reports', () => {
  test('the artifact holds both files, and its address is told', async () => {
    const result = await runMain(sandbox, { inputs: { mode: 'plan', 'artifact-name': 'people' } });
    expect(sandbox.github.artifacts.map(({ name }) => name)).toEqual(['people-oomnitza-user-sync-1']);
    expect(result.outputs['artifact-url']).toMatch(/\/actions\/runs\/\d+\/artifacts\/\d+$/);
  });

  test('an artifact that cannot be uploaded is a warning', async () => {
    const result = await runMain(sandbox, { inputs: { mode: 'plan', 'artifact-name': 'people' }, environment: { ACTIONS_RUNTIME_TOKEN: 'nonsense' } });
    expect(result.log).toMatch(/::warning::The artifact was not uploaded/);
    expect(result.outputs).toMatchObject({ 'failure-reason': '', 'artifact-url': '' });
  });

  test('a folder that cannot be written to ends the run before anything is asked', async () => {
    const result = await runMain(sandbox, { inputs: { mode: 'apply', 'report-directory': '/dev/null/x' } });
    expect(result.outputs).toMatchObject({ 'failure-reason': 'invalid-input', 'create-count': '' });
    expect(result.log).toMatch(/::error::The report cannot be written to `report-directory`/);
    expect(result.log).not.toMatch(/::warning::/);
    expect(sandbox.requests.length).toBe(0);
  });

  test('a report that cannot be written in the end fails a run that was good, and never hides another failure', async () => {
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', status: 400 });
    const stop = sandbox.requests.onArrival(() => {
      if (sandbox.requests.writes().length === 1) for (const folder of blocked) mkdirSync(folder, { recursive: true });
    });
    const directory = join(sandbox.directory, 'report');
    const blocked = [join(directory, 'changes.csv'), join(directory, 'summary.md')];
    const bad = await runMain(sandbox, { inputs: { mode: 'apply', 'report-directory': directory } });
    stop();
    expect(bad.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'csv-path': '', 'summary-path': '' });
    expect(bad.log).toMatch(/::warning::The report cannot be written/);
    const good = await runMain(sandbox, { inputs: { mode: 'plan', 'report-directory': directory } });
    expect(good.outputs).toMatchObject({ 'failure-reason': 'invalid-input', 'create-count': '1' });
    const valid = await runMain(sandbox, { inputs: { mode: 'validate', 'report-directory': directory } });
    expect(valid.outputs['failure-reason']).toBe('invalid-input');
    expect(valid.log).toMatch(/::error::The report cannot be written/);
  });

  test('wrong inputs are told before anything is asked', async () => {
    const result = await runMain(sandbox, { inputs: { mode: 'destroy', 'tenant-id': '', concurrency: '99' } });
    expect(result.outputs).toMatchObject({ mode: '', 'failure-reason': 'invalid-input' });
    for (const name of ['mode', 'tenant-id', 'concurrency']) expect(result.summary).toContain(`<code>${name}</code>`);
    expect(sandbox.requests.length).toBe(0);
  });

  test('auto says why it does what it does', async () => {
    sandbox.github.commit('main', { '.github/oomnitza-user-sync.yml': 'version: 1\nsync-keys: [username]\n' });
    const result = await runMain(sandbox, { event: 'schedule' });
    expect(result.outputs['mode']).toBe('plan');
    expect(result.log).toMatch(/::warning::Mode plan: the branch main has another/);
    const push = await runMain(sandbox, { event: 'pull_request' });
    expect(push.log).toMatch(/Mode plan: the event pull_request only plans/);
  });

  test('auto applies a sync file that begins with a byte order mark', async () => {
    const marked = '\uFEFFversion: 1\nsync-keys: [email]\n';
    sandbox.github.commit('main', { '.github/oomnitza-user-sync.yml': marked });
    expect((await runMain(sandbox, { event: 'schedule', syncFile: marked })).outputs).toMatchObject({ mode: 'apply', 'failure-reason': '' });
  });
});

describe('leavers and limits', () => {
  const identity = 'version: 1\nidentity: entra_object_id\nsync-keys: [email]\nleavers: { missing: suspend, disabled: ignore }\nlimits: { suspends: 1 }\n';

  test('who is missing is looked up by id, deleted or out of scope', async () => {
    const linked = await runMain(sandbox, { inputs: { mode: 'apply' }, syncFile: identity });
    expect(linked.outputs).toMatchObject({ 'failure-reason': '' });
    const [deleted, filtered] = [...sandbox.tenant.users.values()].filter(({ id, accountEnabled }) => accountEnabled && sandbox.instance.find((record) => record['entra_object_id'] === id) !== undefined);
    sandbox.tenant.deleteUser(deleted?.id ?? '');
    const left = await runMain(sandbox, { inputs: { mode: 'apply' }, syncFile: `${identity}source: { filter: "userPrincipalName ne '${filtered?.userPrincipalName ?? ''}'" }\n` });
    expect(left.outputs).toMatchObject({ 'suspend-count': '1', 'leaver-count': '1', 'failure-reason': '' });
    expect(left.summary).toContain('Users who were not read and are still in the directory: 1.');
  });

  test('a plan beyond a limit fails and writes nothing, unless that is overridden', async () => {
    const syncFile = 'version: 1\nsync-keys: [email]\nlimits: { creates: 1 }\n';
    const refused = await runMain(sandbox, { inputs: { mode: 'apply' }, syncFile });
    expect(refused.outputs).toMatchObject({ 'failure-reason': 'limits-exceeded', 'has-changes': 'true' });
    expect(refused.log).toContain('`limits.creates` in line 3 of the sync file');
    expect(sandbox.requests.writes()).toEqual([]);
    const overridden = await runMain(sandbox, { inputs: { mode: 'apply', 'override-limits': 'true' }, syncFile });
    expect(overridden.outputs['failure-reason']).toBe('');
    expect(overridden.log).toContain('LIMITS OVERRIDDEN');
  });

  test('a limit by default says so, and validation warns of a filter that hides leavers', async () => {
    for (let number = 0; number < 12; number++) sandbox.instance.addRecord({ email: `p${number}@else.example`, entra_object_id: `0000${String(number).padStart(4, '0')}-aaaa-4000-8000-000000000000` });
    const shrunk = await runMain(sandbox, { inputs: { mode: 'plan' }, syncFile: identity });
    expect(shrunk.log).toContain('which has the default 50%');
    const warned = await runMain(sandbox, { inputs: { mode: 'validate' }, syncFile: 'version: 1\nsync-keys: [email]\nsource: { filter: accountEnabled eq true }\n' });
    expect(warned.log).toContain('leaves out disabled users');
    expect(warned.summary).toContain('leaves out disabled users');
  });
});
