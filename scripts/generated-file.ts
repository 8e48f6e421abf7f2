import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/**
 * Writes a file that is made from others; with `--check` among the arguments of the process it only compares, and ends
 * the process with 1 where the file is not current.
 */
export function writeGenerated(path: string, text: string): void {
  const root = resolve(import.meta.dirname, '..');
  const name = relative(root, path);
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`${name} written`);
  } else if (current(path) === text) {
    console.log(`${name} is current`);
  } else {
    console.error(`${name} is not current. Run: npm run generate`);
    process.exitCode = 1;
  }
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A row of a table in Markdown; text of a cell that spans lines is put on one. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
}
