import { isUtf8 } from 'node:buffer';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { closest } from '../closest.ts';
import { SyncError } from '../errors.ts';
import { pathInside, realPathOfNearest } from '../real-path.ts';
import { invalidSyncFile } from './invalid-sync-file.ts';
import { shown } from './wording.ts';

/** A sync file with hundreds of fields has some ten kilobytes. */
const maxBytes = 256 * 1024;

const checkInput = 'Set the input `sync-file` to the path of the sync file from the root of the repository.';

/** GitHub's API tells of no larger file. */
const mostBytesOfAny = 100 * 1024 * 1024;

/** A sync file as it stands in the workspace. */
export interface OpenedSyncFile {
  /** From the root of the workspace, with `/` between folders on every system. */
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the sync file at `path`, relative to `workspace` or absolute.
 *
 * @throws SyncError `invalid-input` where the path leads out of the workspace, be it through symbolic links;
 *   `invalid-sync-file` where it does not lead to a readable UTF-8 file of at most 256 KiB
 */
export async function openSyncFile(workspace: string, path: string): Promise<OpenedSyncFile> {
  const root = resolve(workspace);
  const target = resolve(root, path);
  // A workspace that is not there has no file either.
  const realRoot = await realpath(root).catch(async (thrown: unknown) => {
    throw await notReadable(root, target, path, thrown);
  });
  const inWorkspace = pathInside(root, target) ?? pathInside(realRoot, target);
  if (inWorkspace === undefined) throw outside(path);
  const bytes = await readInside(realRoot, target, path).catch(async (thrown: unknown) => {
    throw thrown instanceof SyncError ? thrown : await notReadable(root, target, path, thrown);
  });
  return { path: inWorkspace, text: textOf(bytes) };
}

/** The content of a file of the workspace that is no sync file, being too large, say; `undefined` where it cannot be had. */
export async function contentAt(workspace: string, path: string): Promise<Buffer | undefined> {
  const root = resolve(workspace);
  try {
    return await readInside(await realpath(root), resolve(root, path), path, mostBytesOfAny);
  } catch {
    return undefined;
  }
}

/** Whether opening a sync file failed since there is none at its path. */
export function isMissing({ cause }: SyncError): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(String(Reflect.get(Object(cause), 'code')));
}

/**
 * Where a sync file is from the root of the workspace, whether there is one or not.
 *
 * @throws SyncError `invalid-input` where the path leads out of the workspace
 */
export async function syncFilePath(workspace: string, path: string): Promise<string> {
  const root = resolve(workspace);
  const target = resolve(root, path);
  const inWorkspace = pathInside(root, target) ?? pathInside(await realPathOfNearest(root), target);
  if (inWorkspace === undefined) throw outside(path);
  return inWorkspace;
}

/**
 * The text of a sync file that comes from elsewhere than the workspace.
 *
 * @param size of the file in bytes, which may be more than came along
 * @throws SyncError `invalid-sync-file` where it is too large, or no UTF-8
 */
export function syncFileText(path: string, size: number, bytes: Buffer): string {
  if (size > maxBytes) throw tooLarge(path, size);
  return textOf(bytes);
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw notUtf8(bytes);
  return bytes.toString('utf8');
}

function tooLarge(path: string, size: number): SyncError {
  return new SyncError('invalid-sync-file', `${shown(path)} has ${size} bytes; a sync file has ${maxBytes} (256 KiB) at most.`, { hint: checkInput });
}

async function readInside(realRoot: string, target: string, path: string, most = maxBytes): Promise<Buffer> {
  // Also of a file that is not there, so that nothing is told of folders outside.
  if (pathInside(realRoot, await realPathOfNearest(target)) === undefined) throw outside(path);
  const realTarget = await realpath(target);
  const stats = await stat(realTarget);
  // Reading a pipe would wait for ever.
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'a folder, not a file' : 'not a regular file';
    throw new SyncError('invalid-sync-file', `${shown(path)} is ${kind}.`, { hint: checkInput });
  }
  if (stats.size > most) throw tooLarge(path, stats.size);
  return readFile(realTarget);
}

function outside(path: string): SyncError {
  return new SyncError('invalid-input', `The input \`sync-file\` is ${shown(path)}, which leads out of the workspace.`, {
    hint: 'It takes a path that stays inside the workspace, symbolic links followed.',
  });
}

async function notReadable(root: string, target: string, path: string, cause: unknown): Promise<SyncError> {
  const code = String(Reflect.get(Object(cause), 'code'));
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    return new SyncError('invalid-sync-file', `${shown(path)} cannot be read (${code}).`, { hint: checkInput, cause });
  }
  return new SyncError('invalid-sync-file', `There is no file ${shown(path)} in the workspace.`, {
    hint: await hintForMissing(root, target, path),
    cause,
  });
}

async function hintForMissing(root: string, target: string, path: string): Promise<string> {
  const names = await namesIn(root);
  if (names.length === 0) return 'The workspace is empty: does the job run `actions/checkout` before this action?';
  const near = closest(basename(target), await namesIn(dirname(target)));
  return near === undefined ? `${checkInput} Where there is none yet, \`mode: suggest\` proposes one.` : `Did you mean ${shown(join(dirname(path), near).replaceAll(sep, '/'))}?`;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

function notUtf8(bytes: Buffer): SyncError {
  const text = bytes.toString('utf8');
  const before = text.slice(0, text.indexOf('\uFFFD'));
  const position = { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
  const message = 'The bytes from here on are not UTF-8.';
  return invalidSyncFile([{ message, hint: 'Save the file as UTF-8.', position }]);
}
