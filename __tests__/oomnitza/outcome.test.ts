import { expect, test } from '@jest/globals';
import { refusal } from '../../src/oomnitza/outcome.ts';
import { answer } from '../support/http.ts';

const kindOf = (error: string): string => refusal(answer(400, { error })).kind;

test.each([
  ['a quoted value', "Another user has the email 'ada byron'.", "Another user has the email 'bob'."],
  ['an address', 'ada@example.com is not allowed', 'bob@example.org is not allowed'],
  ['a number or an id', 'Record 17 cannot be written (a1b2-c3)', 'Record 4711 cannot be written (d4e5-f6)'],
])('refusals that differ by %s are alike', (_name, one, other) => {
  expect(kindOf(one)).toBe(kindOf(other));
});

test('refusals for other reasons are not', () => {
  expect(kindOf('The department is unknown.')).not.toBe(kindOf('The phone is too long.'));
});
