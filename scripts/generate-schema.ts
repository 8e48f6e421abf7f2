import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { syncFileJsonSchema } from '../src/config/index.ts';

/*
 * Writes schema/sync-file.schema.json from the definition that validates sync files. With `--check` it writes nothing
 * and fails when the file is not current.
 */

const file = fileURLToPath(new URL('../schema/sync-file.schema.json', import.meta.url));
const current = `${JSON.stringify(syncFileJsonSchema(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const written = await readFile(file, 'utf8').catch(() => '');
  if (written !== current) {
    console.error('schema/sync-file.schema.json is not current. Run `npm run generate` and commit the result.');
    process.exitCode = 1;
  }
} else {
  await writeFile(file, current);
}
