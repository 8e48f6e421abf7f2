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

describe('what GitHub gives no secrets to', () => {
  const pullRequest = (head: unknown): string => JSON.stringify({ pull_request: { head, base: { repo: { full_name: 'contoso/it-automation' } } } });
  const from = async (head: unknown, environment: Readonly<Record<string, string>> = {}): Promise<string | undefined> =>
    (await readEvent({ GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: await payload(pullRequest(head)), ...environment })).untrusted;
  const own = { repo: { full_name: 'contoso/it-automation' } };

  test('are pull requests from a fork, be it gone by now, and those of Dependabot', async () => {
    expect(await from({ repo: { full_name: 'mallory/it-automation' } })).toBe('a pull request from a fork');
    expect(await from({ repo: null })).toBe('a pull request from a fork');
    expect(await from(own, { GITHUB_ACTOR: 'dependabot[bot]' })).toBe('a pull request of Dependabot');
  });

  test('are no others', async () => {
    expect(await from(own)).toBeUndefined();
    expect(await from({ repo: { full_name: 'mallory/it-automation' } }, { GITHUB_EVENT_NAME: 'pull_request_target' })).toBeUndefined();
    expect((await readEvent({ GITHUB_EVENT_NAME: 'pull_request' })).untrusted).toBeUndefined();
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
