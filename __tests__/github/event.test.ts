import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvent } from '../../src/github/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function payload(text: string): Promise<string> {
  const path = join(folder, 'event.json');
  await writeFile(path, text);
  return path;
}

test('a run on GitHub tells all about itself', async () => {
  expect(
    await readEvent({
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REPOSITORY: 'contoso/it-automation',
      GITHUB_API_URL: 'https://ghe.example.com/api/v3',
      GITHUB_SERVER_URL: 'https://ghe.example.com',
      GITHUB_RUN_ID: '123',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_EVENT_PATH: await payload('{"repository":{"default_branch":"trunk","private":true,"visibility":"internal"}}'),
    }),
  ).toEqual({
    name: 'push',
    onGitHubCom: false,
    ref: 'refs/heads/main',
    owner: 'contoso',
    repository: 'it-automation',
    defaultBranch: 'trunk',
    visibility: 'internal',
    apiUrl: 'https://ghe.example.com/api/v3',
    runUrl: 'https://ghe.example.com/contoso/it-automation/actions/runs/123',
    attempt: '2',
    untrusted: undefined,
  });
});

test('a run elsewhere tells nothing', async () => {
  expect(await readEvent({})).toEqual({
    name: '',
    onGitHubCom: true,
    ref: '',
    owner: '',
    repository: '',
    defaultBranch: undefined,
    visibility: undefined,
    apiUrl: 'https://api.github.com',
    runUrl: undefined,
    attempt: '1',
    untrusted: undefined,
  });
});

test('the page of a run on github.com needs no address of the server', async () => {
  expect((await readEvent({ GITHUB_REPOSITORY: 'a/b', GITHUB_RUN_ID: '7' })).runUrl).toBe('https://github.com/a/b/actions/runs/7');
});

describe('the default branch is not known', () => {
  test.each(['{}', 'null', '[]', '17', '{"repository":null}', '{"repository":{"default_branch":""}}', '{"repository":{"default_branch":17}}', '{"repository":', ''])(
    'where the payload is %s',
    async (text) => {
      expect((await readEvent({ GITHUB_EVENT_PATH: await payload(text) })).defaultBranch).toBeUndefined();
    },
  );

  test('where there is no payload', async () => {
    expect((await readEvent({ GITHUB_EVENT_PATH: join(folder, 'nothing.json') })).defaultBranch).toBeUndefined();
  });
});

describe('what neither side is asked for', () => {
  const pullRequest = (head: unknown): string => JSON.stringify({ pull_request: { head, base: { repo: { full_name: 'contoso/it-automation' } } } });
  const from = async (head: unknown, environment: Readonly<Record<string, string>> = {}): Promise<string | undefined> =>
    (await readEvent({ GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: await payload(pullRequest(head)), ...environment })).untrusted;
  const own = { repo: { full_name: 'contoso/it-automation' } };
  const fork = { repo: { full_name: 'mallory/it-automation' } };

  test.each(['pull_request', 'pull_request_target', 'pull_request_review', 'pull_request_review_comment'])('are pull requests from a fork, be it gone by now, and those of Dependabot (%s)', async (name) => {
    const event = { GITHUB_EVENT_NAME: name };
    expect(await from(fork, event)).toBe('a pull request from a fork');
    expect(await from({ repo: null }, event)).toBe('a pull request from a fork');
    expect(await from(own, { ...event, GITHUB_ACTOR: 'dependabot[bot]' })).toBe('a pull request of Dependabot');
    // A person who opens it again is the actor, and no more its author for that.
    const bots = JSON.stringify({ pull_request: { user: { login: 'dependabot[bot]' }, head: own, base: own } });
    expect((await readEvent({ ...event, GITHUB_ACTOR: 'octocat', GITHUB_EVENT_PATH: await payload(bots) })).untrusted).toBe('a pull request of Dependabot');
    expect(await from(own, event)).toBeUndefined();
  });

  test('are no others', async () => {
    for (const name of ['merge_group', 'push']) {
      expect((await readEvent({ GITHUB_EVENT_NAME: name, GITHUB_ACTOR: 'dependabot[bot]', GITHUB_EVENT_PATH: await payload('{}') })).untrusted).toBeUndefined();
    }
  });

  test('are pull requests of which it is not known where they come from', async () => {
    for (const text of ['{}', '{"pull_request":', pullRequest({}), JSON.stringify({ pull_request: { head: own } })]) {
      expect((await readEvent({ GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: await payload(text) })).untrusted).toMatch(/^a pull request/);
    }
    expect((await readEvent({ GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_EVENT_PATH: '/nowhere' })).untrusted).toBe('a pull request of unknown origin');
    expect((await readEvent({ GITHUB_EVENT_NAME: 'some_event', GITHUB_REF: 'refs/pull/7/merge' })).untrusted).toBe('a pull request of unknown origin');
  });
});

describe('a proposal', () => {
  const pullRequest = { number: 7, head: { sha: 'c0ffee' }, base: { ref: 'main', sha: 'ba5e' } };
  const proposed = async (name: string, content: unknown, environment: Readonly<Record<string, string>> = { GITHUB_SHA: '3e26e' }): Promise<unknown> =>
    (await readEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: await payload(JSON.stringify(content)), ...environment })).proposal;

  test('is held against the first parent of its merge commit, its branch as it is now, or what the queue builds upon', async () => {
    expect(await proposed('pull_request', { pull_request: pullRequest })).toEqual({ pullRequest: 7, base: { kind: 'first-parent', of: '3e26e' }, commit: 'c0ffee' });
    expect(await proposed('pull_request_target', { pull_request: pullRequest })).toEqual({ pullRequest: 7, base: { kind: 'branch', name: 'main' }, headSha: 'c0ffee', commit: 'c0ffee' });
    expect(await proposed('merge_group', { merge_group: { base_sha: 'ba5e', head_sha: 'c0ffee' } })).toEqual({ base: { kind: 'commit', sha: 'ba5e' }, commit: 'c0ffee' });
  });

  test('has no base where GitHub does not tell', async () => {
    for (const name of ['pull_request', 'pull_request_target', 'merge_group']) expect(await proposed(name, {}, {})).toEqual({});
  });

  test('is what any other event tells of a pull request, by its ref or by its payload', async () => {
    const merge = { GITHUB_SHA: '3e26e', GITHUB_REF: 'refs/pull/7/merge' };
    expect(await proposed('pull_request_review', { pull_request: pullRequest }, merge)).toEqual({ pullRequest: 7, base: { kind: 'first-parent', of: '3e26e' }, commit: 'c0ffee' });
    expect(await proposed('some_event', {}, merge)).toEqual({ pullRequest: 7, base: { kind: 'first-parent', of: '3e26e' } });
    // What the workspace holds then is not known.
    for (const ref of ['refs/heads/main', 'refs/pull/7/head']) expect(await proposed('some_event', { pull_request: pullRequest }, { ...merge, GITHUB_REF: ref })).toEqual({ pullRequest: 7, commit: 'c0ffee' });
  });

  test('is what is said on a pull request, to GitHub an issue, of which the event does not tell where it comes from', async () => {
    const content = { issue: { number: 7, pull_request: { url: 'https://api.github.com/repos/contoso/it-automation/pulls/7' } }, comment: { body: '/apply' } };
    expect(await proposed('issue_comment', content, { GITHUB_SHA: '3e26e', GITHUB_REF: 'refs/heads/main' })).toEqual({ pullRequest: 7 });
    expect((await readEvent({ GITHUB_EVENT_NAME: 'issue_comment', GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_PATH: await payload(JSON.stringify(content)) })).untrusted).toBe('a pull request of unknown origin');
  });

  test('is nothing else', async () => {
    for (const name of ['push', 'schedule', 'workflow_dispatch', 'issue_comment', '']) expect(await proposed(name, { issue: { number: 8 } })).toBeUndefined();
  });
});

test.each([
  ['{"visibility":"public","private":false}', 'public'],
  ['{"visibility":"private","private":true}', 'private'],
  ['{"private":true}', 'private'],
  ['{"private":false}', 'public'],
  ['{"visibility":"secret","private":true}', undefined],
  ['{}', undefined],
])('who can see the repository is taken from %s', async (repository, visibility) => {
  const event = await readEvent({ GITHUB_EVENT_PATH: await payload(`{"repository":${repository}}`) });
  expect(event.visibility).toBe(visibility);
});
