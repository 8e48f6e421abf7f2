import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addSyncedRecord, CREDENTIALS, startSandbox, type LoggedRequest, type Sandbox } from '../../sandbox/index.ts';
import { runAction } from '../../sandbox/runner.ts';
import { parsePlanFile } from '../../src/plan-file/index.ts';
import { digestOf, type FieldChange, type PlanEntry } from '../../src/plan/index.ts';
import { renderPlanJson } from '../../src/report/index.ts';
import { entry, planOf } from '../report/samples.ts';
import { testCertificate } from '../support/client-certificate.ts';
import { compileCache } from '../support/compile-cache.ts';
import { quickInputs } from './support/scenario.ts';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'rollback.ts');

interface Printed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly writes: readonly LoggedRequest[];
}

let sandbox: Sandbox;
let folder: string;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 0 });
  folder = mkdtempSync(join(sandbox.directory, 'rollback-'));
});

afterAll(async () => {
  await sandbox.close();
});

/** @param answer what is typed on the terminal; without one, there is no terminal */
async function rollback(parameters: readonly string[], environment: Readonly<Record<string, string>> = {}, interruptAt = (): boolean => false, answer?: string, world = sandbox): Promise<Printed> {
  const before = world.requests.length;
  const connection = { OOMNITZA_URL: world.urls.oomnitza, OOMNITZA_API_TOKEN: CREDENTIALS.apiToken, NODE_EXTRA_CA_CERTS: world.caFile, ...compileCache };
  const terminal = answer === undefined ? [] : [`--import=data:text/javascript,process.stdin.isTTY = process.stdout.isTTY = true`];
  const child = spawn(process.execPath, [...terminal, script, ...parameters], { cwd: folder, env: { PATH: process.env['PATH'], ...connection, ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(answer ?? '');
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.err += text));
  const disarm = world.requests.onArrival(() => {
    if (interruptAt()) child.kill('SIGINT');
  });
  await once(child, 'close');
  disarm();
  expect(printed.out + printed.err).not.toContain(CREDENTIALS.apiToken);
  const writes = world.requests.all.slice(before).filter(({ method }) => method !== 'GET');
  return { ...printed, code: child.exitCode, writes };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

/** The plan.json of a run that applied these changes. */
function appliedPlan(...entries: readonly PlanEntry[]): string {
  return renderPlanJson(planOf(entries, { digest: digestOf(entries) }), new Map(entries.map((one) => [one, { status: 'applied', message: '' }]))).toArray().join('');
}

const field = (name: string, before: FieldChange['before'], after: FieldChange['after']): FieldChange => ({ field: name, before, after });

test('what a run applied is shown first, then taken back, and that can be taken back as well', async () => {
  const { tenant, instance } = sandbox;
  const sailor = (name: string): string => addSyncedRecord(instance, tenant.addUser({ displayName: `${name} Sailor`, department: 'Navy' }), { department: 'Army \u001B]0;owned\u0007' }).user_id;
  const [ada, bea, cleo] = [sailor('Ada'), sailor('Bea'), sailor('Cleo')];
  // Ada's user name was free for Bea only after Ada had another one, and goes back the same way.
  instance.updateRecord(ada, { username: 'bea.sailor@contoso.com' });
  instance.updateRecord(bea, { username: 'bea.old@contoso.com' });
  tenant.addUser({ displayName: 'Dora New' });
  const before = new Map([...instance.records].map(([id, { username, department }]) => [id, { username, department }]));
  const run = await runAction({ sandbox, inputs: { ...quickInputs, mode: 'apply' } });
  expect(run.outputs).toMatchObject({ 'failure-reason': '', 'update-count': '3', 'create-count': '1' });
  const after = instance.record(ada);
  instance.updateRecord(cleo, { department: 'Air Force' });
  file('plan.json', run.file('plan.json'));

  const planned = await rollback(['plan.json']);
  expect(planned).toMatchObject({ code: 0, err: '', writes: [] });
  expect(planned.out).toMatch(/ada\.sailor@contoso\.com +department +"Navy" +"Army \\u001b\]0;owned\\u0007"\n/);
  expect(planned.out).toMatch(/ada\.sailor@contoso\.com +username +"ada\.sailor@contoso\.com" +"bea\.sailor@contoso\.com"\n/);
  expect(planned.out).toMatch(/cleo\.sailor@contoso\.com +department +"Air Force" +left: it was changed since, or Oomnitza keeps it in a form of its own\n/);
  expect(planned.out).toContain('Created, and left as it is: dora.new@contoso.com');
  expect(planned.out).toContain('With --yes this is written');
  expect(planned.out).not.toMatch(/[^\P{Cc}\n]/u);
  expect(readdirSync(folder)).toEqual(['plan.json']);

  const declined = await rollback(['plan.json'], {}, undefined, 'no\n');
  expect(declined).toMatchObject({ code: 0, err: '', writes: [] });
  expect(declined.out).toMatch(/Write this to Oomnitza\? Type yes: [^]*Nothing was written\./);

  const done = await rollback(['plan.json'], {}, undefined, 'yes\n');
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.writes).toHaveLength(2);
  expect(done.out).toContain('Rolled back: 2 changes; failed: 0; not attempted: 0.');
  const now = [ada, bea].map((id) => instance.record(id));
  expect(now).toMatchObject([before.get(ada), before.get(bea)]);
  expect(instance.record(cleo)).toMatchObject({ department: 'Air Force' });
  const report = parsePlanFile(readFileSync(join(folder, 'rollback-plan.json'), 'utf8'), 'The report');
  expect(new Set(report.changes.map(({ status }) => status))).toEqual(new Set(['applied']));

  expect((await rollback(['plan.json', '--yes'])).out).toContain('There is nothing to roll back.');
  const redone = await rollback(['rollback-plan.json', '--yes']);
  expect(redone.out).toContain(join('.', 'rollback-plan-2.json'));
  expect(instance.record(ada)).toMatchObject({ username: after.username, department: after.department });
});

test('people are let in again, a record that changes in the last moment is left alone, and a failure is told', async () => {
  const { instance, faults } = sandbox;
  const add = (name: string, values: Parameters<typeof instance.addRecord>[0]): string => instance.addRecord({ email: `${name}@example.com`, ...values }).user_id;
  instance.addField({ name: 'grade', type: 'integer' });
  // In other forms than the run wrote them, which had no metadata to go by.
  const sent = { grade: '07', left_on: '2026-05-28T20:26:40Z', employee_type: 'Contractor', department: ' Navy ', entra_object_id: '11111111-aaaa-4000-8000-000000000001', email_subscription: 'true' };
  const other = add('ola', { grade: 7, left_on: 1_780_000_000, employee_type: 'contractor', department: 'Navy', entra_object_id: '{11111111-AAAA-4000-8000-000000000001}', email_subscription: true });
  const [suspended, raced, refused] = [add('sam', { suspended: true, left_on: 1_780_000_000 }), add('rae', { department: 'Navy' }), add('fay', { department: 'Navy' })];
  const change = (oomnitzaId: string, email: string): PlanEntry => entry({ oomnitzaId, userPrincipalName: email, syncKey: `email=${email}`, fields: [field('department', 'Army', 'Navy')] });
  file('leavers.json', appliedPlan(
    entry({ action: 'suspend', oomnitzaId: suspended, userPrincipalName: null, syncKey: 'email=sam@example.com', fields: [field('suspended', null, true), field('left_on', null, 1_780_000_000)] }),
    entry({ oomnitzaId: other, entraId: sent.entra_object_id, userPrincipalName: 'ola@example.com', syncKey: 'email=ola@example.com', fields: Object.entries(sent).map(([name, after]) => field(name, null, after)) }),
    change(raced, 'rae@example.com'),
    change(refused, 'fay@example.com'),
  ));
  faults.add({ service: 'oomnitza', path: `/api/v3/users/${raced}`, method: 'GET', match: () => {
    instance.updateRecord(raced, { department: 'Moved just now' });
    return false;
  } });
  // It quotes what it was sent, in a form that shows as the token only once it is read.
  const echo = Array.from(CREDENTIALS.apiToken, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  faults.add({ service: 'oomnitza', path: `/api/v3/users/${refused}`, method: 'PATCH', status: 400, body: `{ "error": "Not today, ${echo}.\\u001b[31m" }` });
  const { code, out } = await rollback(['leavers.json', '--yes', '--report', 'undone.json', '--ignore-meta-restriction']);
  expect(code).toBe(1);
  expect(out).toContain('Rolled back: 2 changes; failed: 2; not attempted: 0.');
  expect(out).toContain('Failed: rae@example.com: somebody changed the record meanwhile');
  expect(out).toContain('Failed: fay@example.com: Oomnitza answered 400: Not today, ***.␛[31m');
  expect(instance.record(suspended)).toMatchObject({ suspended: false, left_on: null });
  expect(instance.record(other)).toMatchObject(Object.fromEntries(Object.keys(sent).map((name) => [name, null])));
  expect(instance.record(raced).department).toBe('Moved just now');
  const report = readFileSync(join(folder, 'undone.json'), 'utf8');
  const { changes } = parsePlanFile(report, 'The report');
  expect(out + report).not.toMatch(/[\uFDD0-\uFDD2]|U\+FDD/);
  expect(report).not.toContain(CREDENTIALS.apiToken);
  expect(report).toContain('Oomnitza answered 400: Not today, ***.');
  expect(changes.map(({ action, status }) => `${action} ${status}`)).toEqual(['restore applied', 'update applied', 'update failed', 'update failed']);

  const elsewhere = file('elsewhere.json', appliedPlan(change(refused, 'rae@example.com'), change(raced, 'rae@example.com')));
  const strange = await rollback([elsewhere, '--yes']);
  expect(strange).toMatchObject({ code: 1, writes: [], err: expect.stringMatching(/^Nothing was written: 1 record .* another person/) });
  expect(strange.out).toMatch(/^RECORD.*\n.* left: another person’s record.*\n$/);

  const again = await rollback(['leavers.json', '--yes', '--report', 'undone.json']);
  expect(again).toMatchObject({ code: 1, writes: [], err: expect.stringContaining('it is there already') });

  faults.clear();
  faults.add({ service: 'oomnitza', path: '/api/v3/users?', hang: true });
  const cancelled = await rollback(['leavers.json', '--yes'], {}, () => sandbox.requests.all.at(-1)?.path === '/api/v3/users');
  expect(cancelled).toMatchObject({ code: 1, writes: [], err: 'The run was cancelled.\n' });
});

test('the run that linked people is taken back, though nobody could be assigned in it and one was renamed since', async () => {
  const { tenant, instance, faults } = sandbox;
  const soldier = (name: string): string => addSyncedRecord(instance, tenant.addUser({ displayName: `${name} Soldier`, employeeId: name, department: 'Fleet' }), { department: 'Land' }).user_id;
  const [gus, hal] = [soldier('Gus'), soldier('Hal')];
  tenant.addUser({ displayName: 'Ivo Soldier', employeeId: 'Ivo', department: 'Fleet' });
  instance.saas.set('12', { users: new Map(), strangers: [] });
  const only = { ...quickInputs, mode: 'apply', only: ['gus', 'hal', 'ivo'].map((name) => `${name}.soldier@contoso.com`).join() };
  const identity = 'version: 1\nidentity: entra_object_id\nsync-keys: [email]\n';
  faults.add({ service: 'oomnitza', method: 'POST', path: '/api/v3/saas/12/users', times: Infinity, status: 400, body: { error: 'no seats' } });
  const run = await runAction({ sandbox, inputs: only, syncFile: `${identity}saas: {application: "12", external-id: employeeId}\n` });
  faults.clear();
  expect(run.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'fail-count': '3' });
  expect(instance.record(gus)).toMatchObject({ department: 'Fleet', entra_object_id: expect.stringMatching(/./) });
  tenant.updateUser('gus.soldier@contoso.com', { userPrincipalName: 'gus.wed@contoso.com', mail: 'gus.wed@contoso.com' });
  const renaming = await runAction({ sandbox, inputs: { ...only, only: 'gus.wed@contoso.com' }, syncFile: identity });
  expect([renaming.outputs['update-count'], instance.record(gus).username]).toEqual(['1', 'gus.wed@contoso.com']);

  const { code, out, err } = await rollback([file('linking.json', run.file('plan.json')), '--yes']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Created, and left as it is: ivo.soldier@contoso.com');
  expect(out).toContain('Rolled back: 2 changes; failed: 0; not attempted: 0.');
  expect(out).not.toMatch(/saas|Other changes that failed/);
  expect([gus, hal].map((id) => instance.record(id))).toMatchObject([{ department: 'Land', entra_object_id: null, username: 'gus.wed@contoso.com' }, { department: 'Land', entra_object_id: null }]);
});

test('an instance is reached by client certificate, user name and password as well', async () => {
  const world = await startSandbox({ people: 0, clientCertificate: true });
  try {
    const { pem, certificate } = await testCertificate('ec');
    world.clientCertificates.trust(certificate);
    world.instance.passwordUsers.set('ada', { password: 'correct horse', rights: ['read', 'write'] });
    const { user_id: id } = world.instance.addRecord({ email: 'ada@example.com', department: 'Navy' });
    file('certain.json', appliedPlan(entry({ oomnitzaId: id, userPrincipalName: 'ada@example.com', syncKey: 'email=ada@example.com', fields: [field('department', 'Army', 'Navy')] })));
    const of = (environment: Readonly<Record<string, string>>): Promise<Printed> => rollback(['certain.json', '--yes', '--report', 'certain-report.json'], environment, undefined, undefined, world);
    const refused = await of({});
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/the certificate that the instance expects as OOMNITZA_CLIENT_CERTIFICATE\./);
    const keyless = await of({ OOMNITZA_CLIENT_CERTIFICATE: certificate });
    expect(keyless).toMatchObject({ code: 1, writes: [], err: expect.stringMatching(/^OOMNITZA_CLIENT_CERTIFICATE holds no private key/) });
    const byPassword = { OOMNITZA_API_TOKEN: '', OOMNITZA_USERNAME: 'ada', OOMNITZA_PASSWORD: 'wrong horse', OOMNITZA_CLIENT_CERTIFICATE: pem };
    expect((await of(byPassword)).err).toMatch(/^Oomnitza did not accept OOMNITZA_USERNAME and OOMNITZA_PASSWORD/);
    const done = await of({ ...byPassword, OOMNITZA_PASSWORD: 'correct horse' });
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(world.instance.record(id).department).toBe('Army');
    expect(done.out).not.toMatch(/horse|PRIVATE KEY/);
  } finally {
    await world.close();
  }
});

describe('rollback says what it needs', () => {
  test.each([
    ['an option that there is not', ['plan.json', '--force'], {}, '--force'],
    ['a file that is no plan', ['text.json'], {}, 'The file is no `plan.json`'],
    ['an address that is none', ['plan.json'], { OOMNITZA_URL: 'http://example.oomnitza.com/path' }, 'OOMNITZA_URL is "http://example.oomnitza.com/path"'],
    ['a file whose values are hidden', ['masked.json'], {}, 'The file has its values hidden (`personalData: masked`)'],
    ['a token that is not good', ['plan.json'], { OOMNITZA_API_TOKEN: 'no-such-token' }, 'did not accept the token'],
  ])('given %s', async (_name, parameters, environment, words) => {
    file('text.json', '{}');
    file('plan.json', appliedPlan());
    file('masked.json', renderPlanJson(planOf([]), new Map(), 'masked').toArray().join(''));
    const { code, err, out } = await rollback(parameters, environment);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(words);
  });

  test('when it is asked for help', async () => {
    const { code, out } = await rollback(['--help']);
    expect(code).toBe(0);
    for (const word of ['--yes', '--report', '--ignore-meta-restriction', 'OOMNITZA_URL', 'OOMNITZA_API_TOKEN', 'OOMNITZA_USERNAME', 'OOMNITZA_PASSWORD', 'OOMNITZA_CLIENT_CERTIFICATE']) expect(out).toContain(word);
  });
});
