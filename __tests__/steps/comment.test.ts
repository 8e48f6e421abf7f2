import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { COMMITS, PULL_REQUEST, type Sandbox } from '../../sandbox/index.ts';
import { SYNC_FILE } from '../e2e/support/proposals.ts';
import { readable } from '../e2e/support/readable.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain, type MainOptions, type MainResult } from './run-main.ts';

const before = 'version: 1\nsync-keys: [email]\n';
const after = `${before}fields: { cost_center: employeeId }\n`;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await trustedSandbox({ people: 0 });
  sandbox.github.permissions.add('pull-requests');
  sandbox.tenant.addUser({ displayName: 'Ada Byron', employeeId: 'CC-1' });
  sandbox.syncAll();
  sandbox.github.propose({ [SYNC_FILE]: before }, { [SYNC_FILE]: after });
});
afterEach(async () => {
  jest.useRealTimers();
  await sandbox.close();
});

const commented = (options: MainOptions = {}): Promise<MainResult> => runMain(sandbox, { event: 'pull_request', syncFile: after, ...options });
const bodies = (): readonly string[] => sandbox.github.comments.map(({ body }) => readable(body));

describe('an earlier comment is brought up to date', () => {
  test.each([{ concurrency: '99' }, { comment: 'sometimes' }, { mode: 'destroy' }, { 'oomnitza-api-token': '' }])('by a run whose inputs are wrong: %j', async (inputs) => {
    await commented();
    await commented({ inputs });
    expect(bodies()).toEqual([expect.stringContaining('Failure reason: invalid-input.')]);
    await commented({ inputs: { ...inputs, comment: 'never' } });
    expect(bodies()).toHaveLength(1);
  });

  test('by a run that ends by its limit of time, which is no reason for GitHub to be asked in a hurry', async () => {
    await commented();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    sandbox.faults.add({ service: 'graph', path: '/v1.0/users', hang: true, times: Infinity });
    const stop = sandbox.requests.onArrival(() => {
      if (sandbox.requests.all.at(-1)?.path.startsWith('/v1.0/users') === true) jest.advanceTimersByTime(60_000 + 4_500);
    });
    const result = await commented({ inputs: { 'timeout-minutes': '1' } });
    stop();
    expect(result.outputs['failure-reason']).toBe('timeout');
    expect(bodies()).toEqual([expect.stringContaining('Failure reason: timeout.')]);
  });

  test('by a run that is cancelled, which makes none', async () => {
    const cancelled = async (): Promise<void> => {
      const stop = sandbox.requests.onArrival(() => {
        if (sandbox.requests.all.at(-1)?.service === 'github') process.emit('SIGTERM');
      });
      expect((await commented({ inputs: { comment: 'always' } })).outputs['failure-reason']).toBe('cancelled');
      stop();
    };
    await cancelled();
    expect(bodies()).toEqual([]);
    await commented();
    await cancelled();
    expect(bodies()).toEqual([expect.stringContaining('Failure reason: cancelled.')]);
  });

  test('and names the commit that it is about, so that an old run is told from a new one', async () => {
    await commented();
    expect(bodies()[0]).toContain(`Commit ${COMMITS.head.slice(0, 7)} `);
  });

  test('also where its path is absolute', async () => {
    const at = { environment: { GITHUB_WORKSPACE: '/w' } };
    await commented();
    await commented({ ...at, inputs: { concurrency: '99', 'sync-file': `/w/${SYNC_FILE}` } });
    expect(bodies()).toEqual([expect.stringContaining(SYNC_FILE)]);
    await commented({ ...at, inputs: { concurrency: '99', 'sync-file': '../other.yml' } });
    expect(bodies()).toHaveLength(2);
  });
});

test('a renamed sync file keeps the comment that it had', async () => {
  sandbox.github.propose({ 'old.yml': before }, { [SYNC_FILE]: after }, [{ filename: SYNC_FILE, status: 'renamed', previous_filename: 'old.yml' }]);
  // The sandbox adds to what was there before; here it is nowhere else.
  sandbox.faults.add({ service: 'github', path: /oomnitza-user-sync\.yml\?ref=/, status: 404, body: { message: 'Not Found' } });
  sandbox.github.comment(PULL_REQUEST, 'github-actions[bot]', '<!-- oomnitza-user-sync:old.yml -->\nbefore it was renamed');
  await commented();
  expect(bodies()).toEqual([expect.stringMatching(/^<!-- oomnitza-user-sync:\.github.*\n<!-- oomnitza-user-sync:old\.yml -->\n### /)]);
});

describe('a sync file that is renamed to another path', () => {
  const other = { files: { 'people.yml': after }, inputs: { 'sync-file': 'people.yml' } };
  const rename = (base: string): void => { sandbox.github.propose({ [SYNC_FILE]: base }, { 'people.yml': after }, [{ filename: 'people.yml', status: 'renamed', previous_filename: SYNC_FILE }]); };

  test.each([
    ['is not valid', 'version: 1\nsync-keys: [emial]\n', {}],
    ['is good, while inputs are wrong', before, { 'oomnitza-api-token': '' }],
  ])('keeps its comment also where the one of the base %s', async (_what, base, inputs) => {
    await commented({ inputs: { 'oomnitza-api-token': '' } });
    expect(bodies()).toHaveLength(1);
    rename(base);
    await commented({ ...other, inputs: { ...other.inputs, ...inputs } });
    expect(bodies()).toEqual([expect.stringMatching(/^<!-- oomnitza-user-sync:people\.yml -->\n[^]*Sync file people\.yml/)]);
  });

  test('and back again, or on to a third one, keeps it too', async () => {
    rename(before);
    await commented(other);
    expect(bodies()).toEqual([expect.stringContaining('Sync file people.yml')]);
    sandbox.github.propose({ [SYNC_FILE]: before }, { 'third.yml': after }, [{ filename: 'third.yml', status: 'renamed', previous_filename: SYNC_FILE }]);
    await commented({ files: { 'third.yml': after }, inputs: { 'sync-file': 'third.yml' } });
    expect(bodies()).toEqual([expect.stringContaining('Sync file third.yml')]);
    sandbox.github.propose({ [SYNC_FILE]: before }, {});
    await commented({ syncFile: before });
    expect(bodies()).toEqual([expect.stringContaining('The sync file is not changed here')]);
    await commented({ syncFile: before });
    expect(bodies()).toEqual([expect.stringMatching(/^<!-- oomnitza-user-sync:\.github\S+ -->\n###/)]);
  });
});

describe('of two sync files neither takes the comment of the other', () => {
  const firstLines = (): readonly string[] => bodies().map((body) => `${/:(\S+) -->/.exec(body)?.[1] ?? ''} ${/### (.)/u.exec(body)?.[1] ?? ''}`).toSorted();
  const at = (path: string): MainOptions => ({ syncFile: null, files: { 'eu.yml': after, 'us.yml': after }, inputs: { 'sync-file': path } });
  const split = (...[eu, us]: readonly (string | undefined)[]): void => {
    const changed = (filename: string, from: string | undefined) => ({ filename, ...(from === undefined ? { status: 'added' as const } : { status: 'renamed' as const, previous_filename: from }) });
    sandbox.github.propose({ 'people.yml': before }, { 'eu.yml': after, 'us.yml': after }, [changed('eu.yml', eu), changed('us.yml', us)]);
  };

  test.each([[['eu.yml', 'people.yml']], [['people.yml', 'eu.yml']]])('where a job still has the path before: %j', async (jobs) => {
    split('people.yml');
    for (const path of jobs) await commented(at(path));
    for (const path of jobs) await commented(at(path));
    expect(firstLines()).toEqual(['eu.yml 📋', 'people.yml ❌']);
    const ids = sandbox.github.comments.map(({ id }) => id);
    for (const path of jobs) await commented(at(path));
    expect(sandbox.github.comments.map(({ id }) => id)).toEqual(ids);
    expect(firstLines()).toEqual(['eu.yml 📋', 'people.yml ❌']);
  });

  test.each([[['us.yml']], [[]]])('where one became two, and GitHub takes now the one and now the other for the same: %j', async (told) => {
    split('people.yml');
    for (const path of ['eu.yml', ...told]) await commented(at(path));
    for (const pair of [[undefined, 'people.yml'], ['people.yml'], [undefined, 'people.yml']]) {
      split(...pair);
      await commented(at('us.yml'));
      expect(bodies()).toEqual([expect.stringContaining('Sync file eu.yml'), expect.stringContaining('Sync file us.yml')]);
      await commented(at('eu.yml'));
      expect(bodies()).toEqual([expect.stringContaining('Sync file eu.yml'), expect.stringContaining('Sync file us.yml')]);
    }
  });

  test('where GitHub does not say whether the other is still there', async () => {
    split('people.yml');
    await commented(at('eu.yml'));
    sandbox.github.propose({ 'people.yml': before }, { 'people.yml': after });
    sandbox.faults.add({ service: 'github', path: /eu\.yml/, status: 403, body: { message: 'no' } });
    await commented({ files: { 'people.yml': after }, inputs: { 'sync-file': 'people.yml' } });
    expect(bodies()).toEqual([expect.stringContaining('Sync file eu.yml'), expect.stringContaining('Sync file people.yml')]);
  });
});

test.each(['suggest', 'watchdog'])('mode %s comments on nothing', async (mode) => {
  await commented({ inputs: { mode, comment: 'always', 'watch-workflow': 'x.yml', contacts: 'octocat' } });
  await commented({ inputs: { mode, comment: 'always', concurrency: '99' } });
  expect(bodies()).toEqual([]);
});

describe('a comment that GitHub does not take', () => {
  test.each([
    [403, 'Unable to create comment because issue is locked.', false],
    [403, 'Resource not accessible by integration', true],
    [404, 'Not Found', true],
  ])('is a warning, with advice where it helps: %i %s', async (status, message, isAdvised) => {
    sandbox.faults.add({ service: 'github', method: 'POST', path: /comments/, status, body: { message } });
    const { log, outputs } = await commented();
    expect(outputs['failure-reason']).toBe('');
    expect(log).toContain(`::warning::The pull request was not commented on (${message}`);
    expect(log.includes('pull-requests: write')).toBe(isAdvised);
  });

  test('since it was deleted meanwhile is made anew', async () => {
    await commented();
    sandbox.faults.add({ service: 'github', method: 'PATCH', path: /comments/, status: 404, body: { message: 'Not Found' } });
    expect((await commented()).log).not.toContain('::warning::');
    expect(bodies()).toHaveLength(2);
  });
});
