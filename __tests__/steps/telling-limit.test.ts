import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { SYNC_FILE } from '../e2e/support/proposals.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain, type MainResult } from './run-main.ts';

const syncFile = 'version: 1\nsync-keys: [email]\n';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await trustedSandbox({ people: 2 });
  sandbox.github.permissions.add('pull-requests').add('issues');
  sandbox.github.tracker.assignable.add('ada-it');
  sandbox.github.propose({ [SYNC_FILE]: `${syncFile}fields: { cost_center: employeeId }\n` }, { [SYNC_FILE]: syncFile });
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
});
afterEach(async () => {
  jest.useRealTimers();
  await sandbox.close();
});

/** What is told of a run: to whom, by which first request, and what is said where it cannot be. */
const tellings = [
  { to: 'the pull request', event: 'pull_request', asked: /\/issues\/\d+\/comments/, seconds: 30, failed: 'The pull request was not commented on (', count: () => sandbox.github.comments.length },
  { to: 'the contacts', event: 'schedule', asked: /\/issues\?/, seconds: 60, failed: 'The contacts were not told. ', count: () => sandbox.github.tracker.issues.length },
];

interface Ending {
  readonly isTimeUp?: boolean;
  /** Whether GitHub never answers. */
  readonly hangs?: boolean;
  /** While GitHub is asked. */
  readonly meanwhile: () => void;
}

/** A run that fails: by its limit of time, or since its token is none. */
async function failing({ event, asked }: (typeof tellings)[number], { isTimeUp = false, hangs = false, meanwhile }: Ending): Promise<MainResult> {
  if (isTimeUp) sandbox.faults.add({ service: 'graph', path: '/v1.0/users', hang: true, times: Infinity });
  if (hangs) sandbox.faults.add({ service: 'github', path: asked, hang: true, times: Infinity });
  const stop = sandbox.requests.onArrival(() => {
    const { service, target } = sandbox.requests.all.at(-1) ?? {};
    if (service === 'graph' && isTimeUp) jest.advanceTimersByTime(60_000);
    if (service === 'github' && target !== undefined && asked.test(target) && sandbox.requests.count({ service, path: asked }) === 1) meanwhile();
  });
  const inputs = { mode: 'auto', contacts: 'ada-it', comment: 'always', 'timeout-minutes': '1', ...(isTimeUp ? {} : { 'oomnitza-api-token': 'revoked' }) };
  const result = await runMain(sandbox, { event, syncFile, inputs });
  stop();
  expect(result.outputs['failure-reason']).toBe(isTimeUp ? 'timeout' : 'authentication');
  return result;
}

describe.each(tellings)('$to', (telling) => {
  test('may be told slowly after the limit of time, since GitHub kills nothing then', async () => {
    const { log } = await failing(telling, { isTimeUp: true, meanwhile: () => { jest.advanceTimersByTime(20_000); } });
    expect(log).not.toContain(telling.failed);
    expect(telling.count()).toBe(1);
  });

  test('is told for as long as a signal leaves, whatever the run had failed by before', async () => {
    await failing(telling, { meanwhile: () => {
      process.emit('SIGTERM');
      jest.advanceTimersByTime(5_000);
    } });
    expect(telling.count()).toBe(1);
  });

  test('is given up soon after a signal, also where the time was up before', async () => {
    const { log } = await failing(telling, { isTimeUp: true, hangs: true, meanwhile: () => {
      jest.advanceTimersByTime(10_000);
      process.emit('SIGINT');
      jest.advanceTimersByTime(6_000);
    } });
    expect(log).toContain(`::warning::${telling.failed}The run was cancelled.`);
  });

  test('is waited for no longer than what it has in any run', async () => {
    const { log } = await failing(telling, { hangs: true, meanwhile: () => { jest.advanceTimersByTime(telling.seconds * 1000); } });
    expect(log).toContain(`::warning::${telling.failed}GitHub took longer than ${telling.seconds} s.`);
  });
});
