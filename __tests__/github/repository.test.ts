import { afterEach, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { SyncError } from '../../src/errors.ts';
import { connectRepository } from '../../src/github/index.ts';
import type { Repository } from '../../src/github/repository.ts';
import '../support/one-realm.ts';
import { runEvent } from '../support/github.ts';
import { listen, nobodyAt, type Loopback } from '../support/loopback.ts';

let server: Loopback | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Connects to a GitHub that answers as told. */
async function connect(listener: RequestListener, token = 'ghs_secret', signal = new AbortController().signal): Promise<Repository> {
  server = await listen(listener);
  return connectRepository(runEvent({ apiUrl: server.url.origin }), token, signal);
}

function answering(status: number, body: string): RequestListener {
  return (_request, response) => response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '0' }).end(body);
}

/** A file as GitHub describes it. */
function described(text: string): string {
  const content = Buffer.from(text);
  return JSON.stringify({ type: 'file', sha: 'b10b', size: content.length, content: content.toString('base64') });
}

const path = '.github/oomnitza-user-sync.yml';

describe('the text of a file', () => {
  test.each(['version: 1\n', 'name: Zoë 漢字\r\n', '{"version": 1}', ''])('comes as it is: %j', async (text) => {
    const repository = await connect(answering(200, described(text)));
    expect(await repository.textAt(path, 'main')).toBe(text);
  });

  test('is asked for at the branch, and with the token', async () => {
    const repository = await connect(answering(200, described('x')));
    await repository.textAt('configs/a file #1?.yml', 'feature/x y');
    const [request] = server?.requests ?? [];
    const url = new URL(request?.url ?? '', 'http://localhost');
    expect(decodeURIComponent(url.pathname)).toBe('/repos/contoso/it-automation/contents/configs/a file #1?.yml');
    expect(Object.fromEntries(url.searchParams)).toEqual({ ref: 'refs/heads/feature/x y' });
    expect(request?.headers).toMatchObject({ authorization: 'token ghs_secret' });
  });

  test('is empty where the file is larger than a megabyte, which GitHub tells by its size alone', async () => {
    const repository = await connect(answering(200, JSON.stringify({ type: 'file', encoding: 'none', sha: 'b10b', size: 1_048_577, content: '' })));
    expect(await repository.textAt(path, 'main')).toBe('');
  });

  test('is undefined where there is none', async () => {
    const repository = await connect(answering(404, '{"message":"Not Found"}'));
    expect(await repository.textAt(path, 'main')).toBeUndefined();
  });

  test.each([401, 403, 500])('is a failure where GitHub refuses (%i)', async (status) => {
    const repository = await connect(answering(status, '{"message":"Resource not accessible by integration"}'));
    await expect(repository.textAt(path, 'main')).rejects.toThrow('Resource not accessible by integration');
  });

  test.each(['[{"name":"x"}]', '{"type":"submodule","size":0}'])('is undefined where there is something else: %s', async (body) => {
    const repository = await connect(answering(200, body));
    expect(await repository.textAt(path, 'main')).toBeUndefined();
  });

  test('is a failure where there is a link to what GitHub does not see', async () => {
    const repository = await connect(answering(200, '{"type":"symlink","target":"../elsewhere"}'));
    await expect(repository.textAt(path, 'main')).rejects.toThrow('is a symbolic link that leads to no file of the repository');
  });

  test('is a failure where the connection breaks', async () => {
    const repository = await connect((request) => request.socket.destroy());
    await expect(repository.textAt(path, 'main')).rejects.toThrow();
  });
});

describe('a file at a commit', () => {
  test('comes with its size and id, whatever bytes it has', async () => {
    const content = Buffer.from([0xff, 0x00, 0x0a]);
    const repository = await connect(answering(200, JSON.stringify({ type: 'file', sha: 'b10b', size: 3, content: `${content.toString('base64')}\n` })));
    expect(await repository.fileAt(path, 'c0ffee')).toEqual({ blobId: 'b10b', size: 3, content });
    expect(new URL(server?.requests[0]?.url ?? '', 'http://localhost').searchParams.get('ref')).toBe('c0ffee');
  });

  test('is undefined where there is none, and a failure where there is no such commit', async () => {
    expect(await (await connect(answering(404, '{"message":"Not Found"}'))).fileAt(path, 'c0ffee')).toBeUndefined();
    await server?.close();
    await expect((await connect(answering(404, '{"message":"No commit found for the ref c0ffee"}'))).fileAt(path, 'c0ffee')).rejects.toThrow('No commit found');
  });

  test.each([
    ['[{"name":"x"}]', 'is a folder, not a file'],
    ['{"type":"submodule","size":0}', 'is a submodule, not a file'],
    ['{"type":"symlink","target":"/etc/passwd"}', 'is a symbolic link that leads to no file of the repository'],
    ['{"type":"file"}', 'is not a file'],
    ['null', 'is not a file'],
  ])('is a failure where GitHub gives something else: %s', async (body, words) => {
    await expect((await connect(answering(200, body))).fileAt(path, 'c0ffee')).rejects.toThrow(`${path} ${words}`);
  });
});

test('the first parent of a commit, which the first one of all has not', async () => {
  expect(await (await connect(answering(200, '{"parents":[{"sha":"a"},{"sha":"b"}]}'))).firstParent('c')).toBe('a');
  expect(server?.requests[0]?.url).toBe('/repos/contoso/it-automation/git/commits/c');
  await server?.close();
  expect(await (await connect(answering(200, '{"parents":[]}'))).firstParent('c')).toBeUndefined();
});

test('what a pull request does to a file is looked for on every page', async () => {
  const pages = [Array.from({ length: 100 }, (_none, index) => ({ filename: `${index}`, status: 'added' })), [{ filename: path, status: 'renamed', previous_filename: 'old.yml' }]];
  const listener: RequestListener = (request, response) => {
    const page = new URL(request.url ?? '', 'http://localhost').searchParams.get('page');
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(pages[Number(page) - 1]));
  };
  const repository = await connect(listener);
  expect(await repository.changeOf(path, 7)).toEqual({ status: 'renamed', previousPath: 'old.yml' });
  expect(await repository.changeOf('0', 7)).toEqual({ status: 'added', previousPath: undefined });
  expect(await repository.changeOf('other.yml', 7)).toBe('none');
});

test('what a commit changes since another is known as long as GitHub lists all of it', async () => {
  const files = [{ filename: path, status: 'renamed', previous_filename: 'old.yml' }, ...Array.from({ length: 299 }, (_none, index) => ({ filename: `${index}`, status: 'added' }))];
  const repository = await connect(answering(200, JSON.stringify({ files })));
  expect(await repository.changeBetween(path, 'ba5e', 'c0ffee')).toEqual({ status: 'renamed', previousPath: 'old.yml' });
  expect(await repository.changeBetween('other.yml', 'ba5e', 'c0ffee')).toBe('unknown');
  expect(server?.requests[0]?.url).toMatch(/^\/repos\/contoso\/it-automation\/compare\/ba5e\.\.\.c0ffee\?/);
  await server?.close();
  const short = await connect(answering(200, JSON.stringify({ files: files.slice(0, 2) })));
  expect(await short.changeBetween('other.yml', 'ba5e', 'c0ffee')).toBe('none');
});

describe('the default branch', () => {
  test('is what GitHub says', async () => {
    const repository = await connect(answering(200, '{"default_branch":"trunk"}'));
    expect(await repository.defaultBranch()).toBe('trunk');
    expect(server?.requests[0]?.url).toBe('/repos/contoso/it-automation');
  });

  test('is a failure where GitHub does not know the repository', async () => {
    const repository = await connect(answering(404, '{"message":"Not Found"}'));
    await expect(repository.defaultBranch()).rejects.toThrow('Not Found');
  });

  test('is a failure where nobody listens', async () => {
    const { origin } = await nobodyAt();
    await expect(connectRepository(runEvent({ apiUrl: origin }), 'ghs_secret', new AbortController().signal).defaultBranch()).rejects.toThrow();
  });
});

test('without a token nothing is asked', async () => {
  const repository = await connect(answering(200, '{}'), '');
  await expect(repository.textAt(path, 'main')).rejects.toThrow('`github-token` is empty');
  await expect(repository.defaultBranch()).rejects.toThrow('`github-token` is empty');
  expect(server?.requests).toEqual([]);
});

test('the end of the run ends a question, with its reason', async () => {
  const reason = new SyncError('cancelled', 'The run was cancelled.');
  for (const ask of [(repository: Repository) => repository.defaultBranch(), (repository: Repository) => repository.textAt(path, 'main')]) {
    const run = new AbortController();
    const repository = await connect(() => { run.abort(reason); }, 'ghs_secret', run.signal);
    await expect(ask(repository)).rejects.toBe(reason);
    await server?.close();
  }
  server = undefined;
});
