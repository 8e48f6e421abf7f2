import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';

/** The path from a folder to a target inside it, with `/` between folders on every system; `undefined` where it is outside. */
export function pathInside(folder: string, target: string): string | undefined {
  const path = relative(folder, target);
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path.replaceAll(sep, '/');
}

/** Where a path really leads; for one that does not exist, where its nearest parent that does leads. */
export async function realPathOfNearest(target: string): Promise<string> {
  return realpath(target).catch(async (thrown: unknown) => {
    if (dirname(target) === target) throw thrown;
    return realPathOfNearest(dirname(target));
  });
}
