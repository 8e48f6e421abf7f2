import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { notesOn } from '../../scripts/changelog.ts';

const changelog = '# Changelog\n\n## Unreleased\n\n- Later\n\n## 1.2.3 (2026-11-01)\n\n- First\n- Second\n\n## 1.2.2\n\n- Before\n';

function notesOf(tag: string, version = '1.2.3') {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    mkdirSync(join(folder, 'scripts'));
    for (const name of ['changelog.ts', 'release-notes.ts']) cpSync(resolve('scripts', name), join(folder, 'scripts', name));
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

test.each([
  ['a date', '## 1.2.3 (2026-11-01)'],
  ['a date after a comma', '## 1.2.3, 2026-11-01'],
  ['brackets', '## [1.2.3] - 2026-11-01'],
  ['a link', '## [1.2.3](https://github.com/x/y/compare/v1.2.2...v1.2.3) (2026-11-01)'],
  ['a v', '## v1.2.3'],
  ['marks at its end', '## 1.2.3 ##'],
  ['lines as on Windows', '## 1.2.3\r'],
])('a heading may have %s', (_what, heading) => {
  expect(notesOn('1.2.3', `# Changelog\n\n## 1.2.30\n\n- Later\n\n## [1.2.3-rc.1]\n\n- Candidate\n\n${heading}\n\n- Now\n\n## 1.2.2\n\n- Before\n`)).toBe('- Now');
});

test.each(['```', '~~~~'])('what looks like a heading between %s is part of the notes', (fence) => {
  const code = `${fence}md\n## 1.2.3\n\`\`\nno heading\n${fence}`;
  const text = `# Changelog\n\n${code}\n\n## 1.2.4\n\n${code}\n\n## 1.2.3\n\n- Now:\n\n  ${code.replaceAll('\n', '\n  ')}\n\n${code}\n\n- More\n\n## 1.2.2\n`;
  expect(notesOn('1.2.3', text)).toBe(`- Now:\n\n  ${code.replaceAll('\n', '\n  ')}\n\n${code}\n\n- More`);
});

test.each([
  ['is empty', '## 1.2.3\n\n## 1.2.2\n\n- Before\n'],
  ['is empty and the last', '## 1.2.3\n'],
  ['has headings alone', '## 1.2.3\n\n### Added\n\n### Fixed\n\n## 1.2.2\n'],
  ['has the addresses of links alone', '## [1.2.3]\n\n[1.2.3]: https://github.com/x/y/releases\n'],
  ['is a comment', '<!--\n## 1.2.3\n\n- Now\n-->\n'],
  ['is not there', ''],
  ['is code', '```\n## 1.2.3\n\n- Now\n```\n'],
])('a section that %s says nothing', (_what, sections) => {
  expect(notesOn('1.2.3', `# Changelog\n\n${sections}`)).toBe('');
});
