import { expect, test } from '@jest/globals';
import { filterClauses } from '../../src/directory/index.ts';

test.each<[filter: string, ...clauses: string[]]>([
  [' accountEnabled eq true ', 'accountEnabled eq true'],
  ["a eq 1 and b eq 'x'", 'a eq 1', "b eq 'x'"],
  ["a eq 1 AND\n  not startswith(b,'x') And c ne null", 'a eq 1', "not startswith(b,'x')", 'c ne null'],
  ['(a eq 1)and(b eq 2)', '(a eq 1)', '(b eq 2)'],
  ["a eq 'R and D' and b eq 'O'' and '' Neil'", "a eq 'R and D'", "b eq 'O'' and '' Neil'"],
  ["a eq ')' and b eq 2", "a eq ')'", 'b eq 2'],
  ["(a eq 1 and b eq 2) and c in ('x', 'and', 'y')", '(a eq 1 and b eq 2)', "c in ('x', 'and', 'y')"],
  ["proxyAddresses/any(x: x eq 'a' and x ne 'b') and d eq 4", "proxyAddresses/any(x: x eq 'a' and x ne 'b')", 'd eq 4'],
  ['(a eq 1 or b eq 2) and c eq 3', '(a eq 1 or b eq 2)', 'c eq 3'],
  ["a eq 'x or y' and brand eq 2 and c/and eq 3", "a eq 'x or y'", 'brand eq 2', 'c/and eq 3'],
  // What cannot be told apart stays whole.
  ['a eq 1 and b eq 2 OR c eq 3', 'a eq 1 and b eq 2 OR c eq 3'],
  ['a eq 1) and (b eq 2', 'a eq 1) and (b eq 2'],
  ['(a eq 1 and b eq 2', '(a eq 1 and b eq 2'],
  ['a eq 1 and (b eq 2', 'a eq 1 and (b eq 2'],
  ["a eq 'x and b eq 2", "a eq 'x and b eq 2"],
])('%j', (filter, ...clauses) => {
  expect(filterClauses(filter, 10)).toEqual(clauses);
});

test('the last of the most clauses holds the rest', () => {
  expect(filterClauses('a eq 1 and b eq 2 and c eq 3 and d eq 4', 3)).toEqual(['a eq 1', 'b eq 2', 'c eq 3 and d eq 4']);
});
