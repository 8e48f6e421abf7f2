import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMITS, PULL_REQUEST, startSandbox, unzip, type Sandbox } from '../../sandbox/index.ts';
import { runAction, type RunOptions, type RunResult } from '../../sandbox/runner.ts';
import { Client, type Answer } from './client.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ people: 0 });
  client = new Client(sandbox);
  sandbox.github.commit('main', { '.github/sync.yml': 'version: 1\n', 'big.txt': 'x'.repeat(1_100_000) });
});
afterAll(async () => {
  client.close();
  await sandbox.close();
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  client.call('github', path, { headers: { Authorization: `token ${sandbox.github.token}`, ...headers } });
const REPOSITORY = '/repos/contoso/it-automation';

test('the repository', async () => {
  const { body } = await get(REPOSITORY);
  expect(body).toMatchObject({ full_name: 'contoso/it-automation', default_branch: 'main', visibility: 'private', private: true });
});

test('who does not say who they are sees only what is public', async () => {
  const anonymous = (): Promise<Answer> => client.call('github', REPOSITORY);
  expect((await anonymous()).status).toBe(404);
  sandbox.github.repository.visibility = 'public';
  expect((await anonymous()).status).toBe(200);
  sandbox.github.repository.visibility = 'private';
  expect((await get(REPOSITORY, { Authorization: 'token x' })).body).toMatchObject({ message: 'Bad credentials' });
});

test('a file, as JSON and as it is', async () => {
  const { body } = await get(`${REPOSITORY}/contents/.github/sync.yml?ref=refs/heads/main`);
  expect(body).toMatchObject({ type: 'file', encoding: 'base64', path: '.github/sync.yml', sha: expect.stringMatching(/^[0-9a-f]{40}$/) });
  expect(Buffer.from(String(body['content']), 'base64').toString()).toBe('version: 1\n');
  const raw = await get(`${REPOSITORY}/contents/.github/sync.yml`, { Accept: 'application/vnd.github.raw+json' });
  expect(raw.text).toBe('version: 1\n');
});

test('a folder is the list of what is in it', async () => {
  for (const headers of [{}, { Accept: 'application/vnd.github.raw+json' }]) {
    expect(JSON.parse((await get(`${REPOSITORY}/contents/.github`, headers)).text)).toEqual([{ name: 'sync.yml', path: '.github/sync.yml' }]);
  }
});

test('a large file comes without its content, unless it is asked for as it is', async () => {
  expect((await get(`${REPOSITORY}/contents/big.txt`)).body).toMatchObject({ encoding: 'none', content: '', size: 1_100_000 });
  const raw = await get(`${REPOSITORY}/contents/big.txt`, { Accept: 'application/vnd.github.raw' });
  expect(raw.text).toHaveLength(1_100_000);
});

test.each([
  [`${REPOSITORY}/contents/none.yml`, 'Not Found'],
  [`${REPOSITORY}/contents/.github/sync.yml?ref=gone`, 'No commit found for the ref gone'],
  ['/repos/contoso/other', 'Not Found'],
  [`${REPOSITORY}/secrets`, 'Not Found'],
])('%s is not there', async (path, message) => {
  const answer = await get(path);
  expect(answer.status).toBe(404);
  expect(answer.body).toMatchObject({ message, status: '404' });
});

test('a token without the permission', async () => {
  sandbox.github.permissions.delete('contents');
  const answer = await get(`${REPOSITORY}/contents/.github/sync.yml`);
  sandbox.github.permissions.add('contents');
  expect(answer.status).toBe(403);
  expect(answer.body).toMatchObject({ message: 'Resource not accessible by integration' });
});

const upload = (name: string, options: RunOptions = {}): Promise<RunResult> =>
  runAction({ sandbox, entry: join(import.meta.dirname, 'fixtures', 'upload.ts'), inputs: { name }, ...options });

test("GitHub's own library uploads an artifact", async () => {
  const run = await upload('report-1');
  expect(run.stderr).toBe('');
  const artifact = sandbox.github.artifact('report-1');
  expect(run.log).toContain(`uploaded ${artifact?.id}`);
  expect(artifact).toMatchObject({ mimeType: 'application/zip', expiresAt: expect.stringMatching(/^20/) });
  const files = unzip(artifact?.content ?? Buffer.alloc(0));
  expect([...files.keys()]).toEqual(['changes.csv']);
  expect(files.get('changes.csv')?.toString()).toBe('action,status\r\n'.repeat(10_000));
});

test('a second artifact of the same name is refused within a run, not in the next', async () => {
  const first = await upload('report-2');
  const again = await upload('report-2', { run: first.run });
  expect(again.exitCode).not.toBe(0);
  expect(again.stderr).toContain('409');
  const next = await upload('report-2');
  const uploaded = sandbox.github.artifacts.filter(({ name }) => name === 'report-2');
  expect(uploaded.map(({ run }) => run)).toEqual([first.run, next.run]);
});

test('the results service knows its token', async () => {
  const answer = await client.call('github', '/twirp/github.actions.results.api.v1.ArtifactService/CreateArtifact', {
    method: 'POST',
    headers: { Authorization: 'Bearer x' },
    body: { name: 'a' },
  });
  expect(answer.body).toMatchObject({ code: 'unauthenticated' });
});

test('storage takes nothing without the signature', async () => {
  const answer = await client.call('github', '/artifact-storage/c/a.zip?sig=x', { method: 'PUT', body: 'x' });
  expect(answer.status).toBe(403);
});

describe('a pull request', () => {
  beforeAll(() => {
    sandbox.github.propose({ 'sync.yml': 'version: 1\n' }, { 'sync.yml': 'version: 1\n\n', 'new.yml': '' });
    sandbox.github.permissions.add('pull-requests');
  });
  const send = (method: string, path: string, body: unknown): Promise<Answer> =>
    client.call('github', `${REPOSITORY}${path}`, { method, headers: { Authorization: `token ${sandbox.github.token}` }, body });

  test('has commits with parents, and files at them', async () => {
    const { body } = await get(`${REPOSITORY}/git/commits/${COMMITS.run}`);
    expect(body).toMatchObject({ parents: [{ sha: COMMITS.base }, { sha: COMMITS.head }] });
    expect((await get(`${REPOSITORY}/git/commits/none`)).status).toBe(404);
    expect((await get(`${REPOSITORY}/contents/sync.yml?ref=${COMMITS.base}`)).body).toMatchObject({ size: 11 });
  });

  test('lists the files that it changes, and comments, by pages', async () => {
    const files = await get(`${REPOSITORY}/pulls/${PULL_REQUEST}/files?per_page=1`);
    expect(JSON.parse(files.text)).toEqual([{ filename: 'sync.yml', status: 'modified' }]);
    expect(files.headers['link']).toContain('page=2>; rel="next"');
    expect(JSON.parse((await get(`${REPOSITORY}/pulls/${PULL_REQUEST}/files?per_page=1&page=2`)).text)).toEqual([{ filename: 'new.yml', status: 'added' }]);
  });

  test('is commented on by whoever has the token, who may change that comment and no other', async () => {
    const made = await send('POST', `/issues/${PULL_REQUEST}/comments`, { body: 'one' });
    expect(made).toMatchObject({ status: 201, body: { body: 'one', user: { login: 'github-actions[bot]', type: 'Bot' } } });
    const other = sandbox.github.comment(PULL_REQUEST, 'octocat', 'mine');
    expect((await send('PATCH', `/issues/comments/${String(made.body['id'])}`, { body: 'two' })).body).toMatchObject({ body: 'two' });
    expect((await send('PATCH', `/issues/comments/${other.id}`, { body: 'two' })).status).toBe(403);
    expect((await send('PATCH', '/issues/comments/1', { body: 'two' })).status).toBe(404);
    for (const body of ['', 'x'.repeat(65_537), 17]) {
      expect((await send('POST', `/issues/${PULL_REQUEST}/comments`, { body })).status).toBe(422);
      expect((await send('PATCH', `/issues/comments/${String(made.body['id'])}`, { body })).status).toBe(422);
    }
    expect(sandbox.github.comments.map(({ body }) => body)).toEqual(['two', 'mine']);
    expect((await send('DELETE', `/issues/comments/${other.id}`, undefined)).status).toBe(403);
    expect((await send('DELETE', `/issues/comments/${String(made.body['id'])}`, undefined)).status).toBe(204);
    expect(sandbox.github.comments.map(({ body }) => body)).toEqual(['mine']);
  });

  test('without the permission there is neither', async () => {
    sandbox.github.permissions.delete('pull-requests');
    expect((await get(`${REPOSITORY}/issues/${PULL_REQUEST}/comments`)).status).toBe(403);
    sandbox.github.repository.visibility = 'public';
    expect((await get(`${REPOSITORY}/issues/${PULL_REQUEST}/comments`)).status).toBe(200);
    sandbox.github.repository.visibility = 'private';
  });
});

test('GraphQL tells whose the token is, and nothing else', async () => {
  const ask = (query: string): Promise<Answer> => client.call('github', '/graphql', { method: 'POST', headers: { Authorization: `token ${sandbox.github.token}` }, body: { query } });
  expect((await ask('query { viewer { login } }')).body).toEqual({ data: { viewer: { login: 'github-actions[bot]' } } });
  expect((await ask('{ repository { name } }')).body).toMatchObject({ errors: [{}] });
});
