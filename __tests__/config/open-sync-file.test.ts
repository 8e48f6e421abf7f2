import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSyncFile } from '../../src/config/index.ts';
import { asSyncError, type SyncError } from '../../src/errors.ts';

const text = 'version: 1\nsync-keys: [email]\n';
const usualHint = 'Set the input `sync-file` to the path of the sync file from the root of the repository.';
const outsideHint = 'It takes a path that stays inside the workspace, symbolic links followed.';

let folder: string;
let workspace: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync-file-'));
  workspace = join(folder, 'workspace');
  await mkdir(join(workspace, '.github'), { recursive: true });
  await writeFile(join(workspace, '.github', 'sync.yml'), text);
  await writeFile(join(folder, 'secret.yml'), text);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function failureOf(path: string, from = workspace): Promise<SyncError> {
  return openSyncFile(from, path).then(
    () => { throw new Error('the file was opened'); },
    asSyncError,
  );
}

describe('a sync file is opened', () => {
  test.each(['.github/sync.yml', './.github/../.github/sync.yml'])('at %s', async (path) => {
    expect(await openSyncFile(workspace, path)).toEqual({ path: '.github/sync.yml', text });
  });

  test('at an absolute path inside the workspace', async () => {
    expect(await openSyncFile(workspace, join(workspace, '.github', 'sync.yml'))).toEqual({ path: '.github/sync.yml', text });
  });

  test('in a workspace that is a symbolic link, by either name', async () => {
    const link = join(folder, 'link');
    await symlink(workspace, link);
    expect(await openSyncFile(link, '.github/sync.yml')).toEqual({ path: '.github/sync.yml', text });
    expect(await openSyncFile(link, join(workspace, '.github/sync.yml'))).toEqual({ path: '.github/sync.yml', text });
  });

  test('through a symbolic link that stays inside', async () => {
    await symlink(join(workspace, '.github'), join(workspace, 'settings'));
    expect(await openSyncFile(workspace, 'settings/sync.yml')).toEqual({ path: 'settings/sync.yml', text });
  });

  test('when its name starts with two dots', async () => {
    await writeFile(join(workspace, '..sync.yml'), text);
    expect(await openSyncFile(workspace, '..sync.yml')).toEqual({ path: '..sync.yml', text });
  });

  test('when it has a mebibyte, and with its byte order mark', async () => {
    await writeFile(join(workspace, 'big.yml'), `\uFEFF${'#'.repeat(256 * 1024 - 3)}`);
    expect((await openSyncFile(workspace, 'big.yml')).text).toHaveLength(256 * 1024 - 2);
  });
});

describe('a path that leads out of the workspace', () => {
  test.each(['..', '../secret.yml', '.github/../../secret.yml', '/etc/passwd', '../missing.yml'])('%s is refused', async (path) => {
    const failure = await failureOf(path);
    expect(failure.reason).toBe('invalid-input');
    expect(failure.message).toBe(`The input \`sync-file\` is \`${path}\`, which leads out of the workspace.`);
    expect(failure.hint).toBe(outsideHint);
  });

  test('is refused for a folder whose name only starts like the workspace', async () => {
    await mkdir(`${workspace}-other`);
    await writeFile(join(`${workspace}-other`, 'sync.yml'), text);
    expect((await failureOf('../workspace-other/sync.yml')).reason).toBe('invalid-input');
  });

  test('is refused when the file is a symbolic link', async () => {
    await symlink(join(folder, 'secret.yml'), join(workspace, 'sync.yml'));
    const failure = await failureOf('sync.yml');
    expect([failure.reason, failure.hint]).toEqual(['invalid-input', outsideHint]);
  });

  test('is refused when a folder on the way is one', async () => {
    await symlink(folder, join(workspace, 'settings'));
    expect((await failureOf('settings/secret.yml')).reason).toBe('invalid-input');
  });
});

describe('a sync file that is not there', () => {
  test('is told with what to do', async () => {
    const failure = await failureOf('config/users.yml');
    expect(failure.reason).toBe('invalid-sync-file');
    expect(failure.message).toBe('There is no file `config/users.yml` in the workspace.');
    expect(failure.hint).toBe(`${usualHint} Where there is none yet, \`mode: suggest\` proposes one.`);
  });

  test('is told with the name that was meant', async () => {
    expect((await failureOf('.github/sync.yaml')).hint).toBe('Did you mean `.github/sync.yml`?');
    expect((await failureOf('.github/snyc.yml')).hint).toBe('Did you mean `.github/sync.yml`?');
  });

  test('in an empty workspace asks for a checkout', async () => {
    const hint = 'The workspace is empty: does the job run `actions/checkout` before this action?';
    await mkdir(join(folder, 'empty'));
    expect((await failureOf('sync.yml', join(folder, 'empty'))).hint).toBe(hint);
    expect((await failureOf('sync.yml', join(folder, 'none at all'))).hint).toBe(hint);
  });

  test('is also one below a file, or behind a link to nothing', async () => {
    await symlink(join(workspace, 'nothing'), join(workspace, 'dangling.yml'));
    expect((await failureOf('.github/sync.yml/more')).message).toBe('There is no file `.github/sync.yml/more` in the workspace.');
    expect((await failureOf('dangling.yml')).message).toBe('There is no file `dangling.yml` in the workspace.');
  });
});

describe('what is no sync file', () => {
  test.each([
    ['.github', '`.github` is a folder, not a file.'],
    ['.', '`.` is a folder, not a file.'],
  ])('the folder %s', async (path, message) => {
    const failure = await failureOf(path);
    expect([failure.reason, failure.message, failure.hint]).toEqual(['invalid-sync-file', message, usualHint]);
  });

  test('a pipe is refused without waiting for it', async () => {
    execFileSync('mkfifo', [join(workspace, 'pipe.yml')]);
    expect((await failureOf('pipe.yml')).message).toBe('`pipe.yml` is not a regular file.');
  });

  test('a link to itself cannot be read', async () => {
    await symlink(join(workspace, 'loop.yml'), join(workspace, 'loop.yml'));
    const failure = await failureOf('loop.yml');
    expect([failure.reason, failure.message]).toEqual(['invalid-sync-file', '`loop.yml` cannot be read (ELOOP).']);
  });

  test('a file above 256 KiB is refused', async () => {
    await writeFile(join(workspace, 'big.yml'), '#'.repeat(256 * 1024 + 1));
    const failure = await failureOf('big.yml');
    expect(failure.reason).toBe('invalid-sync-file');
    expect(failure.message).toBe('`big.yml` has 262145 bytes; a sync file has 262144 (256 KiB) at most.');
  });

  test('bytes that are not UTF-8 are told with their place', async () => {
    await writeFile(join(workspace, 'latin1.yml'), Buffer.from('version: 1\n# für alle\n', 'latin1'));
    const failure = await failureOf('latin1.yml');
    expect(failure.reason).toBe('invalid-sync-file');
    expect(failure.problems).toEqual([
      { message: 'The bytes from here on are not UTF-8.', hint: 'Save the file as UTF-8.', position: { line: 2, column: 4 } },
    ]);
  });

  test('UTF-16 is not UTF-8', async () => {
    await writeFile(join(workspace, 'utf16.yml'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect((await failureOf('utf16.yml')).problems).toMatchObject([{ position: { line: 1, column: 1 } }]);
  });
});
