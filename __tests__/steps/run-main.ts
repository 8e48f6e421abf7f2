import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { jest } from '@jest/globals';
import '../support/one-realm.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { inputVariables, readInputDefaults } from '../../sandbox/runner/action-inputs.ts';
import { parseOutputs } from '../../sandbox/runner/command-files.ts';
import { completeEvent } from '../../sandbox/runner/event.ts';
import { run } from '../../src/main.ts';

export interface MainOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** `null`: there is none. */
  readonly syncFile?: string | null;
  /** More files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly event?: string;
  /** Laid over the payload of the event. */
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface MainResult {
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly exitCode: typeof process.exitCode;
  readonly reportDirectory: string;
  file(name: string): string;
}

/** `@actions/core` looks for its path once in the life of a process. */
const summaryFile = join(mkdtempSync(join(tmpdir(), 'summary-')), 'summary.md');

/** Runs the pipeline in this process, where its coverage can be seen; the end-to-end tests run the bundle. */
export async function runMain(sandbox: Sandbox, options: MainOptions = {}): Promise<MainResult> {
  const folder = mkdtempSync(join(sandbox.directory, 'main-'));
  const workspace = join(folder, 'workspace');
  const syncFile = join(workspace, '.github/oomnitza-user-sync.yml');
  mkdirSync(dirname(syncFile), { recursive: true });
  const text = options.syncFile === undefined ? 'version: 1\nsync-keys: [email]\n' : options.syncFile;
  if (text !== null) writeFileSync(syncFile, text);
  for (const [path, content] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), content);
  }
  const event = completeEvent({ name: options.event ?? 'workflow_dispatch', payload: options.payload ?? {} }, sandbox.github);
  const files = { GITHUB_EVENT_PATH: join(folder, 'event.json'), GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: summaryFile };
  writeFileSync(files.GITHUB_EVENT_PATH, JSON.stringify(event.payload));
  writeFileSync(files.GITHUB_OUTPUT, '');
  writeFileSync(files.GITHUB_STEP_SUMMARY, '');
  const defaults = readInputDefaults(resolve(import.meta.dirname, '../../action.yml'));
  const environment = {
    ...event.environment,
    ...files,
    ...sandbox.environment(),
    GITHUB_WORKSPACE: workspace,
    GITHUB_ACTION: 'sync',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    RUNNER_TEMP: join(folder, 'temp'),
    ...inputVariables(defaults, sandbox.inputs({ 'artifact-name': '', ...options.inputs }), sandbox.github.token),
    ...options.environment,
  };
  const log = await withEnvironment(environment);
  const reportDirectory = join(folder, 'temp/oomnitza-user-sync/sync');
  return {
    ...log,
    outputs: parseOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    reportDirectory,
    file: (name) => readFileSync(join(reportDirectory, name), 'utf8'),
  };
}

async function withEnvironment(environment: Readonly<Record<string, string>>): Promise<Pick<MainResult, 'log' | 'exitCode'>> {
  const before = { ...process.env };
  const chunks: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    chunks.push(String(chunk));
    return true;
  });
  Object.assign(process.env, environment);
  process.exitCode = undefined;
  try {
    await run();
    return { log: chunks.join(''), exitCode: process.exitCode };
  } finally {
    process.exitCode = undefined;
    write.mockRestore();
    for (const name of Object.keys(environment)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}
