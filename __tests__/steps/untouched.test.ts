import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { SYNC_FILE } from '../e2e/support/proposals.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain, type MainOptions, type MainResult } from './run-main.ts';

const good = 'version: 1\nsync-keys: [email]\n';
const large = Buffer.from(`# ${'x'.repeat(300_000)}\n${good}`);
const larger = Buffer.from(`# ${'x'.repeat(1_100_000)}\n${good}`);
const binary = Buffer.from('version: 1\n# Zo\xeb\nsync-keys: [email]\n', 'latin1');
const events = ['pull_request', 'pull_request_target', 'merge_group'] as const;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await trustedSandbox({ people: 1 });
  sandbox.github.permissions.add('pull-requests');
});
afterEach(async () => {
  await sandbox.close();
});

/** Runs for a proposal with this sync file, which without it is another one or the same. */
async function propose(before: string | Buffer, after: string | Buffer, options: MainOptions = {}, inWorkspace = after): Promise<MainResult> {
  sandbox.github.propose({ [SYNC_FILE]: before }, { [SYNC_FILE]: after });
  return await runMain(sandbox, { event: 'pull_request', syncFile: null, files: { [SYNC_FILE]: inWorkspace }, ...options });
}

const reads = (): number => sandbox.requests.count(({ service }) => service !== 'github');

describe('a sync file that is no good, and is so without the proposal', () => {
  test.each(events)('is none of its doing: %s', async (event) => {
    for (const content of [large, larger, binary]) {
      const result = await propose(content, content, { event });
      expect(result.outputs).toMatchObject({ mode: 'plan', 'has-changes': 'false', 'failure-reason': '' });
      expect(result.summary).toMatch(/leaves the sync file as it is/);
    }
    expect([reads(), sandbox.github.comments]).toEqual([0, []]);
  });

  test('also where Git converts line ends on the runner', async () => {
    const converted = Buffer.from(binary.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
    expect((await propose(binary, binary, {}, converted)).outputs['failure-reason']).toBe('');
  });

  test.each([
    ['larger than it may be', /has \d+ bytes/, good, large],
    ['larger than it was', /has \d+ bytes/, large, larger],
    ['other bytes that are no UTF-8', /not UTF-8/, Buffer.from([0xff, 0xfe]), binary],
    ['empty, where GitHub does not give what was there', /sync file/, larger, ''],
  ])('is its doing where it makes it %s', async (_what, words, before, after) => {
    for (const event of events) {
      const result = await propose(before, after, { event });
      expect(result.outputs['failure-reason']).toBe('invalid-sync-file');
      expect(result.log).toMatch(words);
    }
    expect(reads()).toBe(0);
  });
});

test('a byte order mark is no difference, since it says nothing', async () => {
  const marked = `\uFEFF${good}`;
  for (const [before, after] of [[marked, good], [good, marked], [marked, marked]] as const) {
    expect((await propose(before, after)).summary).toMatch(/leaves the sync file as it is/);
  }
  expect(reads()).toBe(0);
});

describe('credentials that are missing', () => {
  const without = { 'oomnitza-api-token': '', 'client-secret': '', 'tenant-id': '', 'client-id': '' };

  test.each(events)('are not needed by a proposal that leaves the sync file as it is: %s', async (event) => {
    const result = await propose(good, good, { event, inputs: without });
    expect(result.outputs).toMatchObject({ mode: 'plan', 'failure-reason': '' });
    expect(reads()).toBe(0);
  });

  test.each([{}, { mode: 'validate', 'oomnitza-url': 'https://x.oomnitza.com' }, { explain: 'somebody@contoso.com' }, { mode: 'suggest' }])('are by one that changes it, or by another mode: %j', async (more) => {
    const result = await propose(good, 'mode' in more || 'explain' in more ? good : `${good}scope: user.accountEnabled\n`, { inputs: { ...without, ...more } });
    expect(result.outputs['failure-reason']).toBe('invalid-input');
    expect(result.log).toContain('`oomnitza-api-token` is missing');
    expect(reads()).toBe(0);
  });

  test('excuse nothing else that is wrong, which is told with them', async () => {
    const result = await propose(good, good, { inputs: { ...without, concurrency: '99' } });
    expect(result.outputs['failure-reason']).toBe('invalid-input');
    expect(result.log).toMatch(/`oomnitza-api-token` is missing[^]*`concurrency` is "99"/);
  });
});
