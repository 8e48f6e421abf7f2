import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CREDENTIALS, startSandbox, type DirectoryGroup, type Sandbox } from '../../sandbox/index.ts';
import { Client, objects, type Answer } from './client.ts';

const EVENTUAL = { ConsistencyLevel: 'eventual' };
const granted = ['User.Read.All', 'GroupMember.Read.All', 'DeviceManagementManagedDevices.Read.All', 'AuditLog.Read.All'];

let sandbox: Sandbox;
let client: Client;
let group: DirectoryGroup;
let members: string;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 0, permissions: granted });
  client = new Client(sandbox);
  const { tenant } = sandbox;
  const [ada, ben] = ['Ada Byron', 'Ben Cole'].map((displayName) => tenant.addUser({ displayName, customSecurityAttributes: { HR: { grade: '7' } } }));
  tenant.setManager(ben?.id ?? '', ada?.id ?? '');
  const inner = tenant.addGroup({ members: [ben?.id ?? ''] });
  group = tenant.addGroup({ displayName: 'Outer', members: [inner.id] });
  inner.members.add(group.id);
  members = `/v1.0/groups/${group.id}/transitiveMembers/microsoft.graph.user`;
});
afterEach(() => {
  const roles = sandbox.tenant.apps.get(CREDENTIALS.clientId)?.appRoles;
  roles?.clear();
  for (const role of granted) roles?.add(role);
  Object.assign(sandbox.tenant, { premium: true, intune: true });
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

const permit = (...roles: readonly string[]): void => {
  const app = sandbox.tenant.apps.get(CREDENTIALS.clientId);
  app?.appRoles.clear();
  for (const role of roles) app?.appRoles.add(role);
};
const users = ({ body }: Answer): Record<string, unknown>[] => objects(body['value']);

describe('members of a group', () => {
  test('are those of nested groups, in circles too, with their number', async () => {
    const answer = await client.graph(`${members}?$count=true&$select=id,displayName`, EVENTUAL);
    expect(answer.body['@odata.count']).toBe(1);
    expect(users(answer)).toMatchObject([{ displayName: 'Ben Cole' }]);
  });

  test.each([
    ['without the header', '?$count=true', {}],
    ['without the count', '', EVENTUAL],
    ['with a relationship', '?$count=true&$expand=manager', EVENTUAL],
  ])('are refused %s', async (_name, query, headers) => {
    expect((await client.graph(`${members}${query}`, headers)).status).toBe(400);
  });

  test('have nothing but ids for who may not read users', async () => {
    permit('GroupMember.Read.All');
    const answer = await client.graph(`${members}?$count=true&$select=id,displayName,userPrincipalName`, EVENTUAL);
    expect(users(answer)).toEqual([{ id: expect.any(String), displayName: null, userPrincipalName: null }]);
  });

  test('and the group itself take a permission, and a group that is there', async () => {
    permit('User.Read.All');
    expect((await client.graph(`${members}?$count=true`, EVENTUAL)).status).toBe(403);
    expect((await client.graph(`/v1.0/groups/${group.id}?$select=id,displayName`)).status).toBe(403);
    permit(...granted);
    expect((await client.graph(`/v1.0/groups/${group.id}?$select=id,displayName`)).body).toMatchObject({ displayName: 'Outer' });
    expect((await client.graph('/v1.0/groups/11111111-2222-4333-8444-555555555555?$select=id,displayName')).body).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
  });
});

describe('relationships of users', () => {
  test('show the manager, and nothing for who has none', async () => {
    const answer = await client.graph('/v1.0/users?$select=id&$expand=manager($levels=1;$select=id,mail)');
    expect(users(answer).map(({ manager }) => manager)).toEqual([undefined, expect.objectContaining({ mail: 'ada.byron@contoso.com' })]);
  });

  test.each([
    ['in the advanced mode', '$count=true&$expand=manager', EVENTUAL],
    ['with a selection without levels', '$expand=manager($select=mail)', {}],
    ['two at a time', '$expand=manager,extensions', {}],
    ['with a property that nobody has', '$expand=manager($levels=1;$select=nope)', {}],
  ])('are refused %s', async (_name, query, headers) => {
    expect((await client.graph(`/v1.0/users?${query}`, headers)).status).toBe(400);
  });
});

describe('what takes more than a permission to read users', () => {
  const signIns = '/v1.0/users?$select=id,signInActivity';

  test('sign-ins: permission, licence, page size, and ten requests a minute', async () => {
    permit('User.Read.All');
    expect((await client.graph(`${signIns}&$top=500`)).body).toMatchObject({ error: { code: 'Authorization_RequestDenied' } });
    permit(...granted);
    sandbox.tenant.premium = false;
    expect((await client.graph(`${signIns}&$top=500`)).body).toMatchObject({ error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant' } });
    sandbox.tenant.premium = true;
    expect((await client.graph(`${signIns}&$top=501`)).status).toBe(400);
    const statuses: number[] = [];
    for (let request = 0; request < 11; request++) statuses.push((await client.graph(`${signIns}&$top=500`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  });

  test('security attributes: null without the permission', async () => {
    const path = '/v1.0/users?$select=id,customSecurityAttributes';
    expect(users(await client.graph(path))[0]?.['customSecurityAttributes']).toBeNull();
    permit(...granted, 'CustomSecAttributeAssignment.Read.All');
    expect(users(await client.graph(path))[0]?.['customSecurityAttributes']).toEqual({ HR: { grade: '7' } });
  });
});

describe('managed devices', () => {
  const path = '/v1.0/deviceManagement/managedDevices';

  test('come in pages, whatever filter on the user is given', async () => {
    for (let number = 0; number < 3; number++) sandbox.tenant.addDevice();
    const first = await client.graph(`${path}?$select=id,userId&$top=2&$filter=userId eq 'x'`);
    const second = await client.graph(String(first.body['@odata.nextLink']));
    expect([users(first).length, users(second).length, second.body['@odata.nextLink']]).toEqual([2, 1, undefined]);
  });

  test('take a permission, which the refusal names, and a licence', async () => {
    permit('User.Read.All');
    expect(await client.graph(path)).toMatchObject({ status: 403, text: expect.stringContaining('DeviceManagementManagedDevices.Read.All') });
    permit(...granted);
    sandbox.tenant.intune = false;
    expect(await client.graph(path)).toMatchObject({ status: 400, text: expect.stringContaining('not applicable to target tenant') });
  });
});
