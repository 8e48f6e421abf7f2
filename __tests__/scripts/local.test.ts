import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { compileCache } from '../support/compile-cache.ts';

const script = resolve('scripts/local.ts');
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 20, oomnitzaCoverage: 0.8, difference: 0 });
});

afterAll(() => sandbox.close());

/** Runs the script in a folder with a sync file and this file of variables, laid over those of the sandbox. */
async function run(parameters: readonly string[], variables: Readonly<Record<string, string>> = {}, folder = mkdtempSync(join(sandbox.directory, 'local-'))) {
  mkdirSync(join(folder, '.github'), { recursive: true });
  writeFileSync(join(folder, '.github/oomnitza-user-sync.yml'), 'version: 1\nsync-keys: [email]\n');
  const given = new Map(Object.entries(sandbox.inputs()).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  for (const [name, value] of Object.entries(variables)) given.set(name, value);
  const lines = [...given].map(([name, value]) => `${name}='${value}'`);
  writeFileSync(join(folder, '.env'), lines.join('\n'));
  const before = sandbox.requests.length;
  const { code, out } = await new Promise<{ readonly code: number; readonly out: string }>((settle) => {
    const env = { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', ...compileCache, ...sandbox.environment() };
    execFile(process.execPath, [script, ...parameters], { cwd: folder, env }, (error, stdout, stderr) => {
      settle({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr });
    });
  });
  const writes = sandbox.requests.all.slice(before).filter(({ service, method }) => service === 'oomnitza' && method !== 'GET').length;
  return { code, out, writes, file: (name: string) => readFileSync(join(folder, 'local-output', name), 'utf8') };
}

const host = (): string => new URL(sandbox.urls.oomnitza).host;

describe('npm run local', () => {
  it('plans with the sources, and shows what the job page would show, without the secrets', async () => {
    const { code, out, writes, file } = await run(['--env', '.env']);
    expect([code, writes]).toEqual([0, 0]);
    expect(out).toMatch(/Plan: \d+ people would be created/);
    expect(out).toContain('In numbers');
    expect(file('changes.csv')).toContain('create,planned,');
    for (const secret of ['client-secret', 'oomnitza-api-token']) expect(out).not.toContain(sandbox.inputs()[secret]);
    expect(out).not.toContain('::');
  });

  it('writes only when it was asked twice', async () => {
    const asked = await run(['--env', '.env'], { INPUT_MODE: 'apply' });
    expect([asked.code, asked.writes]).toEqual([0, 0]);
    expect(asked.out).toContain('The mode is plan: to write, --apply is needed as well.');

    const disguised = [{ INPUT_MODE: ' apply' }, { INPUT_MODE: 'auto ', GITHUB_EVENT_NAME: 'schedule', GITHUB_REPOSITORY: 'contoso/it-automation' }];
    for (const variables of disguised) expect(await run(['--env', '.env'], variables)).toMatchObject({ code: 0, writes: 0 });
    expect(await run(['--env', '.env'], { INPUT_MODE: 'Apply' })).toMatchObject({ code: 1, writes: 0, out: expect.stringContaining('INPUT_MODE is "Apply", which is no mode.') });

    for (const confirmation of [[], ['--confirm', 'other.oomnitza.com'], ['--confirm', '']]) {
      const { code, out, writes } = await run(['--env', '.env', '--apply', ...confirmation]);
      expect([code, writes]).toEqual([1, 0]);
      expect(out).toContain('Nothing was done: what was confirmed is not the host of `oomnitza-url`.');
    }

    const twice = await run(['--env', '.env', '--apply', '--confirm', host()]);
    expect(twice.code).toBe(0);
    expect(twice.writes).toBeGreaterThan(0);
    expect(twice.file('changes.csv')).toContain('create,applied,');
  });

  it('does not write where the file asks for something else', async () => {
    for (const mode of ['suggest', ' validate', 'watchdog', 'Apply']) {
      const refused = await run(['--env', '.env', '--apply', '--confirm', host()], { INPUT_MODE: mode });
      expect(refused).toMatchObject({ code: 1, writes: 0, out: expect.stringContaining(`Nothing was done: --apply writes, and INPUT_MODE is "${mode.trim()}".`) });
    }
  });

  it('leaves no files of an earlier run beside its own, but for the plan that it is held to', async () => {
    const folder = mkdtempSync(join(sandbox.directory, 'local-'));
    const left = async (variables: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      mkdirSync(join(folder, 'local-output'), { recursive: true });
      for (const name of ['changes.csv', 'plan.json', 'suggested-sync-file.yml', 'notes.txt']) writeFileSync(join(folder, 'local-output', name), 'of an earlier run');
      await run(['--env', '.env'], { 'INPUT_TENANT-ID': '', ...variables }, folder);
      return readdirSync(join(folder, 'local-output')).filter((name) => name.includes('.'));
    };
    expect(await left({})).toEqual(['notes.txt']);
    expect(await left({ 'INPUT_EXPECTED-PLAN': 'local-output/plan.json' })).toEqual(['notes.txt', 'plan.json']);
  });

  it('does the same inside @github/local-action', async () => {
    const { code, out, writes } = await run(['--env', '.env', '--through', 'local-action'], { INPUT_MODE: 'apply' });
    expect([code, writes]).toEqual([0, 0]);
    expect(out).toContain('Running Action');
    expect(out).toMatch(/'plan-digest' +│ '[0-9a-f]{64}'/);
    for (const secret of ['client-secret', 'oomnitza-api-token']) expect(out).not.toContain(sandbox.inputs()[secret]);
  });

  it('ends as the run does', async () => {
    const { code, out } = await run(['--env', '.env'], { 'INPUT_CLIENT-SECRET': 'not-the-secret' });
    expect(code).toBe(1);
    expect(out).toContain('Error: ');
    expect(out).not.toContain('not-the-secret');
    expect(out).toContain('Here the inputs come from the file of --env');
  });

  it('keeps the report also where inputs are wrong, in the folder that it names', async () => {
    const { code, out } = await run(['--env', '.env'], { 'INPUT_TENANT-ID': '' });
    expect(code).toBe(1);
    expect(out).toContain('`tenant-id` is missing.');
    const [, folder = ''] = /The files of this run are in (.*)/.exec(out) ?? [];
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('tenant-id');
  });

  it('asks nobody to confirm where there is no address', async () => {
    expect(await run(['--env', '.env', '--apply'], { 'INPUT_OOMNITZA-URL': '' })).toMatchObject({ code: 1, writes: 0, out: expect.stringContaining('INPUT_OOMNITZA-URL is no address.') });
  });

  it.each([
    ['no file named', [], 'The arguments are wrong.\nUsage: npm run local -- --env <file>'],
    ['an unknown option', ['--env', '.env', '--force'], 'The arguments are wrong.\nUsage'],
    ['another debugger', ['--env', '.env', '--through', 'act'], 'The arguments are wrong.\nUsage'],
    ['a file that is not there', ['--env', 'other.env'], 'other.env cannot be read (ENOENT).\nWrite the inputs into it'],
  ])('refuses %s', async (_name, parameters, message) => {
    const { code, out } = await run(parameters);
    expect(code).toBe(1);
    expect(out).toContain(message);
  });

  it.each(['INPUT_TENANTID', 'INPUT_TENANT_ID', 'input_tenant_id', 'TENANT_ID', 'tenant-id'])('says how the input is written that %s is to be', async (name) => {
    const { code, out } = await run(['--env', '.env'], { [name]: 'x' });
    expect(code).toBe(1);
    expect(out).toContain(`.env has ${name}, and the action has no such input.\nDid you mean INPUT_TENANT-ID?`);
  });
});
