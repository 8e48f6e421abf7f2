import { expect } from '@jest/globals';
import type { PastRun } from '../../../sandbox/index.ts';
import { issueText } from '../support/issues.ts';
import type { Scenario } from '../support/scenario.ts';

/** A run of the sync, some hours before now. */
function past(hours: number, conclusion: string | null, more: Partial<PastRun> = {}): PastRun {
  const startedAt = new Date(Date.now() - hours * 3_600_000 - 60_000).toISOString();
  return { event: 'schedule', branch: 'main', startedAt, status: conclusion === null ? 'in_progress' : 'completed', conclusion, ...more };
}

const nothing = { 'tenant-id': '', 'client-id': '', 'client-secret': '', 'oomnitza-url': '', 'oomnitza-api-token': '' };

export default {
  title: 'the watchdog tells contacts that a sync did not start, did not finish or failed, until one succeeds',
  event: { name: 'schedule' },
  syncFile: null,
  inputs: { ...nothing, mode: 'watchdog', contacts: 'ada-it', 'watch-workflow': 'sync.yml' },
  arrange: ({ github }) => {
    github.permissions.add('issues').add('actions');
    github.tracker.assignable.add('ada-it');
    github.workflows.set('sync.yml', { state: 'active', history: [past(2, 'success', { event: 'workflow_dispatch' }), past(1, 'failure')] });
    return undefined;
  },
  verify: async ({ sandbox: { github }, run, again, keep }) => {
    expect(run.outputs).toMatchObject({ mode: 'watchdog', 'failure-reason': '' });
    const lately = async (label: string, ...history: readonly PastRun[]): Promise<string> => {
      github.workflows.set('sync.yml', { state: 'active', history: [...history] });
      const { summary, exitCode } = await again({ label });
      expect(exitCode).toBe(0);
      return summary;
    };
    // Neither pull requests nor other branches say anything about the sync.
    const elsewhere = [past(1, 'success', { event: 'pull_request' }), past(1, 'success', { branch: 'other', event: 'push' })];
    expect(await lately('none started', past(100, 'success'), past(50, 'failure'), ...elsewhere)).toContain('did not start');
    const [issue] = github.tracker.issues;
    if (issue === undefined) throw new Error('no issue was opened');
    keep('the issue after a run that did not start', issueText(issue));
    await lately('none started yet', past(101, 'success'));
    expect(issue.comments).toEqual([]);
    expect(await lately('still running', past(102, 'success'), past(3, null))).toContain('still under way, since');
    expect(issue.comments).toEqual([]);
    expect(await lately('failed, and running again', past(102, 'success'), past(4, 'failure'), past(3, null))).toContain('it failed');
    await lately('failed, and no longer running', past(102, 'success'), past(4, 'failure'));
    // Each run that waits for the one that hangs is cancelled for the next.
    const pushedOut = Array.from({ length: 12 }, (_, hour) => past(hour + 1, 'cancelled'));
    const hanging = [past(102, 'success'), past(30, null), ...pushedOut, past(0.5, null, { status: 'pending' })];
    expect(await lately('hanging', ...hanging)).toContain('a run is still under way');
    expect({ count: github.tracker.issues.length, comments: issue.comments.length }).toEqual({ count: 1, comments: 2 });
    // GitHub lists a success no more once somebody has started its run again.
    await lately('good', past(1, 'failure'), past(2, null, { earlier: [past(20, 'success')] }));
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' });
    keep('the issue in the end', issueText(issue));

    // The payload of a scheduled run may not name the default branch.
    github.workflows.set('sync.yml', { state: 'disabled_inactivity', history: [past(71, 'success', { event: 'push' })] });
    const inTime = await again({ label: 'switched off, and in time', inputs: { 'max-age': '3d' }, event: { name: 'schedule', payload: { repository: {} } } });
    expect(inTime.summary).toContain('switched off');
    await again({ label: 'switched off, and late', inputs: { 'max-age': '2d' } });
    expect(github.tracker.issues).toHaveLength(2);
  },
} satisfies Scenario;
