import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isRecord } from '../../sandbox/http/exchange.ts';
import { CREDENTIALS, type DirectoryGroup, type DirectoryUser, type Fault, type Sandbox } from '../../sandbox/index.ts';
import type { DirectoryQuery } from '../../src/directory/index.ts';
import { inFull } from '../support/in-full.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { readSandbox, type Read } from './read-sandbox.ts';

const all = ['User.Read.All', 'GroupMember.Read.All', 'DeviceManagementManagedDevices.Read.All', 'AuditLog.Read.All', 'CustomSecAttributeAssignment.Read.All'];
const people = 1200;
const NOW = { 'Retry-After': '0' };
const nextPages = /skiptoken/;

let sandbox: Sandbox;
let users: readonly DirectoryUser[];
/** Holds `inner`, which holds it; and the first ten users. */
let outer: DirectoryGroup;
/** Holds users 8 to 14. */
let inner: DirectoryGroup;
/** Holds all users. */
let everyone: DirectoryGroup;

beforeAll(async () => {
  sandbox = await trustedSandbox({ people });
  const { tenant } = sandbox;
  users = [...tenant.users.values()];
  inner = tenant.addGroup({ displayName: 'Inner', members: ids(8, 15) });
  outer = tenant.addGroup({ displayName: 'Outer', members: [...ids(0, 10), inner.id] });
  inner.members.add(outer.id);
  everyone = tenant.addGroup({ displayName: 'Everyone', members: ids(0, people) });
  for (const { id } of users.slice(1)) tenant.setManager(id, ids(0, 1).join(''));
});
beforeEach(() => {
  const roles = sandbox.tenant.apps.get(CREDENTIALS.clientId)?.appRoles;
  for (const role of all) roles?.add(role);
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.requests.clear();
  sandbox.tenant.devices.length = 0;
  Object.assign(sandbox.tenant, { premium: true, intune: true });
  Object.assign(sandbox.graph, { emptyPageEvery: 0, tokenLifetimeMs: Infinity, devicesPerPage: 1000, signInsPerMinute: Infinity });
});
afterAll(async () => {
  await sandbox.close();
});

const ids = (from: number, to: number): string[] => users.slice(from, to).map(({ id }) => id);
const read = (query: Partial<DirectoryQuery>, signal?: AbortSignal): Promise<Read> => readSandbox(sandbox, query, signal);
const idsOf = ({ users: given }: Read): string[] => given.map(({ id }) => id).toSorted();
const asked = (...names: readonly string[]): DirectoryQuery['properties'] => names.map((name, index) => ({ name, position: { line: index + 10, column: 3 } }));
const inGroups = (...groups: readonly { readonly id: string }[]): DirectoryQuery['groups'] => groups.map(({ id }, index) => ({ id, position: { line: index + 5, column: 7 } }));
const without = (role: string): void => void sandbox.tenant.apps.get(CREDENTIALS.clientId)?.appRoles.delete(role);
const filter = (text: string): NonNullable<DirectoryQuery['filter']> => ({ text, position: { line: 4, column: 11 } });
/** A page with other users on it. */
const changed = (page: unknown, change: (users: readonly unknown[]) => readonly unknown[]): unknown => (isRecord(page) && Array.isArray(page['value']) ? { ...page, value: change(page['value']) } : page);
const twice = (page: unknown): unknown => changed(page, (value) => [...value, ...value]);
const whole = { properties: asked('manager.mail'), groups: [] };

describe('the members of groups', () => {
  test('are those of nested groups too, each once, whichever groups they are in', async () => {
    const some = await read({ groups: inGroups(inner, outer) });
    expect(idsOf(some)).toEqual(ids(0, 15).toSorted());
    expect(inFull(some.notices)).toEqual([
      `Group “Inner” (${inner.id}): 15 users, members of nested groups included.`,
      `Group “Outer” (${outer.id}): 15 users, members of nested groups included.`,
    ]);
  });

  test('are read page by page in the advanced mode, header on every page', async () => {
    expect(idsOf(await read({ groups: inGroups(everyone) }))).toEqual(ids(0, people).toSorted());
    const pages = sandbox.requests.filter({ path: /transitiveMembers/ });
    expect(pages.map(({ headers, query }) => [headers['consistencylevel'], query['$count']])).toEqual([['eventual', 'true'], ['eventual', 'true']]);
  });

  test('know which of the groups hold them, in the order of the sync file', async () => {
    const part = sandbox.tenant.addGroup({ members: ids(3, 5) });
    const { users: given } = await read({ groups: inGroups(everyone, part), properties: asked('groups') });
    expect(given).toHaveLength(people);
    expect(new Map(given.map(({ id, groups }) => [id, groups])).get(ids(3, 4).join(''))).toEqual([everyone.id, part.id]);
    expect(given.filter(({ groups }) => Array.isArray(groups) && groups.length === 2).map(({ id }) => id)).toEqual(ids(3, 5));
    const single = await read({ groups: inGroups(part), properties: asked('groups') });
    expect(single.users.map(({ groups }) => groups)).toEqual([[part.id], [part.id]]);
  });

  test('are those whom the filter matches, which Graph itself tells', async () => {
    const text = "department ne 'IT' and accountEnabled eq true";
    const expected = users.slice(0, 15).filter(({ department, accountEnabled }) => department !== 'IT' && accountEnabled);
    const some = await read({ groups: inGroups(outer), filter: filter(text) });
    expect(idsOf(some)).toEqual(expected.map(({ id }) => id).toSorted());
    expect(some.notices.join('')).toContain('whom the filter matches');
  });

  test('may be none, which is told', async () => {
    const empty = sandbox.tenant.addGroup({ displayName: 'Empty' });
    const none = await read({ groups: inGroups(empty) });
    expect(none.users).toEqual([]);
    expect(inFull(none.notices)).toEqual([`Group “Empty” (${empty.id}) has no users.`]);
  });

  test('cannot be read of groups that are not there, all of which are named', async () => {
    const unknown = ['11111111-2222-4333-8444-555555555555', '21111111-2222-4333-8444-555555555555'].map((id) => ({ id }));
    await expect(read({ groups: inGroups(...unknown, outer) })).rejects.toMatchObject({
      reason: 'invalid-sync-file',
      message: expect.stringContaining('`21111111-2222-4333-8444-555555555555`'),
      problems: [{ position: { line: 5, column: 7 } }, { position: { line: 6, column: 7 } }],
    });
  });

  test('cannot be read of a group that goes away meanwhile', async () => {
    sandbox.faults.add({ service: 'graph', path: /transitiveMembers/, status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'gone' } } });
    await expect(read({ groups: inGroups(outer) })).rejects.toMatchObject({ reason: 'invalid-sync-file', problems: [{ position: { line: 5, column: 7 } }] });
  });

  test('cannot be read with a filter that Graph refuses', async () => {
    await expect(read({ groups: inGroups(outer), filter: filter('department is 5') })).rejects.toMatchObject({
      reason: 'invalid-sync-file',
      message: expect.stringContaining('Syntax error'),
      problems: [{ position: { line: 4, column: 11 } }],
    });
  });

  test('need GroupMember.Read.All, which is named on the line of the groups', async () => {
    without('GroupMember.Read.All');
    await expect(read({ groups: inGroups(outer) })).rejects.toMatchObject({
      reason: 'permission',
      hint: expect.stringMatching(/GroupMember\.Read\.All(?!.*User\.Read)/),
      problems: [{ position: { line: 5, column: 7 } }],
    });
  });

  test('some of whom come as ids with nothing fail the run', async () => {
    sandbox.faults.add({ service: 'graph', path: /transitiveMembers/, replace: (page) => changed(page, (value) => value.map((user, index) => (index === 3 ? { id: ids(3, 4).join(''), userPrincipalName: null, accountEnabled: null } : user))) });
    await expect(read({ groups: inGroups(outer) })).rejects.toMatchObject({ reason: 'permission', message: expect.stringContaining('the ids of some members') });
  });

  test.each<[string, Fault]>([
    ['out of order', { status: 500, times: Infinity }],
    ['behind a gateway that finds nothing', { status: 404, body: '<html>Not Found</html>' }],
  ])('cannot be read while groups are %s, which is never taken for an unknown group', async (_name, fault) => {
    sandbox.faults.add({ service: 'graph', path: new RegExp(`groups/${outer.id}\\?`), ...fault });
    await expect(read({ groups: inGroups(outer) })).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining('looking up the group') });
  });

  test('need User.Read.All, without which Graph gives ids with nothing', async () => {
    without('User.Read.All');
    await expect(read({ groups: inGroups(outer) })).rejects.toMatchObject({ reason: 'permission', hint: expect.stringContaining('User.Read.All') });
  });
});

describe('a manager', () => {
  const boss = (): DirectoryUser | undefined => users[0];

  test('comes along with the users where Graph gives both', async () => {
    const { users: given } = await read(whole);
    expect(given).toHaveLength(people);
    expect(given[0]?.['manager']).toBeUndefined();
    expect(given[1]?.['manager']).toMatchObject({ mail: boss()?.mail });
    expect(sandbox.requests.count({ service: 'graph' })).toBe(2);
  });

  test('is read apart where the filter takes the advanced mode, for many users by one walk', async () => {
    const { users: given } = await read({ ...whole, filter: filter("userType ne 'Guest'") });
    expect(given.length).toBeGreaterThan(1000);
    expect(given.filter(({ id }) => id !== boss()?.id).every(({ manager }) => isRecord(manager) && manager['mail'] === boss()?.mail)).toBe(true);
    expect(sandbox.requests.count({ path: /expand=manager.*/ })).toBe(3);
  });

  test('is read apart for members of groups, for few of them by id', async () => {
    const { users: given } = await read({ ...whole, groups: inGroups(outer) });
    expect(given).toHaveLength(15);
    expect(given.filter(({ manager }) => isRecord(manager))).toHaveLength(14);
    expect(sandbox.requests.filter({ path: /expand=manager/ }).map(({ query }) => query['$filter']?.split(' or ').length)).toEqual([15]);
  });

  test('is read by one walk as soon as many were read by id', async () => {
    sandbox.graph.emptyPageEvery = 1;
    for (const userId of ids(0, people).filter((_id, index) => index % 3 === 0)) sandbox.tenant.addDevice({ userId });
    const { users: given } = await read({ ...whole, kind: 'intune', groups: inGroups(everyone) });
    expect(given).toHaveLength(400);
    expect(sandbox.requests.count({ path: /id%20eq/ })).toBe(0);
  });

  test('is asked for what the sync file reads of it', async () => {
    await read({ properties: asked('manager', 'manager.displayName', 'manager.mail', 'mail') });
    expect(sandbox.requests.filter({ service: 'graph' })[0]?.query).toMatchObject({ $expand: 'manager($levels=1;$select=id,displayName,mail)', $select: 'id,userPrincipalName,accountEnabled,mail' });
  });

  test('that cannot be read fails the run, and is never taken for none', async () => {
    sandbox.faults.add({ service: 'graph', path: /expand=manager/, status: 503, headers: NOW, times: Infinity });
    await expect(read({ ...whole, groups: inGroups(outer) })).rejects.toMatchObject({ reason: 'directory-incomplete' });
  });

  test.each([15, people])('of somebody who is gone at the second read fails the run (%i users)', async (size) => {
    sandbox.faults.add({ service: 'graph', path: /expand=manager/, times: Infinity, replace: (page) => changed(page, (value) => value.slice(1)) });
    await expect(read({ ...whole, groups: inGroups(size === 15 ? outer : everyone) })).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining('`manager`') });
  });

  test('whose extension nobody knows is told where it stands', async () => {
    await expect(read({ properties: asked('mail', 'manager.contoso_floor') })).rejects.toMatchObject({ reason: 'invalid-sync-file', problems: [{ position: { line: 11, column: 3 } }] });
  });
});

describe('devices', () => {
  const intune = { kind: 'intune' as const, properties: asked('devices.deviceName') };

  test('make a user one of Intune, and come with the one enrolled last first', async () => {
    const [owner = '', other = ''] = ids(0, 2);
    const { tenant } = sandbox;
    tenant.addDevice({ userId: owner, deviceName: 'old', enrolledDateTime: '2023-01-01T00:00:00Z' });
    tenant.addDevice({ userId: owner.toUpperCase(), deviceName: 'new', enrolledDateTime: '2025-01-01T00:00:00.1234567Z' });
    tenant.addDevice({ userId: owner, deviceName: 'unknown', enrolledDateTime: null });
    tenant.addDevice({ userId: other, deviceName: 'only' });
    tenant.addDevice({ userId: '' });
    tenant.addDevice({ userId: '99999999-2222-4333-8444-555555555555' });
    sandbox.graph.devicesPerPage = 2;
    const { users: given, notices } = await read(intune);
    expect(given.map(({ id, devices }) => [id, devices])).toEqual([
      [owner, [{ deviceName: 'new' }, { deviceName: 'old' }, { deviceName: 'unknown' }]],
      [other, [{ deviceName: 'only' }]],
    ]);
    expect(notices).toEqual(['1 managed device has no user and is left out.']);
  });

  test('are read while the users are', async () => {
    for (const userId of ids(0, 30)) sandbox.tenant.addDevice({ userId });
    sandbox.graph.devicesPerPage = 10;
    // Long enough for what is to come meanwhile to do so on a busy machine.
    sandbox.faults.add({ path: '/v1.0/users?', delayMs: 300 });
    sandbox.faults.add({ path: '/v1.0/deviceManagement', delayMs: 700 });
    await read(intune);
    const [first, second] = ['/v1.0/users?', '/v1.0/deviceManagement'].map((path) => sandbox.requests.filter({ path }));
    expect(first?.at(-1)?.startedAt).toBeLessThan(second?.at(-1)?.startedAt ?? 0);
    expect(second?.[0]?.startedAt).toBeLessThan(first?.[0]?.endedAt ?? 0);
  });

  test('of members of groups whom the filter matches are what all three have in common', async () => {
    for (const userId of ids(5, 40)) sandbox.tenant.addDevice({ userId });
    const expected = users.slice(5, 15).filter(({ department }) => department !== 'IT');
    expect(idsOf(await read({ ...intune, groups: inGroups(outer), filter: filter("department ne 'IT'") }))).toEqual(expected.map(({ id }) => id).toSorted());
  });

  test.each([
    ['the permission', () => { without('DeviceManagementManagedDevices.Read.All'); }, 'DeviceManagementManagedDevices.Read.All'],
    ['Intune', () => { sandbox.tenant.intune = false; }, 'licence for Microsoft Intune'],
    ['the permission for users', () => { without('User.Read.All'); }, 'User.Read.All'],
  ])('cannot be read without %s', async (_name, arrange, hint) => {
    arrange();
    await expect(read(intune)).rejects.toMatchObject({ reason: 'permission', hint: expect.stringContaining(hint) });
  });

  test('that Intune refuses though the permission is there may want a licence', async () => {
    sandbox.faults.add({ service: 'graph', path: /managedDevices/, status: 403, body: { error: { code: 'Forbidden', message: 'no' } } });
    await expect(read(intune)).rejects.toMatchObject({ reason: 'permission', hint: expect.stringContaining('licence for Microsoft Intune') });
  });

  test.each<[string, Fault]>([
    ['are throttled', { status: 429, headers: NOW }],
    ['are throttled without a word of how long', { status: 429 }],
    ['meet a gateway', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['are cut off', { truncate: 'json' }],
  ])('that %s are all there in the end', async (_name, fault) => {
    for (const userId of ids(0, 25)) sandbox.tenant.addDevice({ userId });
    sandbox.graph.devicesPerPage = 10;
    sandbox.faults.add({ service: 'graph', path: /managedDevices.*skiptoken/, ...fault });
    expect(idsOf(await read(intune))).toEqual(ids(0, 25).toSorted());
  });

  test('are counted once though the list had to be read again', async () => {
    for (const userId of [...ids(0, 2), '', '00000000-0000-0000-0000-000000000000']) sandbox.tenant.addDevice({ userId });
    sandbox.graph.devicesPerPage = 3;
    sandbox.faults.add({ service: 'graph', path: /managedDevices.*skiptoken/, status: 400, body: { error: { code: 'Directory_ExpiredPageToken', message: 'expired' } } });
    const { users: given, notices } = await read(intune);
    expect(given.map(({ devices }) => Array.isArray(devices) && devices.length)).toEqual([1, 1]);
    expect(notices.at(-1)).toBe('2 managed devices have no user and are left out.');
  });

  test('are all read although Intune says of itself that there are more', async () => {
    for (const userId of ids(0, 3)) sandbox.tenant.addDevice({ userId });
    sandbox.faults.add({ service: 'graph', path: /managedDevices/, replace: (page) => (isRecord(page) ? { ...page, '@odata.count': 17 } : page) });
    expect((await read(intune)).users).toHaveLength(3);
  });

  test('that cannot be read to the end fail the run', async () => {
    for (const userId of ids(0, 25)) sandbox.tenant.addDevice({ userId });
    sandbox.graph.devicesPerPage = 10;
    sandbox.faults.add({ service: 'graph', path: /managedDevices.*skiptoken/, status: 404, body: { error: { code: 'ResourceNotFound', message: 'no' } } });
    await expect(read(intune)).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining('managed devices') });
  });
});

describe('what takes a permission or a licence of its own', () => {
  const signIns = { properties: asked('mail', 'signInActivity') };
  const secrets = { properties: asked('mail', 'customSecurityAttributes') };

  test('sign-ins come 500 at a time, with six seconds between the requests', async () => {
    sandbox.graph.signInsPerMinute = 10;
    const { users: given, paced, notices } = await read(signIns);
    expect(given).toHaveLength(people);
    expect(sandbox.requests.filter({ service: 'graph' })[0]?.query).toMatchObject({ $top: '500' });
    expect(paced).toEqual([6000, 6000]);
    expect(notices.join('')).toContain('ten times a minute');
  });

  test('sign-ins and security attributes of members are read apart, since lists of members may not have them', async () => {
    const [somebody = ''] = ids(2, 3);
    sandbox.tenant.updateUser(somebody, { signInActivity: { lastSignInDateTime: '2026-01-01T00:00:00Z' }, customSecurityAttributes: { HR: { grade: '7' } } });
    const { users: given } = await read({ properties: asked('signInActivity', 'customSecurityAttributes', 'manager.mail'), groups: inGroups(outer) });
    const found = given.find(({ id }) => id === somebody);
    sandbox.tenant.updateUser(somebody, { signInActivity: null, customSecurityAttributes: null });
    expect(found).toMatchObject({ signInActivity: { lastSignInDateTime: '2026-01-01T00:00:00Z' }, customSecurityAttributes: { HR: { grade: '7' } }, manager: { mail: users[0]?.mail } });
  });

  test.each([
    ['a premium licence', () => { sandbox.tenant.premium = false; }, signIns, 'P1 or P2'],
    ['AuditLog.Read.All', () => { without('AuditLog.Read.All'); }, signIns, 'AuditLog.Read.All'],
    ['CustomSecAttributeAssignment.Read.All, which Graph would pass over in silence,', () => { without('CustomSecAttributeAssignment.Read.All'); }, secrets, 'CustomSecAttributeAssignment.Read.All'],
  ])('without %s the run fails on the line of the field', async (_name, arrange, query, hint) => {
    arrange();
    const failure = { reason: 'permission', hint: expect.stringContaining(hint), problems: [{ position: { line: 11, column: 3 } }] };
    await expect(read(query)).rejects.toMatchObject(failure);
    await expect(read({ ...query, groups: inGroups(outer) })).rejects.toMatchObject(failure);
  });

  test('a refusal that no permission explains does not tell to grant what is granted', async () => {
    sandbox.faults.add({ service: 'graph', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } });
    await expect(read(signIns)).rejects.toMatchObject({ reason: 'permission', hint: expect.stringContaining('The token has what this is known to take (User.Read.All, AuditLog.Read.All)'), problems: [] });
  });

  test('open extensions come in the order of their ids, beside a manager too', async () => {
    const [somebody = ''] = ids(1, 2);
    sandbox.tenant.openExtensions.set(somebody, [{ id: 'com.contoso.b', floor: 2 }, { id: 'com.contoso.a', floor: 1 }]);
    for (const query of [{ properties: asked('extensions', 'manager.mail') }, { properties: asked('extensions'), groups: inGroups(outer) }]) {
      const { users: given } = await read(query);
      expect(given.find(({ id }) => id === somebody)?.['extensions']).toEqual([{ id: 'com.contoso.a', floor: 1 }, { id: 'com.contoso.b', floor: 2 }]);
    }
  });
});

describe('no fault makes the directory shorter', () => {
  const ways: readonly [string, Partial<DirectoryQuery>][] = [
    ['everybody', {}],
    ['an advanced filter', { filter: { text: "userPrincipalName ne 'nobody'", position: { line: 1, column: 1 } } }],
    ['managers that are read apart', { filter: { text: "userPrincipalName ne 'nobody'", position: { line: 1, column: 1 } }, properties: [{ name: 'manager.mail', position: { line: 1, column: 1 } }] }],
  ];
  const expired = { service: 'graph', path: nextPages, status: 400, body: { error: { code: 'Directory_ExpiredPageToken', message: 'expired' } } } as const;
  const faults: readonly [string, () => void][] = [
    ['empty pages with a next link', () => { sandbox.graph.emptyPageEvery = 1; }],
    ['a page token that expires', () => { sandbox.faults.add({ ...expired, times: 2 }); }],
    ['throttling', () => { sandbox.faults.add({ service: 'graph', path: nextPages, status: 429, headers: NOW, times: 2 }); }],
    ['throttling without a word of how long', () => { sandbox.faults.add({ service: 'graph', path: nextPages, status: 429, times: 2 }); }],
    ['a gateway', () => { sandbox.faults.add({ service: 'graph', path: nextPages, status: 502, body: '<html>Bad Gateway</html>' }); }],
    ['JSON that is cut off', () => { sandbox.faults.add({ service: 'graph', path: nextPages, truncate: 'json' }); }],
    ['users who come twice', () => { sandbox.faults.add({ service: 'graph', path: nextPages, times: Infinity, replace: twice }); }],
  ];

  test.each(faults.flatMap(([name, arrange]) => ways.map(([way, query]) => [name, way, arrange, query] as const)))('%s: %s', async (_name, _way, arrange, query) => {
    arrange();
    expect(idsOf(await read(query))).toEqual(ids(0, people).toSorted());
  });

  test.each(faults)('%s: several groups', async (_name, arrange) => {
    arrange();
    const { users: given } = await read({ groups: inGroups(everyone, outer), properties: asked('groups') });
    expect(given.map(({ id }) => id).toSorted()).toEqual(ids(0, people).toSorted());
    expect(given.filter(({ groups }) => Array.isArray(groups) && groups.length === 2)).toHaveLength(15);
  });

  test.each<[string, Fault]>([
    ['the connection drops', { drop: 'before' }],
    ['Graph is throttled', { status: 429, headers: NOW, times: 2 }],
    ['Graph is out of order', { status: 503, headers: NOW, times: 3 }],
    ['JSON is cut off', { truncate: 'json' }],
  ])('the few whom `only` names are all found, in the advanced mode and by many requests too, when %s', async (_name, fault) => {
    sandbox.faults.add({ service: 'graph', path: /\/users\?/, after: 1, ...fault });
    const only = users.slice(0, 20).map(({ id, mail, userPrincipalName }, index) => [id, mail ?? id, userPrincipalName][index % 3] ?? id);
    expect(idsOf(await read({ only, filter: filter("userPrincipalName ne 'nobody'"), properties: asked('manager.mail') }))).toEqual(ids(0, 20).toSorted());
  });

  test('of those whom `only` names, who are asked for in parts, nothing is told by group', async () => {
    const { users: given, notices } = await read({ only: users.slice(0, 20).map(({ id }) => id), groups: inGroups(inner) });
    expect(given.map(({ id }) => id).toSorted()).toEqual(ids(0, 15).toSorted());
    expect(notices).toEqual([]);
  });

  test('what was read of those whom `only` names is void where a walk begins again', async () => {
    const somebody = sandbox.tenant.addUser({ displayName: 'Short Stay' });
    sandbox.faults.add({ service: 'graph', path: /count=true/, replace: (page) => { sandbox.tenant.removeUser(somebody.id); return isRecord(page) ? { ...page, '@odata.count': 3 } : page; } });
    expect(idsOf(await read({ only: [...ids(0, 1), somebody.id], filter: filter("userPrincipalName ne 'nobody'") }))).toEqual(ids(0, 1));
  });

  test.each<[string, Fault]>([
    ['are throttled', { status: 429, headers: NOW, times: 2 }],
    ['meet a gateway', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['are cut off', { truncate: 'json' }],
  ])('sign-ins that %s are all there in the end', async (_name, fault) => {
    sandbox.faults.add({ service: 'graph', path: nextPages, ...fault });
    const { users: given, paced } = await read({ properties: asked('signInActivity') });
    expect(given).toHaveLength(people);
    expect(paced).toEqual([6000, 6000]);
  });

  test('a member who goes while the group is read makes the walk begin again', async () => {
    const [last = ''] = ids(people - 1, people);
    const somebody = sandbox.tenant.addUser({ displayName: 'Short Stay' });
    const some = sandbox.tenant.addGroup({ displayName: 'Some', members: [...ids(0, people - 1), somebody.id] });
    sandbox.faults.add({ service: 'graph', path: /transitiveMembers/, replace: (page) => { sandbox.tenant.removeUser(somebody.id); return page; } });
    const { users: given, notices } = await read({ groups: inGroups(some) });
    expect(given).toHaveLength(people - 1);
    expect(given.map(({ id }) => id)).not.toContain(last);
    expect(notices[0]).toBe('Microsoft Graph gave fewer users than it counted (1199 of 1200); reading again from the start.');
  });

  test.each([[{ filter: filter("userPrincipalName ne 'nobody'") }], [{ groups: 'everyone' as const }]])('a list that stays shorter than what Graph counted fails the run: %j', async (way) => {
    sandbox.faults.add({ service: 'graph', path: /count=true/, times: Infinity, replace: (page) => (isRecord(page) ? { ...page, '@odata.nextLink': undefined } : page) });
    const query = 'groups' in way ? { groups: inGroups(everyone) } : way;
    await expect(read(query)).rejects.toMatchObject({ reason: 'directory-incomplete', message: 'Microsoft Graph gave fewer users than it counted 4 times.' });
  });

  test('a group whose page tokens always expire fails the run', async () => {
    sandbox.faults.add({ ...expired, times: Infinity });
    await expect(read({ groups: inGroups(everyone, outer) })).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining('lost its place') });
  });
});
