import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Bundles the action: TypeScript to `build/`, and that with all it needs to `dist/`. With `--check` the bundle is made
 * elsewhere and compared with the committed one, so that nobody runs code other than what the sources say.
 */
const check = process.argv.includes('--check');
const root = resolve(import.meta.dirname, '..');
const committed = join(root, 'dist');
const target = check ? mkdtempSync(join(tmpdir(), 'dist-')) : committed;

rmSync(join(root, 'build'), { recursive: true, force: true });
if (!check) rmSync(target, { recursive: true, force: true });
runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
runTool('@vercel/ncc/dist/ncc/cli.js', ['build', 'build/index.js', '-o', target, '--license', 'licenses.txt', '--no-cache', '--quiet']);

if (check) {
  const different = differences(committed, target);
  rmSync(target, { recursive: true, force: true });
  if (different.length > 0) {
    console.error(`dist/ is not what the sources give (${different.join(', ')}). Run: npm run build`);
    process.exit(1);
  }
  console.log('dist/ is current');
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
