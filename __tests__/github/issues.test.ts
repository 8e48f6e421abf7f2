import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { SyncError } from '../../src/errors.ts';
import { connectIssues, workflowHistory, type Issues } from '../../src/github/index.ts';
import { runEvent } from '../support/github.ts';
import { nobodyAt } from '../support/loopback.ts';
import { trustedSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await trustedSandbox();
  sandbox.github.permissions.add('issues').add('actions');
});
afterEach(async () => {
  await sandbox.close();
});

const never = new AbortController().signal;
const mark = { subject: 'sync-file a --> <b>.yml', cause: 'internal', since: '2026-11-22T05:17:00.000Z', times: 2 };

function issues(token = sandbox.github.token, apiUrl = sandbox.urls.github, signal = never): Issues {
  return connectIssues(runEvent({ apiUrl }), token, signal);
}

describe('issues', () => {
  test('are found again by what they are about, the oldest first, while they are open', async () => {
    const [first, second, other] = [await issues().create('One', 'x', mark), await issues().create('Two', 'x', mark), await issues().create('Three', 'x', { ...mark, subject: 'another' })];
    expect(await issues().openAbout(mark.subject)).toEqual([{ number: first, mark, assignees: [] }, { number: second, mark, assignees: [] }]);
    expect(sandbox.github.tracker.issues[0]?.body).toMatch(/^<!-- [^>]*[^-]-->\nx$/);
    await issues().close(first);
    await issues().update(second, 'y', { ...mark, times: 3 });
    expect(await issues().openAbout(mark.subject)).toEqual([{ number: second, mark: { ...mark, times: 3 }, assignees: [] }]);
    expect((await issues().openAbout('another')).map(({ number }) => number)).toEqual([other]);
  });

  test('of others are left alone, unless they may write to the repository', async () => {
    await issues().create('One', 'x', mark);
    const { tracker } = sandbox.github;
    const sketch = { title: 'Two', body: tracker.issues[0]?.body ?? '', labels: ['oomnitza-user-sync'] };
    for (const association of ['NONE', 'CONTRIBUTOR', 'MEMBER'] as const) tracker.open(sketch, { login: 'mallory', type: 'User', association });
    tracker.open(sketch, { login: 'other-app[bot]', type: 'Bot', association: 'NONE' });
    for (const body of ['', `> ${sketch.body}`, '<!-- oomnitza-user-sync {} -->', '<!-- oomnitza-user-sync {nonsense} -->']) tracker.open({ ...sketch, body });
    expect((await issues().openAbout(mark.subject)).map(({ number }) => number)).toEqual([1, 4]);
  });

  test('are no pull requests', async () => {
    await issues().create('One', 'x', mark);
    sandbox.faults.add({ service: 'github', path: /issues\?/, replace: (listed) => (Array.isArray(listed) ? listed.map((issue: object) => ({ ...issue, pull_request: { url: 'https://github.com' } })) : listed) });
    expect(await issues().openAbout(mark.subject)).toEqual([]);
  });

  test('without text or author are none of ours', async () => {
    await issues().create('One', 'x', mark);
    for (const gone of [{ user: null }, { body: null }]) {
      sandbox.faults.add({ service: 'github', replace: (listed) => (Array.isArray(listed) ? listed.map((issue: object) => ({ ...issue, author_association: 'NONE', ...gone })) : listed) });
      expect(await issues().openAbout(mark.subject)).toEqual([]);
    }
  });

  test('take those who can be assigned', async () => {
    const number = await issues().create('One', 'x', mark);
    sandbox.github.tracker.assignable.add('Ada');
    sandbox.github.tracker.strangers.add('bob');
    expect([await issues().assign(number, 'ada'), await issues().assign(number, 'bob'), await issues().assign(number, 'nobody')]).toEqual([true, false, false]);
    sandbox.faults.add({ service: 'github', status: 503 });
    await expect(issues().assign(number, 'ada')).rejects.toMatchObject({ reason: 'target-unavailable' });
  });
});

describe('what GitHub does not answer', () => {
  const cases: readonly (readonly [number, string, string])[] = [
    [401, 'authentication', 'github-token'],
    [403, 'permission', 'archived'],
    [404, 'permission', 'issues: write'],
    [410, 'permission', 'Settings'],
    [429, 'target-unavailable', 'later'],
    [502, 'target-unavailable', 'later'],
  ];
  test.each(cases)('has a reason and a hint: %i', async (status, reason, hint) => {
    sandbox.faults.add({ service: 'github', times: Infinity, headers: { 'retry-after': '0' }, status, body: { message: 'words of the server' } });
    const refusal = issues().openAbout('x');
    await expect(refusal).rejects.toMatchObject({ reason, hint: expect.stringContaining(hint) });
    await expect(refusal).rejects.toThrow(/^(?!.*words of the server)/);
  });

  test('may be what a permission would allow', async () => {
    sandbox.github.permissions.delete('issues');
    await expect(issues().openAbout('x')).rejects.toMatchObject({ reason: 'permission', hint: expect.stringContaining('`issues: write`') });
    await expect(issues().comment(1, 'x')).rejects.toMatchObject({ reason: 'permission', hint: expect.stringContaining('`issues: write`') });
  });

  test.each(['You have exceeded a secondary rate limit.', 'You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.'])('may be a limit of its rate: %s', async (message) => {
    sandbox.faults.add({ service: 'github', status: 403, body: { message } });
    await expect(issues().openAbout('x')).rejects.toMatchObject({ reason: 'target-unavailable' });
    // A comment that comes later is one all the same.
    sandbox.faults.add({ service: 'github', status: 403, body: { message } });
    await expect(issues().comment(1, 'x')).rejects.toMatchObject({ reason: 'target-unavailable' });
  });

  test.each([
    ['Unable to create comment because issue is locked.', false],
    ['Repository was archived so is read-only.', false],
    ['Must have admin rights to Repository.', 'permission'],
    ['You are blocked.', 'permission'],
  ])('may be that nothing more can be said, and is taken for that only where GitHub says so: %s', async (message, answer) => {
    sandbox.faults.add({ service: 'github', status: 403, body: { message } });
    expect(await issues().comment(1, 'x').catch((thrown: unknown) => (thrown instanceof SyncError ? thrown.reason : thrown))).toBe(answer);
  });

  test('may be nobody’s fault but that of the network or the token', async () => {
    const { origin } = await nobodyAt();
    await expect(issues(sandbox.github.token, origin).openAbout('x')).rejects.toMatchObject({ reason: 'target-unavailable', hint: expect.stringContaining('reaches') });
    await expect(issues('').openAbout('x')).rejects.toThrow('`github-token` is empty');
  });

  test('is given up with the run', async () => {
    const reason = new SyncError('cancelled', 'The run was cancelled.');
    for (const ask of [(signal: AbortSignal) => issues(sandbox.github.token, sandbox.urls.github, signal).openAbout('x'), (signal: AbortSignal) => workflowHistory(runEvent({ apiUrl: sandbox.urls.github }), sandbox.github.token, 'sync.yml', new Date(), signal)]) {
      const run = new AbortController();
      const stop = sandbox.requests.onArrival(() => { run.abort(reason); });
      sandbox.faults.add({ service: 'github', hang: true });
      await expect(ask(run.signal)).rejects.toBe(reason);
      stop();
    }
  });
});

test('a token of a public repository needs no permission to see how workflows did', async () => {
  sandbox.github.permissions.delete('actions');
  sandbox.github.workflows.set('sync.yml', { state: 'active', history: [] });
  const ask = () => workflowHistory(runEvent({ apiUrl: sandbox.urls.github, defaultBranch: undefined }), sandbox.github.token, 'sync.yml', new Date(), never);
  await expect(ask()).rejects.toMatchObject({ reason: 'permission' });
  sandbox.github.repository.visibility = 'public';
  expect(await ask()).toEqual({ state: 'active', latest: [], lastSuccess: undefined });
  // GitHub's own description lets these be missing.
  const startedAt = '2026-11-22T05:17:00Z';
  sandbox.github.workflows.get('sync.yml')?.history.push({ event: 'push', branch: 'main', startedAt, status: 'queued', conclusion: null });
  const url = 'https://github.com/contoso/it-automation/actions/runs/1';
  const bare = { workflow_runs: [{ created_at: startedAt, html_url: url, status: null, conclusion: null }] };
  sandbox.faults.add({ service: 'github', path: /runs\?.*event=push/, replace: () => bare });
  expect((await ask()).latest).toMatchObject([{ startedAt: new Date(startedAt), url, status: '', conclusion: '' }]);
});
