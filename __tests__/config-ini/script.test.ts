import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSandbox } from '../../sandbox/index.ts';
import { compileCache } from '../support/compile-cache.ts';

const script = resolve('scripts/convert-config.ts');
const ini = '[oomnitza]\nurl = https://acme.oomnitza.com\napi_token = tok-5f2a\n[azureusers]\nenable = True\nsecret = hunter2-x\ndefault_role = 25\ndefault_position = Employee\nsync_field = USER\nmapping.ABC = mail\n';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Content of the files by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Runs the script in a folder of its own that holds these files. */
async function run(parameters: readonly string[], files: Readonly<Record<string, string | Buffer>>, environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'convert-config-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const { code, out, err } = await new Promise<Omit<Outcome, 'files'>>((settle) => {
      const env = { PATH: process.env['PATH'], ...compileCache, ...environment };
      execFile(process.execPath, [script, ...parameters], { cwd: folder, env }, (error, out, err) => {
        settle({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
    const names = (await readdir(folder)).filter((name) => !(name in files));
    const written = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const));
    return { code, out, err, files: Object.fromEntries(written) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('npm run convert-config', () => {
  it('writes the files into the current folder and says what to create', async () => {
    const { code, out, err, files } = await run(['config.ini'], { 'config.ini': `\uFEFF${ini.replaceAll('\n', '\r\n')}` });
    expect([code, err, Object.keys(files)]).toEqual([0, '', ['azureusers.sync.yml', 'azureusers.workflow.yml']]);
    expect(out).toContain('azureusers.sync.yml written\nazureusers.workflow.yml written\nCreate the repository secret ENTRA_CLIENT_SECRET: it holds the client secret');
    expect(out).toContain('Create the repository variable ENTRA_TENANT_ID: it holds the id of the Entra tenant.\n');
    expect(JSON.stringify([out, files])).not.toMatch(/hunter2|tok-5f2a/);
  });

  it('asks the instance with the token of the environment', async () => {
    const sandbox = await startSandbox();
    sandbox.instance.tokens.set('tok-env-1', new Set(['read']));
    sandbox.instance.field('cost_center').internalId = 'ABC';
    const environment = { ...sandbox.environment(), OOMNITZA_API_TOKEN: 'tok-env-1' };
    const { code, err, files } = await run(['--url', sandbox.urls.oomnitza, 'config.ini'], { 'config.ini': ini }, environment);
    const asked = sandbox.requests.byKind();
    await sandbox.close();
    expect([code, err, asked]).toEqual([0, '', { 'oomnitza GET /api/v2/mappings': 1, 'oomnitza GET /api/v3/users/meta': 1 }]);
    expect(files['azureusers.sync.yml']).toContain('\n  first_name: givenName\n');
    expect(files['azureusers.sync.yml']).toContain('\n  cost_center: mail\n');
    expect(JSON.stringify(files)).not.toContain('tok-env-1');
  });

  it.each([
    ['no arguments', [], {}, 'The arguments are wrong.\nUsage: npm run convert-config'],
    ['an unknown option', ['config.ini', '--force'], {}, 'The arguments are wrong.\nUsage'],
    ['two files', ['config.ini', 'config.ini'], {}, 'The arguments are wrong.\nUsage'],
    ['no such file', ['other.ini'], {}, 'other.ini cannot be read (ENOENT).\nUsage'],
    ['a file of another encoding', ['latin.ini'], { 'latin.ini': Buffer.from('[azureusers]\nx = caf\xe9', 'latin1') }, 'latin.ini is not UTF-8.\nSave it as UTF-8.'],
    ['no section of ours', ['empty.ini'], { 'empty.ini': '[ldap]\n' }, 'The config.ini has no section [azureusers].\nIt has [ldap]; a section to convert is called'],
    ['a file that is there already', ['config.ini'], { 'azureusers.sync.yml': 'mine' }, 'The current folder has azureusers.sync.yml already.\nMove them away'],
    ['an address that is not https', ['config.ini', '--url', 'http://a:hunter2-x@acme.oomnitza.com'], {}, '`--url` takes the https address of the Oomnitza instance, without a path.\nUsage'],
    ['no token', ['config.ini', '--url', 'https://acme.oomnitza.com'], {}, 'OOMNITZA_API_TOKEN is empty.\nUsage'],
  ])('refuses %s', async (_name, parameters, more, message) => {
    const { code, out, err, files } = await run(parameters, { 'config.ini': ini, ...more });
    expect([code, out, Object.keys(files)]).toEqual([1, '', []]);
    expect(err).toContain(message);
    expect(err).not.toContain('hunter2');
  });
});
