import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PastRun, Sandbox } from '../../sandbox/index.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain, type MainResult } from './run-main.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await trustedSandbox({ people: 2 });
  sandbox.github.permissions.add('issues').add('actions');
  sandbox.github.tracker.assignable.add('ada-it');
});
afterEach(async () => {
  await sandbox.close();
});

function sync(inputs: Readonly<Record<string, string>> = {}, event = 'schedule'): Promise<MainResult> {
  return runMain(sandbox, { inputs: { mode: 'plan', contacts: 'ada-it', ...inputs }, event });
}
const broken = { 'oomnitza-api-token': 'revoked' };

describe('contacts of a sync', () => {
  test('are told once, told of another reason, and told when it is over', async () => {
    const first = await sync(broken);
    expect(first.log).toContain('Contacts: issue 1 was opened.');
    await sync(broken);
    await sync({ 'oomnitza-api-token': '' });
    const [issue] = sandbox.github.tracker.issues;
    expect(issue).toMatchObject({ state: 'open', assignees: ['ada-it'], comments: [expect.stringContaining('another reason')] });
    await sync(broken, 'pull_request');
    await sync({ only: 'nobody@contoso.com' });
    await sync({ mode: 'validate' });
    expect(issue).toMatchObject({ state: 'open' });
    const last = await sync();
    expect(last.log).toContain('Contacts: issue 1 was closed.');
    expect(issue).toMatchObject({ state: 'closed' });
    expect(sandbox.github.tracker.issues).toHaveLength(1);
  });

  test('see several open issues closed by one good run', async () => {
    await sync(broken);
    const [issue] = sandbox.github.tracker.issues;
    if (issue !== undefined) sandbox.github.tracker.open(issue);
    await sync(broken);
    expect(sandbox.github.tracker.issues.map(({ body }) => body.includes('2 runs'))).toEqual([true, false]);
    await sync();
    expect(sandbox.github.tracker.issues.map(({ state }) => state)).toEqual(['closed', 'closed']);
  });

  test('have an issue that is kept up to date and closed where its conversation is locked, too', async () => {
    await sync(broken);
    const [issue] = sandbox.github.tracker.issues;
    if (issue === undefined) throw new Error('no issue was opened');
    issue.locked = true;
    sandbox.github.tracker.assignable.add('bob-it');
    const other = await sync({ 'oomnitza-api-token': '', contacts: 'ada-it, bob-it' });
    expect(other.log).toContain('Contacts: issue 1 was updated.');
    expect(other.log).toMatch(/::warning::Issue 1 takes no comment/);
    expect(other.log).not.toMatch(/not told|issues: write/);
    expect(issue).toMatchObject({ body: expect.stringContaining('<code>invalid-input</code>'), assignees: ['ada-it', 'bob-it'] });
    const last = await sync();
    expect(last.log).toContain('Contacts: issue 1 was closed.');
    expect(last.log).not.toContain('::warning::');
    expect(issue).toMatchObject({ state: 'closed', comments: [] });
  });

  test('are not told of a run that somebody cancelled', async () => {
    const stop = sandbox.requests.onArrival(() => void process.emit('SIGINT'));
    const cancelled = await sync();
    stop();
    expect(cancelled.outputs['failure-reason']).toBe('cancelled');
    expect(sandbox.requests.count({ service: 'github' })).toBe(0);
  });

  test('are assigned one by one, and whom GitHub fails to assign is by the next run', async () => {
    sandbox.github.tracker.assignable.add('bob-it');
    sandbox.faults.add({ service: 'github', path: /assignees/, times: 1, status: 502, body: 'bad' });
    const both = { ...broken, contacts: 'Ada-IT, bob-it' };
    const first = await sync(both);
    expect(first.log).toContain('Contacts: issue 1 was opened.');
    expect(first.log).toMatch(/::warning::Entry 1 of `contacts` was not assigned to issue 1/);
    expect(first.log).not.toContain('not told');
    const [issue] = sandbox.github.tracker.issues;
    expect(issue?.assignees).toEqual(['bob-it']);
    sandbox.requests.clear();
    await sync(both);
    expect(issue?.assignees.map((name) => name.toLowerCase()).sort()).toEqual(['ada-it', 'bob-it']);
    expect(sandbox.requests.count({ service: 'github', path: /assignees/ })).toBe(1);
  });

  test('of a failed apply are told that it is over by an apply alone', async () => {
    await sync({ ...broken, mode: 'apply' });
    await sync(broken);
    const [issue] = sandbox.github.tracker.issues;
    await sync({}, 'workflow_dispatch');
    expect(issue).toMatchObject({ state: 'open' });
    await sync({ mode: 'apply' });
    expect(issue).toMatchObject({ state: 'closed' });
  });

  test('are not told that it is over by a run that is switched off', async () => {
    await sync(broken);
    const [issue] = sandbox.github.tracker.issues;
    await runMain(sandbox, { inputs: { mode: 'plan', contacts: 'ada-it' }, event: 'schedule', syncFile: 'version: 1\nenabled: false\nsync-keys: [email]\n' });
    expect(issue).toMatchObject({ state: 'open' });
    await sync();
    expect(issue).toMatchObject({ state: 'closed' });
  });

  test('have one issue of a sync file, however its path is given', async () => {
    const workspace = join(sandbox.directory, 'workspace');
    await runMain(sandbox, { inputs: { contacts: 'ada-it', 'oomnitza-api-token': '', 'sync-file': join(workspace, '.github/oomnitza-user-sync.yml') }, event: 'schedule', environment: { GITHUB_WORKSPACE: workspace } });
    await sync(broken);
    expect(sandbox.github.tracker.issues).toMatchObject([{ title: expect.stringMatching(/: \.github\/oomnitza-user-sync\.yml$/), body: expect.stringContaining('2 runs') }]);
  });

  test('are told nothing of a run on another branch', async () => {
    const elsewhere = { inputs: { mode: 'plan', contacts: 'ada-it', ...broken }, environment: { GITHUB_REF: 'refs/heads/try-7' } };
    await runMain(sandbox, { ...elsewhere, event: 'workflow_dispatch' });
    expect(sandbox.github.tracker.issues).toEqual([]);
    await runMain(sandbox, { ...elsewhere, event: 'schedule' });
    expect(sandbox.github.tracker.issues).toHaveLength(1);
  });

  test('who cannot all be assigned or told are a warning', async () => {
    const some = await sync({ ...broken, contacts: 'nobody, ada-it' });
    expect(some.log).toMatch(/::warning::Not everybody could be assigned to issue 1: GitHub refused the entry 1 of/);
    // Counted as they stand in the input: twice the same, and then one that is no name at all.
    const later = await sync({ ...broken, contacts: 'ada-it, @Ada-IT,, ada-it\n-x\nnobody' });
    expect(later.log).toContain('GitHub refused the entry 5 of `contacts`.');
    sandbox.github.tracker.enabled = false;
    const none = await sync({ ...broken, contacts: 'nobody' });
    expect(none.log).toMatch(/::warning::The contacts were not told\. Issues are switched off/);
    expect(none.outputs['failure-reason']).toBe('authentication');
  });
});

describe('the watchdog', () => {
  const watch = (inputs: Readonly<Record<string, string>> = {}): Promise<MainResult> => runMain(sandbox, { inputs: { mode: 'watchdog', contacts: 'ada-it', 'watch-workflow': 'sync.yml', ...inputs }, syncFile: null, event: 'schedule' });

  test('tells that a workflow is late, and when it has succeeded again', async () => {
    sandbox.github.workflows.set('sync.yml', { state: 'active', history: [] });
    const late = await watch();
    expect(late.outputs).toMatchObject({ mode: 'watchdog', 'failure-reason': '' });
    expect(late.summary).toMatch(/^## ⏰ The workflow is overdue: it did not start/);
    expect(late.summary).toContain('| Contacts | issue 1 was opened |');
    expect(late.summary).not.toContain('Sync file');
    const now = new Date().toISOString();
    sandbox.github.workflows.set('sync.yml', { state: 'disabled_manually', history: [{ event: 'push', branch: 'main', startedAt: now, status: 'completed', conclusion: 'success' }] });
    const inTime = await watch();
    expect(inTime.summary).toMatch(/^## ✅ The workflow succeeded in time/);
    expect(inTime.summary).toContain('issue 1 was closed');
    expect(inTime.summary).toContain('less than an hour ago');
    expect(inTime.summary).toContain('The workflow is switched off');
  });

  test('says of a run that has just begun that it may end well, and of its end if it does not', async () => {
    const startedAt = new Date(Date.now() - 180_000).toISOString();
    const history = { event: 'schedule', branch: 'main', startedAt } as const;
    sandbox.github.workflows.set('sync.yml', { state: 'active', history: [{ ...history, status: 'in_progress', conclusion: null }] });
    const late = await watch();
    expect(late.summary).toMatch(/^## ⏰ The workflow is overdue: it has not finished yet/);
    const [issue] = sandbox.github.tracker.issues;
    expect(issue?.body).toContain(`still under way, since ${startedAt.slice(0, 16).replace('T', ' ')} UTC`);
    expect(issue?.body).toContain('may still end well');
    sandbox.github.workflows.set('sync.yml', { state: 'active', history: [{ ...history, status: 'completed', conclusion: 'cancelled' }] });
    expect((await watch()).summary).toMatch(/it did not finish/);
    expect(issue?.comments).toEqual([expect.stringContaining('the latest run was cancelled')]);
  });

  test('is quiet while runs come and go, and tells once how they end and once that one hangs', async () => {
    const past = (hours: number, conclusion: string | null): PastRun => ({ event: 'schedule', branch: 'main', startedAt: new Date(Date.now() - hours * 3_600_000).toISOString(), status: conclusion === null ? 'waiting' : 'completed', conclusion });
    const failures = [past(3, 'failure'), past(4, 'failure')];
    const comments = async (...history: readonly PastRun[]): Promise<number | undefined> => {
      sandbox.github.workflows.set('sync.yml', { state: 'active', history: [...history] });
      await watch();
      return sandbox.github.tracker.issues[0]?.comments.length;
    };
    expect([await comments(past(27, 'failure')), await comments(past(1, null)), await comments(past(27, 'failure'))]).toEqual([0, 0, 0]);
    const [issue] = sandbox.github.tracker.issues;
    for (let look = 0; look < 2; look += 1) {
      expect(await comments(past(0.1, null), ...failures)).toBe(1);
      expect(issue?.body).toMatch(/It failed: a run ended with a failure\. Another one still waits to begin/);
      expect(await comments(...failures)).toBe(1);
    }
    expect([await comments(past(0.05, null)), await comments(past(30, null)), await comments(past(300, null))]).toEqual([1, 2, 2]);
    expect(issue?.comments.join('\n')).toMatch(/failure\. Another one still waits[^]*did not finish: a run still waits to begin, since/);
    expect(sandbox.github.tracker.issues).toHaveLength(1);
  });

  test('fails where it cannot look', async () => {
    const unknown = await watch();
    expect(unknown.outputs).toMatchObject({ mode: 'watchdog', 'failure-reason': 'invalid-input' });
    expect(unknown.summary).toMatch(/^## ❌ The watchdog could not do its work: an input of the action is wrong/);
    sandbox.faults.add({ service: 'github', status: 500, headers: { 'retry-after': '0' }, times: Infinity });
    expect((await watch()).summary).toMatch(/GitHub is not available/);
    expect(sandbox.github.tracker.issues).toEqual([]);
  });
});
