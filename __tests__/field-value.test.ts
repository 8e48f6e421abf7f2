import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byCodePoint, equalValues, isEmpty, type FieldValue } from '../src/field-value.ts';

describe('values that are the same to Oomnitza', () => {
  const equal: [FieldValue, FieldValue][] = [
    [null, ''],
    [null, '   '],
    [25, '25'],
    [' 25 ', 25],
    [true, 'true'],
    [true, '1'],
    [true, 1],
    ['1', 'true'],
    [false, 'false'],
    [false, '0'],
    ['Ann', ' Ann '],
    [1_735_689_600, '2025-01-01'],
    ['1735689600', '2025-01-01T00:00:00Z'],
    ['2025-01-01T01:00:00+01:00', 1_735_689_600],
    ['2025-01-01T00:00:00', '2025-01-01T00:00:00.000Z'],
  ];
  test.each(equal)('%p and %p', (left, right) => {
    expect(equalValues(left, right)).toBe(true);
    expect(equalValues(right, left)).toBe(true);
  });
});

describe('values that differ', () => {
  const different: [FieldValue, FieldValue][] = [
    ['Ann', 'ann'],
    ['007', 7],
    ['25', '25.0'],
    [null, false],
    [null, 0],
    [true, false],
    [true, 'True'],
    [2, true],
    ['2025-01-01', 1_735_689_601],
    ['2025-13-45', 'x'],
    ['2025', 1_735_689_600],
  ];
  test.each(different)('%p and %p', (left, right) => {
    expect(equalValues(left, right)).toBe(false);
    expect(equalValues(right, left)).toBe(false);
  });
});

test('empty are null and white space; false and 0 are values', () => {
  expect([null, '', ' \t\n'].map(isEmpty)).toEqual([true, true, true]);
  expect([false, 0, '0', 'x'].map(isEmpty)).toEqual([false, false, false, false]);
});

const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.date({ noInvalidDate: true }).map((date) => date.toISOString()));

test('equality does not depend on the side', () => {
  fc.assert(fc.property(value, value, (left, right) => equalValues(left, right) === equalValues(right, left)));
  fc.assert(fc.property(value, (same) => equalValues(same, same)));
});

test('the order of texts is that of their code points', () => {
  const codePoints = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const expected = (left: string, right: string): number => {
    const [a, b] = [codePoints(left), codePoints(right)];
    for (const [index, point] of a.entries()) {
      const other = b[index];
      if (other === undefined) return 1;
      if (point !== other) return Math.sign(point - other);
    }
    return a.length === b.length ? 0 : -1;
  };
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => Math.sign(byCodePoint(left, right)) === expected(left, right)));
});
