import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { signInHints } from '../../src/directory/sign-in-hints.ts';

test('the guide has every error number of which the action knows what to do', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/microsoft.md'), 'utf8');
  const documented = new Set([...guide.matchAll(/AADSTS(\d+)/g)].map(([, number]) => Number(number)));
  expect([...signInHints.keys()].filter((number) => !documented.has(number))).toEqual([]);
});
