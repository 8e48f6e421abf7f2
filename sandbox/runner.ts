import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GitHubSide, type WorkflowRun } from './github/side.ts';
import type { LoggedRequest, RequestLog, Sandbox } from './index.ts';
import { inputVariables, readInputDefaults } from './runner/action-inputs.ts';
import { parseOutputs } from './runner/command-files.ts';
import { completeEvent, type RunEvent } from './runner/event.ts';
import { measuring, readResourceUse } from './runner/measure.ts';
import { LogReader, type Annotation } from './runner/workflow-commands.ts';
import { MINIMAL_SYNC_FILE, SYNC_FILE, writeFiles } from './runner/workspace.ts';

export type { Annotation } from './runner/workflow-commands.ts';
export type { RunEvent } from './runner/event.ts';

const REPOSITORY = resolve(import.meta.dirname, '..');
const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'] as const;

/** What to run, and under which circumstances. */
export interface RunOptions {
  /** Inputs by name, laid over those of the sandbox. An empty text means: not given. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly sandbox?: Sandbox;
  /** Default: `workflow_dispatch` on the default branch. */
  readonly event?: RunEvent;
  /** A folder to run in, or files to write into a new one, the sync file among them unless `syncFile` is given. */
  readonly workspace?: string | Readonly<Record<string, string>>;
  /** Content of `.github/oomnitza-user-sync.yml` in a new workspace. Default: the shortest that works; null: none. */
  readonly syncFile?: string | null;
  /** The workflow run that this is a job of. Default: a new one. */
  readonly run?: WorkflowRun;
  /** Laid over the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The program. Default: `dist/index.js` of the repository. */
  readonly entry?: string;
  /** Where inputs and their defaults are declared. Default: `action.yml` of the repository. */
  readonly actionFile?: string;
  /** A signal to send: some time after the start, or as soon as a request makes the condition true. */
  readonly signal?: {
    readonly name: NodeJS.Signals;
    readonly afterMs?: number;
    readonly whenRequests?: (requests: RequestLog) => boolean;
  };
  /** Kills the run after this long. Default 60 seconds. */
  readonly timeoutMs?: number;
  /** Finds out CPU time and memory. */
  readonly measure?: boolean;
  /** Told of every line of the output as it arrives, with the time of `performance.now()`. */
  readonly onLine?: (line: string, at: number) => void;
  /** As with debug logging switched on. */
  readonly debug?: boolean;
}

/** What a run did. */
export interface RunResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was killed because it took too long. */
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** What a person sees in the job's log: both streams in order, commands carried out, secrets as `***`. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The job summary. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** What the run declared secret, in order. */
  readonly masks: readonly string[];
  /** The workflow run that it was a job of. */
  readonly run: WorkflowRun;
  readonly workspace: string;
  readonly reportDirectory: string;
  /** Requests that reached the sandbox during the run, in order. */
  readonly requests: readonly LoggedRequest[];
  /** Times of `performance.now()`. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly wallMs: number;
  /** From the signal to the end; undefined when none was sent. */
  readonly sinceSignalMs: number | undefined;
  /** With `measure`, unless the run was killed. */
  readonly cpuMs?: number;
  readonly maxRssBytes?: number;
  /** Names of the files in the report directory. */
  files(): string[];
  /** The text of a file in the report directory. */
  file(name: string): string;
}

/** Runs the action as GitHub's runner does: a child process with a clean environment and command files. */
export async function runAction(options: RunOptions): Promise<RunResult> {
  const { sandbox } = options;
  const folder = mkdtempSync(join(sandbox?.directory ?? tmpdir(), 'run-'));
  const workspace = prepareWorkspace(options, folder);
  const usageFile = join(folder, 'usage.json');
  const measured = options.measure ? measuring(usageFile) : { args: [], environment: {} };
  const { environment, run, reportDirectory, file } = prepare(options, folder, workspace);
  const reader = new LogReader(options.debug ?? false);
  const firstRequest = sandbox?.requests.length ?? 0;

  const startedAt = performance.now();
  const child = spawn(process.execPath, [...measured.args, options.entry ?? join(REPOSITORY, 'dist', 'index.js')], {
    cwd: workspace,
    env: { ...environment, ...measured.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = collect(child.stdout, reader, options.onLine);
  const stderr = collect(child.stderr, reader, options.onLine);
  const signalling = armSignal(child, options);
  let timedOut = false;
  const timeout = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, options.timeoutMs ?? 60_000);
  let exitCode: number | null = null;
  let signal: NodeJS.Signals | null = null;
  child.once('exit', (code, by) => {
    exitCode = code;
    signal = by;
  });
  try {
    await once(child, 'close');
  } finally {
    clearTimeout(timeout);
    signalling.disarm();
  }
  const endedAt = performance.now();

  return {
    exitCode,
    signal,
    timedOut,
    stdout: stdout(),
    stderr: stderr(),
    log: reader.lines.join('\n'),
    outputs: parseOutputs(file('GITHUB_OUTPUT')),
    summary: file('GITHUB_STEP_SUMMARY'),
    annotations: reader.annotations,
    masks: reader.masks,
    run,
    workspace,
    reportDirectory,
    requests: sandbox?.requests.all.slice(firstRequest) ?? [],
    startedAt,
    endedAt,
    wallMs: endedAt - startedAt,
    sinceSignalMs: signalling.sentAt === undefined ? undefined : endedAt - signalling.sentAt,
    ...(options.measure ? readResourceUse(usageFile) : {}),
    files: () => readdirSync(reportDirectory, { withFileTypes: true }).flatMap((each) => (each.isFile() ? [each.name] : [])).sort(),
    file: (name) => readFileSync(join(reportDirectory, name), 'utf8'),
  };
}

function prepareWorkspace({ workspace, syncFile }: RunOptions, folder: string): string {
  if (typeof workspace === 'string') return workspace;
  const path = join(folder, 'workspace');
  mkdirSync(path);
  const content = syncFile ?? (workspace === undefined && syncFile !== null ? MINIMAL_SYNC_FILE : undefined);
  writeFiles(path, { ...workspace, ...(content === undefined ? {} : { [SYNC_FILE]: content }) });
  return path;
}

function prepare(options: RunOptions, folder: string, workspace: string) {
  const github = options.sandbox?.github ?? new GitHubSide();
  const run = options.run ?? github.startRun();
  const event = completeEvent(options.event ?? { name: 'workflow_dispatch' }, github);
  run.trigger = { event: event.environment['GITHUB_EVENT_NAME'] ?? '', ref: event.environment['GITHUB_REF'] ?? '' };
  const eventFile = join(folder, 'event.json');
  writeFileSync(eventFile, JSON.stringify(event.payload));
  const makeFolder = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  const [home, temp, commands] = [makeFolder('home'), makeFolder('temp'), makeFolder('commands')];
  const commandFile = (name: string): string => join(commands, name.toLowerCase());
  for (const name of COMMAND_FILES) writeFileSync(commandFile(name), '');

  const given = options.sandbox?.inputs(options.inputs) ?? options.inputs ?? {};
  const defaults = readInputDefaults(options.actionFile ?? join(REPOSITORY, 'action.yml'));
  const variables: Record<string, string | undefined> = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'sync',
    GITHUB_ACTOR: 'octocat',
    GITHUB_WORKFLOW: 'Oomnitza user sync',
    GITHUB_JOB: 'sync',
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_NUMBER: String(run.number),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_PATH: eventFile,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'sandbox',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: temp,
    ...(options.debug ? { RUNNER_DEBUG: '1' } : {}),
    ...event.environment,
    ...Object.fromEntries(COMMAND_FILES.map((name) => [name, commandFile(name)])),
    ...options.sandbox?.environment(run),
    ...inputVariables(defaults, given, github.token),
    ...options.env,
  };
  const environment = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
  const asked = given['report-directory'];
  return {
    environment,
    run,
    reportDirectory: asked ? resolve(workspace, asked) : join(temp, 'oomnitza-user-sync', 'sync'),
    file: (name: (typeof COMMAND_FILES)[number]) => readFileSync(commandFile(name), 'utf8'),
  };
}

/** Reads a stream to its end, whole lines into the reader; the returned function gives all of it. */
function collect(stream: NodeJS.ReadableStream, reader: LogReader, onLine: RunOptions['onLine']): () => string {
  let whole = '';
  let line = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    whole += chunk;
    const lines = (line + chunk).split(/\r?\n/);
    line = lines.pop() ?? '';
    for (const complete of lines) {
      reader.read(complete);
      onLine?.(complete, performance.now());
    }
  });
  stream.on('end', () => {
    if (line !== '') reader.read(line);
  });
  return () => whole;
}

/** A signal that is to be sent, and when it was. */
interface Signalling {
  sentAt: number | undefined;
  disarm(): void;
}

function armSignal(child: ChildProcess, { signal, sandbox }: RunOptions): Signalling {
  if (signal === undefined) return { sentAt: undefined, disarm: () => undefined };
  const send = (): void => {
    signalling.sentAt = performance.now();
    child.kill(signal.name);
  };
  const timer = signal.afterMs === undefined ? undefined : setTimeout(send, signal.afterMs);
  const { whenRequests } = signal;
  const unsubscribe = whenRequests && sandbox?.requests.onArrival(() => {
    if (!whenRequests(sandbox.requests)) return;
    unsubscribe?.();
    send();
  });
  const signalling: Signalling = {
    sentAt: undefined,
    disarm: () => {
      clearTimeout(timer);
      unsubscribe?.();
    },
  };
  return signalling;
}
