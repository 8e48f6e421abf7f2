import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { addSyncedRecord, type Sandbox } from '../../sandbox/index.ts';
import { SYNC_FILE } from '../e2e/support/proposals.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { leaksIn, marker, markedSyncFile, plantMarkers, publicSurfaces, quotedRecord, runMarked, runUnseen, type MarkedCase } from './marked-world.ts';

const groupId = '11111111-2222-3333-4444-555555555555';
const stranger = '99999999-aaaa-4000-8000-000000000000';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await trustedSandbox({ people: 0, permissions: ['User.Read.All', 'GroupMember.Read.All', 'DeviceManagementManagedDevices.Read.All'] });
  sandbox.github.permissions.add('issues').add('actions').add('pull-requests');
  plantMarkers(sandbox);
  plantLeavers(sandbox);
});

afterEach(async () => {
  jest.useRealTimers();
  await sandbox.close();
});

/** People of whom Oomnitza knows the Entra id: who left in each of the ways there are, who is back, and who is not who they were. */
function plantLeavers({ tenant, instance }: Sandbox): void {
  const group = tenant.groups.get(groupId)?.members;
  for (const way of ['Disabled', 'Deleted', 'Gone', 'Outside', 'Back', 'Other']) {
    const name = `zqx${way.toLowerCase()}@zqxleaver.example`;
    const user = tenant.addUser({ displayName: `zqx ${way}`, givenName: `zqx${way}`, surname: 'zqxLeaver', userPrincipalName: name, mail: name, mailNickname: `zqx${way}`, accountEnabled: way !== 'Disabled' });
    const isBack = way === 'Back';
    addSyncedRecord(instance, user, { entra_object_id: way === 'Other' ? stranger : user.id, department: 'zqxOld Department', suspended: isBack, left_on: isBack ? 1_700_000_000 : null });
    if (way === 'Deleted') tenant.deleteUser(user.id);
    else if (way === 'Gone') tenant.removeUser(user.id);
    else if (way !== 'Outside') group?.add(user.id);
  }
}

/** Managers, devices and locations, for {@link related}. */
function plantRelations({ tenant, instance }: Sandbox): undefined {
  const users = [...tenant.users.keys()];
  for (const [index, id] of users.slice(0, 9).entries()) {
    tenant.setManager(id, users[9] ?? '');
    tenant.addDevice({ userId: id, deviceName: `zqxDevice${index}`, serialNumber: `zqxSerial${index}` });
  }
  instance.locations.push({ location_id: 'zqxLoc', name: 'zqxCity2', address: null });
  for (const name of ['manager', 'laptop', 'office_location']) instance.addField({ name, label: name });
}

const again = { 'Retry-After': '0' };
const graphError = (status: number, code: string): { status: number; headers: typeof again; body: unknown } => ({ status, headers: again, body: { error: { code, message: `zqxWords about zqxgone@zqxleaver.example ${stranger}` } } });
const noLimits = 'limits: { creates: none, updates: none, suspends: none, restores: none, shrink: none }\n';
const leaving = `${markedSyncFile}identity: entra_object_id\nleavers: { disabled: suspend, missing: suspend, returning: restore, marker: left_on }\n${noLimits}`;
const saas = `${markedSyncFile}saas: { application: "12", external-id: mail }\n`;
const changed = leaving.replace('  employee_type: employeeType\n', '').replace('default: Remote', 'default: zq');
const related = `${markedSyncFile}  manager: { source: manager.mail }
  office_location: { source: city, convert: location, default: zq }
  laptop: { expression: 'user.devices[0].deviceName' }
`.replace('source: {', 'source: { kind: intune,');
const told = { contacts: 'ada-it' };
const apply = { mode: 'apply', ...told };

const part = (path: string, status: number, code: string) => ({ graph }: Sandbox): (() => void) => {
  graph.spoilPart = (url) => (url.startsWith(path) ? graphError(status, code) : undefined);
  return () => { graph.spoilPart = () => undefined; };
};
const proposed = (before: string, after: string) => ({ github }: Sandbox): undefined => { github.propose({ [SYNC_FILE]: before }, { [SYNC_FILE]: after }); };
const application = ({ instance }: Sandbox): undefined => { instance.saas.set('12', { users: new Map(), strangers: ['zqx service account'] }); };
/** Calls back once a request of the kind has come. */
const once = (world: Sandbox, method: string, path: RegExp, then: () => void): (() => void) => {
  const stop = world.requests.onArrival(() => {
    const last = world.requests.all.at(-1);
    if (last?.method !== method || !path.test(last.target)) return;
    stop();
    then();
  });
  return stop;
};

const cases: readonly MarkedCase[] = [
  { name: 'leavers of every kind, and somebody who is not who they were', syncFile: leaving, inputs: { 'artifact-name': 'people' }, reason: '', says: /identity&#45;mismatch|identity-mismatch/ },
  { name: 'leavers who are suspended and restored', syncFile: leaving, inputs: { ...apply, 'artifact-name': 'people' }, reason: '', says: /suspended/ },
  { name: 'leavers who cannot be suspended', syncFile: leaving, inputs: apply, reason: 'record-failures', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', method: 'PATCH', times: Infinity, status: 422, body: { errors: [{ field: 'email', value: 'zqxgone@zqxleaver.example', message: 'zqxgone@zqxleaver.example is taken by zqx Other' }] } }); }, says: /The reason of each is in changes\.csv in <code>report-directory/ },
  { name: 'a look-up that is refused', syncFile: leaving, inputs: told, reason: 'permission', arrange: part('/directory/', 403, 'Authorization_RequestDenied'), says: /looking up users/ },
  { name: 'a look-up that fails', syncFile: leaving, inputs: apply, reason: 'directory-incomplete', arrange: part('/users/', 400, 'Request_BadRequest'), says: /looking up users/ },
  { name: 'a look-up that does not say that there is nobody', syncFile: leaving, inputs: apply, reason: 'directory-incomplete', arrange: part('/users/', 404, 'zqxCode') },
  { name: 'a look-up that fails as a whole', syncFile: leaving, inputs: apply, reason: 'directory-incomplete', arrange: ({ faults }) => { faults.add({ service: 'graph', path: '/v1.0/$batch', times: Infinity, ...graphError(400, 'zqxCode') }); } },
  { name: 'SaaS users who cannot be read', syncFile: saas, inputs: apply, reason: 'target-unavailable', arrange: (world) => { application(world); world.faults.add({ service: 'oomnitza', path: /saas/, times: Infinity, status: 409, body: quotedRecord }); } },
  { name: 'SaaS users in a form that is not known', syncFile: saas, inputs: apply, reason: 'target-unavailable', arrange: (world) => { application(world); world.faults.add({ service: 'oomnitza', path: /saas/, times: Infinity, status: 200, body: [{ name: 'zqx service account' }] }); } },
  { name: 'SaaS users who cannot be assigned', syncFile: saas, inputs: { ...apply, 'artifact-name': 'people' }, reason: 'record-failures', arrange: (world) => { application(world); world.faults.add({ service: 'oomnitza', method: 'POST', path: /saas\/12\/users$/, times: 2, status: 400, body: quotedRecord }); world.faults.add({ service: 'oomnitza', method: 'POST', path: /saas\/12\/users$/, times: Infinity, status: 200, body: [{ error: 'zqxbody@zqx.example has no licence' }] }); }, says: /could not be assigned/ },
  { name: 'SaaS users whose name there cannot be stored', syncFile: saas, inputs: apply, reason: 'record-failures', arrange: (world) => { application(world); world.faults.add({ service: 'oomnitza', method: 'POST', path: /saas\/12\/users\/./, times: Infinity, status: 400, body: quotedRecord }); } },
  { name: 'refusals in every form that is known of', inputs: apply, reason: 'record-failures', arrange: ({ faults }) => {
    const bodies = ['zqxbody@zqx.example', ['zqxone', 'zqxtwo'], { error: { message: 'zqxbody@zqx.example' } }, { zqxfield: 'zqxvalue' }, { detail: { email: ['zqxbody@zqx.example'] } }];
    for (const body of bodies) faults.add({ service: 'oomnitza', method: 'POST', status: 409, body: JSON.stringify(body) });
    faults.add({ service: 'oomnitza', method: 'PATCH', times: Infinity, status: 422, body: quotedRecord });
  } },
  { name: 'answers that are cut off', inputs: apply, reason: '', arrange: ({ faults }) => { for (const method of ['POST', 'PATCH']) faults.add({ service: 'oomnitza', method, times: Infinity, truncate: 'json' }); } },
  { name: 'people with managers, devices and locations, some of which there are not', inputs: { 'artifact-name': 'people' }, syncFile: related, reason: '', arrange: plantRelations },
  { name: 'devices that cannot be read', inputs: told, syncFile: related, reason: 'permission', arrange: (world) => { plantRelations(world); world.faults.add({ service: 'graph', path: /managedDevices/, times: Infinity, ...graphError(400, 'zqxCode') }); } },
  { name: 'locations that cannot be read', inputs: told, syncFile: related, reason: 'target-unavailable', arrange: (world) => { plantRelations(world); world.faults.add({ service: 'oomnitza', path: /locations/, times: Infinity, status: 409, body: quotedRecord }); } },
  { name: 'somebody with a manager and a device explained', inputs: { explain: 'zqxupn5@zqxupn.example' }, syncFile: related, reason: '', arrange: plantRelations },
  { name: 'a user without an id', inputs: told, reason: 'directory-incomplete', arrange: ({ faults }) => { faults.add({ service: 'graph', path: /transitiveMembers/, times: Infinity, replace: (body) => Object.assign({}, body, { value: [{ userPrincipalName: 'zqxbody@zqx.example' }] }) }); } },
  { name: 'a record of an odd form', inputs: told, reason: 'target-unavailable', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', path: '/api/v3/users?', times: Infinity, status: 200, body: [{ email: 'zqxbody@zqx.example' }, 'zqxtext'] }); } },
  { name: 'fields that the instance does not tell', inputs: told, reason: 'target-unavailable', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', path: '/api/v3/users/meta', times: Infinity, status: 409, body: quotedRecord }); } },
  { name: 'a password that Oomnitza refuses', inputs: { ...told, 'oomnitza-api-token': '', 'oomnitza-username': 'zqxservice', 'oomnitza-password': 'not-a-real-one' }, reason: 'authentication', arrange: ({ faults }) => { faults.add({ service: 'oomnitza', path: '/api/request_token', times: Infinity, status: 401, body: quotedRecord }); } },
  { name: 'a plan that exceeds its limits', inputs: told, syncFile: `${markedSyncFile}limits: { creates: 1, updates: 1 }\n`, reason: 'limits-exceeded', says: /people to create/ },
  { name: 'a plan that exceeds its limits all the same', inputs: { ...apply, 'override-limits': 'true' }, syncFile: `${markedSyncFile}limits: { creates: 1, updates: 1 }\n`, reason: '', says: /LIMITS OVERRIDDEN/ },
  { name: 'fewer users than there should be', inputs: told, syncFile: markedSyncFile.replace('source: {', 'source: { min-users: 99,'), reason: 'directory-incomplete' },
  { name: 'an expected plan that is none', inputs: { ...apply, 'expected-plan': 'plan.json' }, files: { 'plan.json': 'zqxupn1@zqxupn.example' }, reason: 'invalid-input', says: /it is no JSON/ },
  { name: 'an expected plan that somebody edited', inputs: { ...apply, 'expected-plan': 'plan.json' }, files: { 'plan.json': JSON.stringify({ version: 1, digest: '0'.repeat(64), changes: [{ zqxupn1: 'zqxupn1@zqxupn.example' }] }) }, reason: 'invalid-input' },
  { name: 'a run that is cancelled while it reads', inputs: told, reason: 'cancelled', arrange: (world) => once(world, 'GET', /transitiveMembers/, () => { process.emit('SIGTERM'); }) },
  { name: 'a run that is cancelled while it writes', inputs: { ...apply, concurrency: '1' }, reason: 'cancelled', arrange: (world) => once(world, 'POST', /\/api\/v3\/users/, () => { process.emit('SIGTERM'); }), says: /not attempted/ },
  { name: 'a run that takes too long', inputs: { ...told, 'timeout-minutes': '1' }, reason: 'timeout', arrange: (world) => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    world.faults.add({ service: 'graph', path: /transitiveMembers/, hang: true, times: Infinity });
    const stop = once(world, 'GET', /transitiveMembers/, () => { jest.advanceTimersByTime(60_000 + 4_500); });
    return () => { stop(); jest.useRealTimers(); };
  } },
  { name: 'a pull request', event: 'pull_request', inputs: { 'artifact-name': 'people', comment: 'always' }, syncFile: changed, reason: '', arrange: proposed(leaving, changed), says: /Caused by it/ },
  { name: 'a pull request whose base cannot be planned', event: 'pull_request', inputs: { comment: 'always' }, reason: '', arrange: (world) => { proposed(leaving.replace('source: {', 'source: { filter: "department eq \'x\'",'), markedSyncFile)(world); world.faults.add({ service: 'graph', path: /filter/, times: Infinity, status: 400, body: { error: { code: 'Request_BadRequest', ...quotedRecord } } }); }, says: /cannot be planned/ },
  { name: 'a pull request that exceeds limits', event: 'pull_request', inputs: { comment: 'always' }, syncFile: changed.replace('updates: none', 'updates: 1'), reason: 'limits-exceeded', arrange: proposed(leaving, changed.replace('updates: none', 'updates: 1')) },
  { name: 'a pull request for which a look-up fails', event: 'pull_request', inputs: { comment: 'always' }, syncFile: changed, reason: 'directory-incomplete', arrange: (world) => { proposed(leaving, changed)(world); return part('/users/', 400, 'Request_BadRequest')(world); } },
  { name: 'a pull request without the right to read', event: 'pull_request', inputs: { comment: 'always' }, syncFile: changed, reason: 'permission', arrange: (world) => { proposed(leaving, changed)(world); world.faults.add({ service: 'oomnitza', path: '/api/v3/users', times: Infinity, status: 403, body: quotedRecord }); } },
  { name: 'a merge queue', event: 'merge_group', syncFile: changed, reason: '', arrange: proposed(leaving, changed) },
  { name: 'one user explained on a pull request', event: 'pull_request', inputs: { explain: 'zqxother@zqxleaver.example', comment: 'always' }, syncFile: leaving, reason: '' },
];

/** Those that come to nobody, whatever may be told. */
const quiet = new Set(['a user without an id', 'a record of an odd form', 'SaaS users in a form that is not known', 'an expected plan that is none', 'an expected plan that somebody edited', 'a run that is cancelled while it reads', 'a run that takes too long']);

describe.each(['masked', 'none'])('with `%s` nothing of anybody is seen in', (level) => {
  test.each(cases)('$name', async (given) => {
    await runUnseen(sandbox, given, level);
  });
});

describe('with `full`, which has something to tell, comments and issues name nobody all the same:', () => {
  test.each(cases)('$name', async (given) => {
    const result = await runMarked(sandbox, given, { 'personal-data': 'full', 'artifact-name': '' });
    const { comments, issues } = publicSurfaces(sandbox, result);
    expect(`${comments}${issues}`.toLowerCase()).not.toContain(marker);
    expect(leaksIn(sandbox, result).length > 0).toBe(!quiet.has(given.name));
  });
});

test.each(['full', 'masked', 'none'])('with `%s` the issue that the contacts follow from one failure to the next names nobody', async (level) => {
  const { faults, github } = sandbox;
  const base = { inputs: { ...told, 'personal-data': level }, syncFile: leaving, reason: '' };
  const stop = part('/users/', 400, 'Request_BadRequest')(sandbox);
  await runMarked(sandbox, { ...base, name: 'a look-up that fails' }, {});
  stop();
  const lift = faults.add({ service: 'oomnitza', path: '/api/v3/users?', times: Infinity, status: 404, body: quotedRecord });
  await runMarked(sandbox, { ...base, name: 'people who cannot be read' }, {});
  lift();
  const result = await runMarked(sandbox, { ...base, name: 'a good run' }, {});
  expect(github.tracker.issues).toMatchObject([{ state: 'closed', comments: [expect.stringContaining('another reason'), expect.any(String)] }]);
  expect(publicSurfaces(sandbox, result)['issues']?.toLowerCase()).not.toContain(marker);
});

test.each(['masked', 'none'])('with `%s` what differs from an expected plan is told of nobody', async (level) => {
  const given = { name: 'an expected plan', reason: '', syncFile: leaving };
  const reviewed = (await runMarked(sandbox, given, { 'personal-data': 'full' })).file('plan.json');
  const { tenant, instance } = sandbox;
  tenant.updateUser('zqxupn1@zqxupn.example', { department: 'zqx Other' });
  tenant.updateUser('zqxupn2@zqxupn.example', { mail: 'zqxnew@zqxmail.example' });
  for (const record of instance.records.values()) if (record.username.startsWith('zqxold')) instance.updateRecord(record.user_id, { department: 'zqxNewer' });
  const result = await runMarked(sandbox, { ...given, files: { 'plan.json': reviewed } }, { ...apply, 'expected-plan': 'plan.json', 'personal-data': level, 'artifact-name': 'people' });
  expect(leaksIn(sandbox, result)).toEqual([]);
  expect(result.outputs['failure-reason']).toBe('plan-changed');
  expect(result.summary).toMatch(/Planned with other values/);
  const shown = await runMarked(sandbox, { ...given, files: { 'plan.json': reviewed } }, { 'expected-plan': 'plan.json', 'personal-data': 'full' });
  expect(shown.log).toContain('zqx Other');
});
