import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pictured } from '../../sandbox/demo/pictured.ts';

const repository = join(import.meta.dirname, '..', '..');

test('npm run demo plans, applies, finds nothing left to do, leaves its files where it says, and looks as in the picture', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  const demo = spawn(process.execPath, [join(repository, 'sandbox', 'demo.ts')], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  demo.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  demo.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  await once(demo, 'close');
  expect({ code: demo.exitCode, stderr: printed.stderr }).toEqual({ code: 0, stderr: '' });
  expect(printed.stdout).toContain('Planned, applied, and nothing left to do.');
  for (const step of ['1-plan', '2-apply', '3-plan']) {
    for (const file of ['changes.csv', 'plan.json', 'summary.md', 'log.txt']) expect(existsSync(join(folder, 'demo-output', step, file))).toBe(true);
  }
  // Where they differ, the README has an old picture: `npm run picture` draws it anew.
  expect(pictured(readFileSync(join(folder, 'demo-output/1-plan/summary.md'), 'utf8'))).toBe(readFileSync(join(repository, 'docs/summary.txt'), 'utf8'));
  rmSync(folder, { recursive: true });
});
