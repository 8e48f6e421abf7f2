import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const changelog = '# Changelog\n\n## Unreleased\n\n- Later\n\n## 1.2.3 (2026-11-01)\n\n- First\n- Second\n\n## 1.2.2\n\n- Before\n';

function notesOf(tag: string, version = '1.2.3') {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    mkdirSync(join(folder, 'scripts'));
    cpSync(resolve('scripts/release-notes.ts'), join(folder, 'scripts/release-notes.ts'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version, type: 'module' }));
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/release-notes.ts', tag], { cwd: folder, encoding: 'utf8' });
    return { status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a release gets what the changelog says of its version, and nothing else', () => {
  expect(notesOf('v1.2.3')).toEqual({ status: 0, stdout: '- First\n- Second\n', stderr: '' });
});

test.each([
  ['v1.2', '1.2.3', 'the tag "v1.2" is no version such as v1.2.3\n'],
  ['v1.2.4', '1.2.4', 'CHANGELOG.md says nothing of 1.2.4\n'],
  ['v1.2.3', '1.2.2', 'package.json has version 1.2.2\n'],
])('%s with version %s in package.json is no release', (tag, version, stderr) => {
  expect(notesOf(tag, version)).toEqual({ status: 1, stdout: '', stderr });
});
