import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const stepSchema = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  with: z.record(z.string(), z.unknown()).default({}),
});
const jobSchema = z.object({ needs: z.string().optional(), steps: z.array(stepSchema) });
const { jobs } = z.object({ jobs: z.object({ check: jobSchema, release: jobSchema }) }).parse(parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')));

let folder: string;
let main: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  for (const name of ['releases', 'programs']) mkdirSync(join(folder, name));
  copyFileSync(join(import.meta.dirname, 'gh'), join(folder, 'programs/gh'));
  main = join(folder, 'main');
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'origin.git');
  git(folder, 'init', '--quiet', '--initial-branch=main', 'main');
  git(main, 'remote', 'add', 'origin', join(folder, 'origin.git'));
  for (const name of ['action.yml', 'dist/index.js', 'dist/licenses.txt', 'docs/guide.md', 'schema/sync-file.schema.json', 'examples/sync.yml', 'LICENSE', 'README.md']) write(name, name);
  write('.ci/run', 'echo "everything is checked"\n');
  for (const name of ['changelog.ts', 'release-notes.ts']) write(join('scripts', name), readFileSync(join(root, 'scripts', name), 'utf8'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function environment(): Record<string, string> {
  const people = ['AUTHOR', 'COMMITTER'].flatMap((who): [string, string][] => [[`GIT_${who}_NAME`, 'Ada'], [`GIT_${who}_EMAIL`, 'ada@example.com']]);
  const path = [join(folder, 'programs'), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  return { ...Object.fromEntries(people), PATH: path, HOME: folder, STATE: join(folder, 'releases'), ORIGIN: join(folder, 'origin.git') };
}

function git(cwd: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd, env: environment(), encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout.trim();
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(main, name)), { recursive: true });
  writeFileSync(join(main, name), text);
}

/** Commits a version on the branch that is checked out, and pushes branch and tag. */
function tagVersion(version: string, ...options: string[]): void {
  write('package.json', JSON.stringify({ version, type: 'module' }));
  write('CHANGELOG.md', `# Changelog\n\n## ${version} (2026-11-22)\n\n- What ${version} brings\n`);
  git(main, 'add', '--all');
  git(main, 'commit', '--quiet', '--message', version);
  git(main, 'tag', ...options, `v${version}`);
  git(main, 'push', '--quiet', 'origin', 'HEAD', `v${version}`);
}

/** What GitHub does with one job for a tag: `undefined` where it went well, else the step that failed and its words. */
function runJob(name: keyof typeof jobs, version: string): string | undefined {
  const tag = `v${version}`;
  const place = mkdtempSync(join(folder, `${name}-`));
  const [clone, temporary] = [join(place, 'repository'), join(place, 'temporary')];
  mkdirSync(temporary);
  git(place, 'clone', '--quiet', '--config', 'advice.detachedHead=false', '--branch', tag, join(folder, 'origin.git'), clone);
  const context = { GITHUB_REF_NAME: tag, GITHUB_SHA: git(clone, 'rev-parse', 'HEAD'), GITHUB_REPOSITORY: 'ada/sync', RUNNER_TEMP: temporary };
  const known: Readonly<Record<string, string>> = { 'github.event.repository.default_branch': 'main', 'github.token': 'a token', 'github.ref_name': tag, 'runner.temp': temporary };
  const evaluate = (text: string): string =>
    text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_whole, expression: string) => {
      const value = known[expression];
      if (value === undefined) throw new Error(`nobody knows ${expression}`);
      return value;
    });
  for (const { name: title = '', uses = '', run, env, with: given } of jobs[name].steps) {
    if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'fetch-depth': 0, 'persist-credentials': false });
    if (uses.startsWith('actions/attest-')) {
      const subjects = evaluate(String(given['subject-path'])).trim().split('\n');
      expect(subjects.filter((subject) => globSync(subject, { cwd: clone }).length === 0)).toEqual([]);
    }
    if (run === undefined) continue;
    writeFileSync(join(place, 'step.sh'), run);
    const values = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, evaluate(value)]));
    // Where a step names no shell, this is the one.
    const { status, stdout, stderr } = spawnSync('bash', ['-e', join(place, 'step.sh')], { cwd: clone, env: { ...environment(), ...context, ...values }, encoding: 'utf8' });
    if (status !== 0) return `${title}: ${stdout}${stderr}`;
  }
  return undefined;
}

function release(version: string): string | undefined {
  expect(jobs.release.needs).toBe('check');
  expect(jobs.release.steps.map(({ uses = '' }) => uses)).toContainEqual(expect.stringMatching(/^actions\/attest-build-provenance@/));
  return runJob('check', version) ?? runJob('release', version);
}

function released(): Record<string, unknown> {
  const state = join(folder, 'releases');
  // Of a tag with a message, the commit is in the third column.
  const listed = git(folder, '--git-dir', 'origin.git', 'for-each-ref', 'refs/tags', '--format=%(refname:short) %(objectname) %(*objectname)').split('\n');
  const tags = listed.map((line) => line.split(' ')).map(([tag = '', object = '', commit]) => ({ tag, commit: commit === undefined || commit === '' ? object : commit }));
  return {
    published: globSync('v*', { cwd: state }).filter((tag) => !existsSync(join(state, tag, 'draft'))).toSorted(),
    latest: existsSync(join(state, 'latest')) ? readFileSync(join(state, 'latest'), 'utf8').trim() : undefined,
    major: Object.fromEntries(tags.filter(({ tag }) => /^v\d+$/.test(tag)).map((major) => [major.tag, tags.find(({ tag, commit }) => tag !== major.tag && commit === major.commit)?.tag])),
  };
}

test('a version is published with its notes and what belongs to it, and the major tag follows the newest of its kind', () => {
  git(main, 'switch', '--quiet', '--create', 'feature');
  tagVersion('9.0.0');
  expect(release('9.0.0')).toBe('The tag is on a branch that releases are made from: ::error::v9.0.0 is neither on main nor on release/v9\n');
  expect(released()).toEqual({ published: [], latest: undefined, major: {} });

  git(main, 'switch', '--quiet', '--create', 'main-branch');
  git(main, 'push', '--quiet', 'origin', 'HEAD:main');
  git(main, 'branch', '--move', 'main');
  tagVersion('1.9.0');
  expect(release('1.9.0')).toBeUndefined();
  expect(released()).toEqual({ published: ['v1.9.0'], latest: 'v1.9.0', major: { v1: 'v1.9.0' } });
  const files = join(folder, 'releases/v1.9.0');
  expect(readFileSync(join(files, 'notes'), 'utf8')).toBe('- What 1.9.0 brings\n');
  expect(globSync('*', { cwd: join(files, 'assets') }).toSorted()).toEqual(['licenses.txt', 'oomnitza-user-sync-v1.9.0.tar.gz', 'sync-file.schema.json']);
  const packed = spawnSync('tar', ['--list', '--file', join(files, 'assets/oomnitza-user-sync-v1.9.0.tar.gz')], { encoding: 'utf8' }).stdout.split('\n');
  expect(packed).toEqual(expect.arrayContaining(['action.yml', 'dist/index.js', 'docs/guide.md', 'LICENSE']));

  // A candidate is nobody's newest version, and neither is a tag that was refused.
  git(main, 'tag', 'v1.10.0-rc.1');
  git(main, 'push', '--quiet', 'origin', 'v1.10.0-rc.1');
  tagVersion('2.0.0', '--annotate', '--message', 'Two');
  expect(runJob('release', '2.0.0')).toBeUndefined();
  git(main, 'switch', '--quiet', '--create', 'release/v1', 'v1.9.0');
  tagVersion('1.10.0');
  expect(release('1.10.0')).toBeUndefined();
  expect(released()).toMatchObject({ latest: 'v2.0.0', major: { v1: 'v1.10.0', v2: 'v2.0.0' } });
  tagVersion('1.9.1');
  expect(runJob('release', '1.9.1')).toBeUndefined();
  expect(released()).toEqual({ published: ['v1.10.0', 'v1.9.0', 'v1.9.1', 'v2.0.0'], latest: 'v2.0.0', major: { v1: 'v1.10.0', v2: 'v2.0.0' } });
});

test('nothing is released of another major version’s branch, of a version that the files do not know, or of one that does not pass', () => {
  git(main, 'switch', '--quiet', '--create', 'release/v1');
  git(main, 'commit', '--quiet', '--allow-empty', '--message', 'Begin');
  git(main, 'push', '--quiet', 'origin', 'HEAD:main');
  tagVersion('2.0.0');
  git(main, 'tag', 'v1.2.3');
  write('.ci/run', 'echo "a test fails"; exit 1\n');
  tagVersion('1.2.4');
  git(main, 'push', '--quiet', 'origin', '--tags');
  expect(release('2.0.0')).toMatch(/^The tag is on a branch .* neither on main nor on release\/v2\n$/);
  expect(release('1.2.3')).toBe('Tag, package.json and changelog agree: package.json has version 2.0.0\nCHANGELOG.md says nothing of 1.2.3\n');
  expect(release('1.2.4')).toMatch(/^Install, test, .*: a test fails\n$/);
  expect(released()).toEqual({ published: [], latest: undefined, major: {} });
});

test('a release that fails at any of its steps is completed by running it again', () => {
  tagVersion('1.0.0');
  const fail = (when: 'after' | 'before', command: string): string | undefined => {
    writeFileSync(join(folder, 'releases/fault'), `${when} ${command}\n`);
    return runJob('release', '1.0.0');
  };
  expect(fail('after', 'release create *')).toContain('Draft the release: ');
  expect(fail('before', 'release upload *')).toContain('Attach the archive');
  expect(released()).toMatchObject({ published: [] });
  expect(fail('before', 'release list *')).toContain('Publish it: ');
  expect(released()).toMatchObject({ published: [] });
  expect(fail('after', 'release edit *')).toContain('Publish it: ');
  // Whoever runs the published one again neither attaches to it nor drafts another.
  expect(fail('before', 'api --method POST *')).toMatch(/^Move the major tag.*git push --force origin "v1\.0\.0\^\{\}:refs\/tags\/v1"/s);
  expect(released()).toEqual({ published: ['v1.0.0'], latest: 'v1.0.0', major: {} });
  expect(runJob('release', '1.0.0')).toBeUndefined();
  expect(released()).toEqual({ published: ['v1.0.0'], latest: 'v1.0.0', major: { v1: 'v1.0.0' } });
});
