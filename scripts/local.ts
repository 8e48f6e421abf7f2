import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs, parseEnv } from 'node:util';
import { inputVariables, readInputDefaults } from '../sandbox/runner/action-inputs.ts';
import { LogReader } from '../sandbox/runner/workflow-commands.ts';
import { renderMarkdown } from '../sandbox/terminal/markdown.ts';
import { closest } from '../src/closest.ts';
import { asSyncError, SyncError } from '../src/errors.ts';
import { secretInputs } from '../src/inputs/index.ts';
import { revealed } from '../src/reserved.ts';

/*
 * Runs the sources against real services from a developer's machine: npm run local -- --env <file>
 * It plans. To write, it has to be asked twice: by `--apply`, and by the instance's host name.
 */

const usage = `npm run local -- --env <file> [options]

  --env <file>         inputs and other variables, one a line: INPUT_CLIENT-ID=…  (see CONTRIBUTING.md)
  --apply              write what is planned; asks for the host name of the instance before it does
  --confirm <host>     that host name, for a shell in which nobody can be asked
  --through local-action   run it inside @github/local-action, GitHub's debugger for actions`;

/** What a run leaves in its folder. */
const reports = ['changes.csv', 'plan.json', 'suggested-sync-file.yml', 'summary.md'];
const repository = resolve(import.meta.dirname, '..');
/** npm runs scripts in the folder of the project, wherever they were started. */
const here = process.env['INIT_CWD'] ?? process.cwd();

try {
  const { env, apply, confirm, through, help } = argumentsGiven();
  if (help) console.log(usage);
  else process.exitCode = await runLocally(readVariables(env), { apply, confirm, through });
} catch (thrown) {
  const { message, hint } = asSyncError(thrown);
  console.error(revealed(`${message}\n${hint}`.trimEnd()));
  process.exitCode = 1;
}

interface Asked {
  readonly apply: boolean;
  readonly confirm: string | undefined;
  readonly through: 'local-action' | undefined;
}

function argumentsGiven(): Asked & { readonly env: string; readonly help: boolean } {
  const values = parsedArguments();
  if (values === undefined || (values.through !== undefined && values.through !== 'local-action')) throw wrongArguments();
  if (values.env === undefined && !values.help) throw wrongArguments();
  return { env: values.env ?? '', apply: values.apply, confirm: values.confirm, through: values.through === undefined ? undefined : 'local-action', help: values.help };
}

function parsedArguments() {
  try {
    return parseArgs({
      options: {
        env: { type: 'string' },
        apply: { type: 'boolean', default: false },
        confirm: { type: 'string' },
        through: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    return undefined;
  }
}

function wrongArguments(): SyncError {
  return new SyncError('invalid-input', 'The arguments are wrong.', { hint: `Usage: ${usage}` });
}

function readVariables(path: string): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(resolve(here, path), 'utf8');
  } catch (thrown) {
    throw new SyncError('invalid-input', `${resolve(here, path)} cannot be read (${String(Reflect.get(Object(thrown), 'code'))}).`, {
      hint: 'Write the inputs into it, one a line, such as INPUT_CLIENT-ID=…: CONTRIBUTING.md has one to begin with.',
      cause: thrown,
    });
  }
  const variables = Object.fromEntries(Object.entries(parseEnv(text)).flatMap(([name, value]) => (isOfRunner(name) ? [] : [[name, value ?? '']])));
  const known = [...readInputDefaults(join(repository, 'action.yml')).keys()].map(variableOf);
  for (const name of Object.keys(variables)) {
    if (known.includes(name)) continue;
    const meant = known.find((input) => input === variableOf(name.replace(/^INPUT_/i, '').replaceAll('_', '-'))) ?? (name.startsWith('INPUT_') ? closest(name, known) : undefined);
    if (meant === undefined && !name.startsWith('INPUT_')) continue;
    throw new SyncError('invalid-input', `${path} has ${name}, and the action has no such input.`, {
      hint: meant === undefined ? 'docs/inputs.md lists the inputs.' : `Did you mean ${meant}?`,
    });
  }
  return variables;
}

/** Nothing may make this look like a run on GitHub, whose event could ask for more than a plan. */
function isOfRunner(name: string): boolean {
  return /^(?:GITHUB_(?:EVENT|REF|SHA|ACTIONS|RUN)|ACTIONS_|RUNNER_(?!DEBUG))/.test(name);
}

function variableOf(input: string): string {
  return `INPUT_${input.toUpperCase()}`;
}

async function runLocally(variables: Readonly<Record<string, string>>, asked: Asked): Promise<number> {
  const mode = await modeOf(variables, asked);
  const output = resolve(here, 'local-output');
  mkdirSync(output, { recursive: true });
  removeEarlier(output, resolve(here, variables['INPUT_EXPECTED-PLAN'] ?? ''));
  const folder = mkdtempSync(join(tmpdir(), 'oomnitza-user-sync-'));
  try {
    const files = { GITHUB_OUTPUT: join(folder, 'outputs'), GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const environment = {
      ...ownEnvironment(),
      ...inputVariables(readInputDefaults(join(repository, 'action.yml')), {}, ''),
      'INPUT_REPORT-DIRECTORY': output,
      // Nothing leaves this machine.
      'INPUT_PERSONAL-DATA': 'full',
      ...variables,
      GITHUB_WORKSPACE: here,
      // Where inputs are wrong, the report goes there, and it is to last.
      RUNNER_TEMP: output,
      'INPUT_ARTIFACT-NAME': '',
      INPUT_MODE: mode,
      ...files,
    };
    const exitCode = await runToEnd(asked.through, environment, folder);
    const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
    if (summary !== '') console.log(`\n${renderMarkdown(summary).trim()}`);
    if (exitCode !== 0) console.log('\nHere the inputs come from the file of --env: that is meant where a workflow or a secret is spoken of. There is no OIDC federation.');
    return exitCode;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an earlier run left would pass for the work of this one, unless it is what this one is held to. */
function removeEarlier(folder: string, expectedPlan: string): void {
  for (const path of reports.map((name) => join(folder, name))) {
    if (path !== expectedPlan) rmSync(path, { force: true });
  }
}

/** `apply` takes two words of the user; the second one names what is written to. */
async function modeOf(variables: Readonly<Record<string, string>>, { apply, confirm }: Asked): Promise<string> {
  // The action trims its inputs.
  const given = (variables['INPUT_MODE'] ?? '').trim();
  if (!apply) {
    if (given === 'apply') console.log('The mode is plan: to write, --apply is needed as well.');
    return given === 'apply' || given === 'auto' || given === '' ? 'plan' : harmless(given);
  }
  if (!['', 'auto', 'plan', 'apply'].includes(given)) {
    throw new SyncError('invalid-input', `Nothing was done: --apply writes, and INPUT_MODE is ${JSON.stringify(given)}.`, { hint: 'Leave --apply out, or take INPUT_MODE out of the file.' });
  }
  const host = URL.parse(variables['INPUT_OOMNITZA-URL'] ?? '')?.host ?? '';
  if (host === '') throw new SyncError('invalid-input', 'Nothing was done: INPUT_OOMNITZA-URL is no address.', { hint: 'Give the address of the instance, such as https://example.oomnitza.com.' });
  const typed = confirm ?? (await typedHost(host));
  if (typed.trim() === host) return 'apply';
  throw new SyncError('invalid-input', 'Nothing was done: what was confirmed is not the host of `oomnitza-url`.', {
    hint: 'To write, give --apply, and the host name when asked for it or with --confirm.',
  });
}

/** Only what is known to write nothing goes through without `--apply`. */
function harmless(mode: string): string {
  if (['plan', 'validate', 'suggest', 'watchdog'].includes(mode)) return mode;
  throw new SyncError('invalid-input', `INPUT_MODE is ${JSON.stringify(mode)}, which is no mode.`, { hint: 'It takes plan, validate, suggest or watchdog; to write, give --apply.' });
}

async function typedHost(host: string): Promise<string> {
  if (!process.stdin.isTTY) return '';
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(`This writes to real people's records. Type ${host} to go on: `);
  } finally {
    terminal.close();
  }
}

/** Without what another run of an action, or the shell of a job, may have left there. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:INPUT|GITHUB|RUNNER|ACTIONS)_/.test(name)));
}

/** Prints what a job's log would show: commands to the runner carried out, secrets hidden. */
async function runToEnd(through: Asked['through'], environment: NodeJS.ProcessEnv, folder: string): Promise<number> {
  const reader = new LogReader(environment['RUNNER_DEBUG'] === '1');
  for (const name of secretInputs) {
    const secret = environment[variableOf(name)] ?? '';
    if (secret !== '') reader.read(`::add-mask::${secret.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`);
  }
  const child = through === undefined ? ourselves(environment) : localAction(environment, folder);
  // The child reports what it did, and this process waits for that: it has files to delete. Ctrl-C reaches both; a second
  // signal changes nothing for the child.
  const ends = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => [signal, (): void => void child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)] as const);
  for (const [signal, pass] of ends) process.on(signal, pass);
  const print = (line: string): void => {
    reader.read(line);
    for (const shown of reader.lines.splice(0)) console.log(shown);
  };
  const streams = [child.stdout, child.stderr].map(async (stream) => {
    for await (const line of createInterface({ input: stream })) print(line);
  });
  const ended = new Promise<number>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => { settle(code ?? 1); });
  });
  await Promise.all(streams);
  for (const [signal, pass] of ends) process.off(signal, pass);
  return await ended;
}

function ourselves(environment: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [join(repository, 'src/index.ts')], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** It starts another program by way of a shell, which drops variables with a dash: they have to be in a file. */
function localAction(environment: NodeJS.ProcessEnv, folder: string) {
  const dotenv = join(folder, '.env');
  const inputs = Object.entries(environment).filter(([name]) => name.startsWith('INPUT_'));
  writeFileSync(dotenv, inputs.map(([name, value = '']) => `${name}=${quoted(value)}\n`).join(''), { mode: 0o600 });
  // The programs that it starts have to run on this Node.js.
  const path = [join(repository, 'node_modules/.bin'), environment['PATH'] ?? ''].join(delimiter);
  return spawn(process.execPath, [join(repository, 'node_modules/@github/local-action/bin/local-action.js'), '.', 'src/main.ts', dotenv], {
    cwd: repository,
    env: { ...environment, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** In a file of variables nothing within single quotes has a meaning, and next to nothing within the others. */
function quoted(value: string): string {
  const quote = ["'", '`', '"'].find((candidate) => !value.includes(candidate)) ?? "'";
  return `${quote}${value}${quote}`;
}
