import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the action looks for the sync file unless told otherwise. */
export const SYNC_FILE = '.github/oomnitza-user-sync.yml';

/** The shortest sync file that works: everything else has a default. */
export const MINIMAL_SYNC_FILE = `version: 1
sync-keys: [email]
`;

/** Writes files, by their paths from the folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
