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

/**
 * The text of a document with its tables made anew; the prose around them is written by hand. A table stands between two
 * comments that name it.
 *
 * @param source what the tables are made from
 * @param tables rows by the name of the table
 */
export function withTables(path: string, source: string, tables: ReadonlyMap<string, readonly string[]>): string {
  let text = readFileSync(path, 'utf8');
  for (const [name, rows] of tables) {
    const [begin, end] = [`<!-- ${name}, made from ${source} by \`npm run generate\` -->`, `<!-- end of ${name} -->`];
    const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
    if (start === -1 || stop < start) throw new Error(`${path} has no place for the table "${name}"`);
    text = [text.slice(0, start + begin.length), '', ...rows, ''].join('\n') + text.slice(stop);
  }
  return text;
}

/** A row of a table in Markdown; text of a cell that spans lines is put on one. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
}
