import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/*
 * Bundles the action: TypeScript to `build/`, and that with all it needs to `dist/`. With `--check` the bundle is made
 * elsewhere and compared with the committed one, so that nobody runs code other than what the sources say.
 */

/** The packages that are in a chunk, as they stand in it. */
const modulePath = /\.\/(?:node_modules\/(?:@[\w.-]+\/)?[\w.-]+(?:\/(?=node_modules))?)+(?=\/)/g;
const check = process.argv.includes('--check');
const root = resolve(import.meta.dirname, '..');
const committed = join(root, 'dist');
const target = check ? mkdtempSync(join(tmpdir(), 'dist-')) : committed;

rmSync(join(root, 'build'), { recursive: true, force: true });
if (!check) rmSync(target, { recursive: true, force: true });
runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
runTool('@vercel/ncc/dist/ncc/cli.js', ['build', 'build/index.js', '-o', target, '--license', 'licenses.txt', '--no-cache', '--quiet']);

addLicences(target);

if (check) {
  const different = differences(committed, target);
  rmSync(target, { recursive: true, force: true });
  if (different.length > 0) {
    console.error(`dist/ is not what the sources give (${different.join(', ')}). Run: npm run build`);
    process.exit(1);
  }
  console.log('dist/ is current');
}

/**
 * The bundler names the licences of those packages only that it did not merge into other modules. The others are in the
 * comments by which it marks every module.
 */
function addLicences(folder: string): void {
  const file = join(folder, 'licenses.txt');
  const listed = readFileSync(file, 'utf8');
  const chunks = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const paths = chunks.flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(modulePath)].map(([path]) => path.slice(2)));
  const missing = [...new Set(paths)].map((path) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) })).filter(({ name }) => !listed.split('\n').includes(name));
  const byName = new Map(missing.map(({ name, path }) => [name, path]));
  const notices = [...byName].sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, path]) => noticeOf(name, join(root, path)));
  writeFileSync(file, [listed.trimEnd(), ...notices].join('\n\n') + '\n');
}

/** In the form of the bundler: name, licence, text. */
function noticeOf(name: string, folder: string): string {
  const licence: unknown = Reflect.get(Object(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))), 'license');
  const text = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (text === undefined) throw new Error(`${name} has no licence text to bundle`);
  return [name, String(licence), readFileSync(join(folder, text), 'utf8').trim()].join('\n');
}

function runTool(script: string, parameters: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...parameters], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function differences(left: string, right: string): string[] {
  const names = new Set([...readdirSync(left), ...readdirSync(right)]);
  return [...names].filter((name) => contentOf(join(left, name)) !== contentOf(join(right, name)));
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
