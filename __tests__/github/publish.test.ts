import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOutputs } from '../../sandbox/runner/command-files.ts';
import { setOutputs, showSummary } from '../../src/github/index.ts';
import { setEnvironment } from '../support/github.ts';

let folder: string;
let restore: () => void;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outputs-'));
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
  for (const path of Object.values(files)) await writeFile(path, '');
  restore = setEnvironment(files);
});
afterEach(async () => {
  restore();
  await rm(folder, { recursive: true });
});

async function outputs(): Promise<Record<string, string>> {
  return parseOutputs(await readFile(join(folder, 'output'), 'utf8'));
}

const counts = { directory: 100, scope: 99, create: 1, update: 2, suspend: 0, restore: 0, unchanged: 90, skip: 3, conflict: 2, leaver: 1 };

describe('the outputs', () => {
  test('say all that is known', async () => {
    setOutputs({
      mode: 'apply',
      counts,
      failCount: 1,
      planDigest: 'abc',
      csvPath: '/r/changes.csv',
      planPath: '/r/plan.json',
      summaryPath: '/r/summary.md',
      suggestionPath: '/r/suggested-sync-file.yml',
      artifactId: '17',
      artifactUrl: 'https://github.com/a/b/actions/runs/1/artifacts/17',
      failureReason: 'record-failures',
    });
    expect(await outputs()).toEqual({
      mode: 'apply',
      'has-changes': 'true',
      'directory-count': '100',
      'scope-count': '99',
      'create-count': '1',
      'update-count': '2',
      'suspend-count': '0',
      'restore-count': '0',
      'unchanged-count': '90',
      'skip-count': '3',
      'conflict-count': '2',
      'fail-count': '1',
      'leaver-count': '1',
      'plan-digest': 'abc',
      'csv-path': '/r/changes.csv',
      'plan-path': '/r/plan.json',
      'summary-path': '/r/summary.md',
      'suggestion-path': '/r/suggested-sync-file.yml',
      'artifact-id': '17',
      'artifact-url': 'https://github.com/a/b/actions/runs/1/artifacts/17',
      'failure-reason': 'record-failures',
    });
  });

  test('are empty where nothing is known', async () => {
    setOutputs({ failureReason: 'invalid-input' });
    const { 'failure-reason': reason, ...others } = await outputs();
    expect(reason).toBe('invalid-input');
    expect(Object.keys(others)).toHaveLength(20);
    expect(new Set(Object.values(others))).toEqual(new Set(['']));
  });

  test.each([
    [{ create: 1, update: 0 }, 'true'],
    [{ create: 0, update: 1 }, 'true'],
    [{ create: 0, update: 0, suspend: 1 }, 'true'],
    [{ create: 0, update: 0, restore: 1 }, 'true'],
    [{ create: 0, update: 0 }, 'false'],
  ])('say whether there are changes: %j', async (changed, expected) => {
    setOutputs({ counts: { ...counts, ...changed }, failureReason: '' });
    expect(await outputs()).toMatchObject({ 'has-changes': expected, 'failure-reason': '' });
  });

  test('are those that the action declares', async () => {
    setOutputs({ failureReason: '' });
    const action = await readFile(new URL('../../action.yml', import.meta.url), 'utf8');
    const declared = /\noutputs:\n(.*?)\nruns:/s.exec(action)?.[1]?.matchAll(/^ {2}([a-z-]+):/gm) ?? [];
    expect(Object.keys(await outputs()).toSorted()).toEqual([...declared].map(([, name]) => name).toSorted());
  });
});

test('the summary is shown as it is', async () => {
  await showSummary('# Plan\n\nNothing to change.');
  expect(await readFile(join(folder, 'summary.md'), 'utf8')).toBe('# Plan\n\nNothing to change.\n');
});
