import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Attempt, PastRun, Sandbox } from '../../sandbox/index.ts';
import { workflowHistory, type WorkflowHistory } from '../../src/github/index.ts';
import { runEvent } from '../support/github.ts';
import { trustedSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await trustedSandbox();
  sandbox.github.permissions.add('actions');
});
afterEach(async () => {
  await sandbox.close();
});

const at = Date.parse('2026-11-22T08:00:00Z');

/** A start of a run some hours before. */
function attempt(hours: number, conclusion: string | null): Attempt {
  return { startedAt: hoursBefore(hours).toISOString(), status: conclusion === null ? 'in_progress' : 'completed', conclusion };
}

function hoursBefore(hours: number): Date {
  return new Date(at - hours * 3_600_000);
}

function run(latest: Attempt, ...earlier: readonly Attempt[]): PastRun {
  return { event: 'schedule', branch: 'main', ...latest, earlier };
}

async function historyOf(...history: readonly PastRun[]): Promise<WorkflowHistory> {
  sandbox.github.workflows.set('sync.yml', { state: 'active', history: [...history] });
  return await workflowHistory(runEvent({ apiUrl: sandbox.urls.github }), sandbox.github.token, 'sync.yml', hoursBefore(26), new AbortController().signal);
}

function questions(): number {
  return sandbox.requests.all.filter(({ path }) => path.includes('/attempts/')).length;
}

describe('the latest success', () => {
  test('may be an earlier attempt of a run that somebody started again', async () => {
    const { lastSuccess, latest } = await historyOf(run(attempt(1, null), attempt(6, 'success'), attempt(3, 'failure')), run(attempt(2, 'failure'), attempt(5, 'success')));
    expect(lastSuccess).toMatchObject({ startedAt: hoursBefore(5), url: 'https://github.com/contoso/it-automation/actions/runs/8000002/attempts/1', conclusion: 'success' });
    expect(latest.map(({ conclusion }) => conclusion)).toEqual(['', 'failure']);
    expect(questions()).toBe(3);
  });

  test('is looked for among earlier attempts only where none is recent, and as far back as matters', async () => {
    await historyOf(run(attempt(1, 'success')), run(attempt(2, 'failure'), attempt(3, 'success')));
    expect(questions()).toBe(0);
    const old = run(attempt(40, 'success'));
    const again = run(attempt(1, 'failure'), attempt(30, 'success'), attempt(27, 'failure'));
    expect((await historyOf(again, run(attempt(28, 'failure'), attempt(29, 'success')), old)).lastSuccess).toMatchObject({ startedAt: hoursBefore(40) });
    expect(questions()).toBe(1);
  });

  test('is asked for ten times at most', async () => {
    const failures = Array.from({ length: 8 }, () => attempt(3, 'failure'));
    expect((await historyOf(run(attempt(1, 'failure'), ...failures), run(attempt(2, 'failure'), ...failures))).lastSuccess).toBeUndefined();
    expect(questions()).toBe(10);
  });

  test('is not told by an attempt that GitHub has no more', async () => {
    sandbox.faults.add({ service: 'github', path: /attempts/, status: 404 });
    expect((await historyOf(run(attempt(1, 'failure'), attempt(4, 'success'), attempt(3, 'failure')))).lastSuccess).toBeUndefined();
    sandbox.faults.add({ service: 'github', path: /attempts/, status: 403, body: { message: 'Resource not accessible by integration' } });
    await expect(historyOf(run(attempt(1, 'failure'), attempt(4, 'success')))).rejects.toMatchObject({ reason: 'permission' });
  });
});
