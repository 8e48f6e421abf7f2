import { expect, test } from '@jest/globals';
import { counted, duration, people, personOf, thousands } from '../../src/report/words.ts';
import { entry } from './samples.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [12_345, '12,345'],
  [1_234_567, '1,234,567'],
])('%d reads %s', (count, text) => {
  expect(thousands(count)).toBe(text);
});

test('one is singular, everything else plural', () => {
  expect([0, 1, 2, 1000].map((count) => people(count))).toEqual(['0 people', '1 person', '2 people', '1,000 people']);
  expect([1, 2].map((count) => counted(count, 'change'))).toEqual(['1 change', '2 changes']);
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [1000, '1.0 s'],
  [4230, '4.2 s'],
  [59_949, '59.9 s'],
  [59_999, '1 min 0 s'],
  [125_400, '2 min 5 s'],
  [3_599_700, '1 h 0 min'],
  [3_780_000, '1 h 3 min'],
])('%d milliseconds take %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

test('a person goes by the best name there is', () => {
  const names = { userPrincipalName: 'upn', username: 'user', syncKey: 'email=x', entraId: 'guid', oomnitzaId: '7' };
  const order = ['userPrincipalName', 'username', 'syncKey', 'entraId', 'oomnitzaId'] as const;
  const found = order.map((_, index) => personOf(entry({ ...names, ...Object.fromEntries(order.slice(0, index).map((name) => [name, null])) })));
  expect(found).toEqual(['upn', 'user', 'email=x', 'guid', '7']);
  expect(personOf(entry({ userPrincipalName: null }))).toBe('unknown');
});
