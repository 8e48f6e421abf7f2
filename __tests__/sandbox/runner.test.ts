import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { isRecord } from '../../sandbox/http/exchange.ts';
import { runAction, type RunOptions, type RunResult } from '../../sandbox/runner.ts';
import { parseOutputs } from '../../sandbox/runner/command-files.ts';
import { LogReader } from '../../sandbox/runner/workflow-commands.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 3 });
});
afterAll(() => sandbox.close());

const run = (options: RunOptions = {}): Promise<RunResult> =>
  runAction({ sandbox, entry: join(FIXTURES, 'action.ts'), actionFile: join(FIXTURES, 'action.yml'), ...options });

function seen(result: RunResult): Record<string, unknown> {
  const written: unknown = JSON.parse(result.file('seen.json'));
  return isRecord(written) ? written : {};
}

describe('what the action gets', () => {
  test('a clean environment', async () => {
    process.env['SANDBOX_TEST_LEAK'] = 'x';
    const { env, cwd } = seen(await run());
    expect(env).not.toHaveProperty('SANDBOX_TEST_LEAK');
    expect(env).toMatchObject({
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REPOSITORY: 'contoso/it-automation',
      GITHUB_API_URL: sandbox.urls.github,
      GITHUB_WORKSPACE: cwd,
      NODE_EXTRA_CA_CERTS: sandbox.caFile,
    });
  });

  test('inputs, with the defaults of those that are not given', async () => {
    const { env } = seen(await run({ inputs: { extra: 'x', 'oomnitza-api-token': '' } }));
    expect(env).toMatchObject({
      'INPUT_OOMNITZA-API-TOKEN': '',
      INPUT_EXTRA: 'x',
      INPUT_CODE: '0',
      INPUT_WITH_SPACE: 'yes',
      'INPUT_GITHUB-TOKEN': sandbox.github.token,
      'INPUT_TENANT-ID': sandbox.tenant.tenantId,
    });
  });

  test('the event', async () => {
    const { env, event } = seen(await run({ event: { name: 'pull_request', payload: { action: 'opened' } } }));
    expect(env).toMatchObject({ GITHUB_REF: 'refs/pull/7/merge', GITHUB_BASE_REF: 'main', GITHUB_REF_NAME: '7/merge' });
    expect(event).toMatchObject({
      action: 'opened',
      repository: { full_name: 'contoso/it-automation', default_branch: 'main' },
      pull_request: { number: 7, head: { repo: { fork: false } }, base: { ref: 'main' } },
    });
  });

  test.each([
    ['schedule', 'refs/heads/main', { schedule: expect.any(String) }],
    ['push', 'refs/heads/main', { ref: 'refs/heads/main', before: expect.any(String) }],
    ['merge_group', expect.stringContaining('gh-readonly-queue'), { merge_group: { base_ref: 'refs/heads/main' } }],
  ])('a %s', async (name, ref, payload) => {
    const { env, event } = seen(await run({ event: { name } }));
    expect(env).toMatchObject({ GITHUB_EVENT_NAME: name, GITHUB_REF: ref });
    expect(event).toMatchObject(payload);
  });

  test('variables on top, or none', async () => {
    const { env } = seen(await run({ env: { GITHUB_RUN_ATTEMPT: '2', ACTIONS_RUNTIME_TOKEN: undefined }, debug: true }));
    expect(env).toMatchObject({ GITHUB_RUN_ATTEMPT: '2', RUNNER_DEBUG: '1' });
    expect(env).not.toHaveProperty('ACTIONS_RUNTIME_TOKEN');
  });
});

describe('what comes back', () => {
  test('exit code, outputs, summary, files', async () => {
    const result = await run({ inputs: { code: '4' } });
    expect(result).toMatchObject({
      exitCode: 4,
      signal: null,
      timedOut: false,
      outputs: { plain: 'a=b', long: 'one\ntwo', empty: '' },
      summary: '# Done\n',
    });
    expect(result.files()).toEqual(['seen.json']);
    expect(result.wallMs).toBeGreaterThan(0);
  });

  test('both streams, and the log a person sees', async () => {
    const result = await run({ inputs: { say: '::add-mask::hush|::group::Reading|it is hush|::endgroup::', complain: 'oh hush' } });
    expect(result.stdout).toContain('::add-mask::hush');
    expect(result.stderr).toBe('oh hush\n');
    expect(result.masks).toEqual(['hush']);
    expect(result.log.split('\n').sort()).toEqual(['it is ***', 'oh ***', '▸ Reading']);
  });

  test('the requests of this run, and no others', async () => {
    const call = `${sandbox.urls.oomnitza}/api/v3/users?limit=1`;
    await run({ inputs: { call } });
    const result = await run({ inputs: { call } });
    expect(result.log).toContain('answered 200');
    expect(result.requests).toMatchObject([{ service: 'oomnitza', query: { limit: '1' } }]);
    expect(result.requests[0]?.headers['authorization2']).toBe(CREDENTIALS.apiToken);
  });

  test('CPU time and memory, when asked for', async () => {
    const result = await run({ measure: true });
    expect(result.cpuMs).toBeGreaterThan(5);
    expect(result.maxRssBytes).toBeGreaterThan(20e6);
    expect(seen(result).env).not.toHaveProperty('SANDBOX_RESOURCE_REPORT');
    expect(await run()).not.toHaveProperty('cpuMs');
  });
});

describe('ends', () => {
  const users = (): string => `${sandbox.urls.oomnitza}/api/v3/users`;
  const whenRead: RunOptions['signal'] = { name: 'SIGTERM', whenRequests: (requests) => requests.count({ path: '/api/v3/users' }) > 0 };

  test('a signal, as soon as a request has come', async () => {
    sandbox.requests.clear();
    const result = await run({ inputs: { call: users(), wait: 'yes' }, signal: whenRead });
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGTERM', timedOut: false });
  });

  test('a signal that the action handles', async () => {
    sandbox.requests.clear();
    const result = await run({ inputs: { call: users(), wait: 'yes' }, signal: { ...whenRead, name: 'SIGINT' } });
    expect(result).toMatchObject({ exitCode: 3, signal: null });
    expect(result.log).toContain('interrupted');
  });

  test('a signal, after a time', async () => {
    const result = await run({ inputs: { wait: 'yes' }, signal: { name: 'SIGKILL', afterMs: 1 } });
    expect(result).toMatchObject({ signal: 'SIGKILL', timedOut: false });
  });

  test('a run that takes too long', async () => {
    const result = await run({ inputs: { wait: 'yes' }, timeoutMs: 1 });
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true });
  });
});

describe('the log reader', () => {
  function reader(...lines: string[]): LogReader {
    const log = new LogReader(false);
    for (const line of lines) log.read(line);
    return log;
  }

  test('undoes the escapes of annotations', () => {
    const { annotations } = reader('::error title=a%3A b%2C c,file=.github/x.yml,line=3,endLine=4,col=5,endColumn=6::50%25%0Atwo');
    expect(annotations).toEqual([
      { level: 'error', message: '50%\ntwo', title: 'a: b, c', file: '.github/x.yml', line: 3, endLine: 4, col: 5, endColumn: 6 },
    ]);
  });

  test('hides each line of a secret, from then on', () => {
    const { lines, masks } = reader('one', '::add-mask::one%0Atwo', 'one and two', '::warning::two');
    expect(lines).toEqual(['one', '*** and ***', 'Warning: ***']);
    expect(masks).toEqual(['one\ntwo']);
  });

  test('shows commands that are none, and those between stop and resume', () => {
    const { lines, annotations } = reader('::nonsense::x', '::stop-commands::t0k', '::error::not one', '::t0k::', '::notice::n');
    expect(lines).toEqual(['::nonsense::x', '::error::not one', 'Notice: n']);
    expect(annotations).toHaveLength(1);
  });

  test('shows debug lines only when asked to', () => {
    expect(reader('::debug::x').lines).toEqual([]);
  });
});

test('a file of outputs that is broken is not read over', () => {
  expect(() => parseOutputs('a<<END\nx\n')).toThrow(/no end/);
  expect(() => parseOutputs('nonsense\n')).toThrow(/not an output/);
});
