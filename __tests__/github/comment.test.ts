import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { SyncError } from '../../src/errors.ts';
import { keepComment, refusalOf } from '../../src/github/index.ts';
import { captureLog, runEvent } from '../support/github.ts';
import { trustedSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await trustedSandbox();
});
afterAll(async () => {
  await sandbox.close();
});
beforeEach(() => {
  sandbox.github.comments.length = 0;
  sandbox.github.actor = 'github-actions[bot]';
  sandbox.github.permissions.add('pull-requests');
});

const marker = '<!-- marker -->';

async function keep(text: string, create = true, signal = new AbortController().signal): Promise<void> {
  const event = runEvent({ apiUrl: sandbox.urls.github });
  const subjectOf = (text: string): 'same' | 'former' | 'other' => (text.startsWith(marker) ? 'same' : text.startsWith('<!-- former -->') ? 'former' : 'other');
  const isLeftBehind = (text: string): Promise<boolean> => Promise.resolve(text.includes('left behind'));
  await keepComment(event, sandbox.github.token, signal, { pullRequest: 7, subjectOf, isLeftBehind, body: `${marker}\n${text}`, create });
}

const bodies = (): string[] => sandbox.github.comments.map(({ author, body }) => `${author}: ${body.replace(`${marker}\n`, '')}`);

test('the first comment is made, and from then on brought up to date', async () => {
  await keep('one');
  await keep('two');
  expect(bodies()).toEqual(['github-actions[bot]: two']);
});

test('one that need not be made is none, and one that is there is brought up to date', async () => {
  await keep('one', false);
  expect(bodies()).toEqual([]);
  await keep('one');
  await keep('two', false);
  expect(bodies()).toEqual(['github-actions[bot]: two']);
});

test('who writes under another name leaves alone what others wrote, the marker in it or not', async () => {
  sandbox.github.comment(7, 'mallory', `${marker}\nmine`);
  sandbox.github.comment(7, 'github-actions', `${marker}\na person of that name`);
  sandbox.github.comment(8, 'octocat', `${marker}\nanother pull request`);
  await keep('by the job');
  for (const actor of ['our-app[bot]', 'octocat', 'our-app[bot]', 'octocat']) {
    sandbox.github.actor = actor;
    await keep(`by ${actor}`);
  }
  expect(bodies().slice(3)).toEqual(['github-actions[bot]: by the job', 'our-app[bot]: by our-app[bot]', 'octocat: by octocat']);
});

test('an app that GitHub names without [bot] is the same', async () => {
  sandbox.github.comment(7, 'our-app[bot]', `${marker}\nyesterday`);
  sandbox.faults.add({ service: 'github', path: '/graphql', replace: () => ({ data: { viewer: { login: 'Our-App' } } }) });
  sandbox.github.actor = 'our-app[bot]';
  await keep('today');
  expect(bodies()).toEqual(['our-app[bot]: today']);
});

test.each([403, 401])('where GitHub refuses to say whose the token is (%i), it is taken to be the job’s own', async (status) => {
  await keep('one');
  sandbox.faults.add({ service: 'github', path: '/graphql', status, body: { message: 'no' } });
  await keep('two');
  expect(bodies()).toEqual(['github-actions[bot]: two']);
});

test.each([{ status: 502, body: 'bad', times: 4, headers: { 'retry-after': '0' } }, { replace: () => ({ data: null }) }])('where GitHub fails to say it, there is no second comment', async (fault) => {
  await keep('one');
  sandbox.faults.add({ service: 'github', path: '/graphql', ...fault });
  await expect(keep('two')).rejects.toThrow();
  expect(bodies()).toEqual(['github-actions[bot]: one']);
});

test('all pages are looked through, and no more than there are', async () => {
  for (let number = 0; number < 200; number += 1) sandbox.github.comment(7, 'octocat', 'and another thing');
  await keep('one');
  const before = sandbox.requests.count({ service: 'github', method: 'GET' });
  await keep('two');
  expect(bodies().slice(200)).toEqual(['github-actions[bot]: two']);
  expect(sandbox.requests.count({ service: 'github', method: 'GET' }) - before).toBe(3);
});

test('one that was left behind is taken over where there is none on the same', async () => {
  for (const [author, text] of [['mallory', 'left behind'], ['github-actions[bot]', 'still kept'], ['github-actions[bot]', 'left behind'], ['github-actions[bot]', 'left behind as well']]) {
    sandbox.github.comment(7, author ?? '', `<!-- former -->\n${text ?? ''}`);
  }
  for (const text of ['one', 'two']) {
    await keep(text, false);
    expect(bodies().map((body) => body.replace('<!-- former -->\n', ''))).toEqual(['mallory: left behind', 'github-actions[bot]: still kept', `github-actions[bot]: ${text}`, 'github-actions[bot]: left behind as well']);
  }
});

describe('of several that runs made at the same time', () => {
  beforeEach(() => {
    for (const [author, text] of [['github-actions[bot]', 'one'], ['mallory', 'mine'], ['github-actions[bot]', 'two'], ['github-actions[bot]', 'three']]) sandbox.github.comment(7, author ?? '', `${marker}\n${text ?? ''}`);
    sandbox.github.comment(7, 'github-actions[bot]', 'about something else');
  });
  const others = ['mallory: mine', 'github-actions[bot]: about something else'];

  test('the first is kept, and what others wrote or is about something else', async () => {
    await keep('now', false);
    expect(bodies()).toEqual(['github-actions[bot]: now', ...others]);
  });

  test('the next is kept where somebody deletes the first meanwhile', async () => {
    sandbox.faults.add({ service: 'github', method: 'PATCH', status: 404, body: { message: 'Not Found' } });
    await keep('now');
    expect(bodies()).toEqual(['github-actions[bot]: one', 'mallory: mine', 'github-actions[bot]: now', 'github-actions[bot]: about something else']);
  });

  test('those that another run deletes meanwhile are gone, and do not stand in the way of the rest', async () => {
    const log = captureLog();
    sandbox.faults.add({ service: 'github', method: 'DELETE', status: 404, commit: true, body: { message: 'Not Found' } });
    await keep('now');
    const lines = log.lines();
    jest.restoreAllMocks();
    expect(bodies()).toEqual(['github-actions[bot]: now', ...others]);
    expect(lines).toEqual([]);
  });

  test.each([{ status: 403, body: { message: 'no' } }, { drop: 'before' as const }])('those that GitHub does not delete wait for the next run: %j', async (fault) => {
    sandbox.faults.add({ service: 'github', method: 'DELETE', ...fault });
    await keep('now');
    expect(bodies()[0]).toBe('github-actions[bot]: now');
    expect(bodies()).toHaveLength(5);
    await keep('later');
    expect(bodies()).toEqual(['github-actions[bot]: later', ...others]);
  });
});

test('without the permission GitHub’s refusal is told with its status', async () => {
  sandbox.github.permissions.delete('pull-requests');
  const refusal = await keep('one').catch((thrown: unknown) => thrown);
  expect(refusalOf(refusal)).toBe(403);
  expect(refusalOf(new Error('no answer'))).toBeUndefined();
});

test('the end of the run ends it, with its reason, also while it is asked whose the token is', async () => {
  await keep('one');
  const reason = new SyncError('cancelled', 'The run was cancelled.');
  const run = new AbortController();
  sandbox.faults.add({ service: 'github', path: '/graphql', hang: true });
  const stop = sandbox.requests.onArrival(() => {
    if (sandbox.requests.all.at(-1)?.path === '/graphql') run.abort(reason);
  });
  await expect(keep('two', true, run.signal)).rejects.toBe(reason);
  stop();
  expect(bodies()).toEqual(['github-actions[bot]: one']);
});
