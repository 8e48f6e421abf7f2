import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { equalValues, type Scalar } from '../../src/field-value.ts';
import { fittingOf, Misfit, unknownField, type FieldOption, type FieldType, type InstanceField } from '../../src/instance-field/index.ts';
import { inFull } from '../support/in-full.ts';

function field(type: FieldType, more: Partial<InstanceField> = {}): InstanceField {
  return { ...unknownField('x'), type, ...more };
}

/** What the field makes of a value; the reason and message where it does not take it. */
function fit(given: InstanceField, value: Scalar): Scalar | string[] {
  const fitted = fittingOf(given).fit(value);
  return fitted instanceof Misfit ? [fitted.reason, fitted.message] : fitted;
}

const noInteger = ['invalid-value', 'holds whole numbers, and the value is none'];
const noNumber = ['invalid-value', 'holds numbers, and the value is none'];
const noTruth = ['invalid-value', 'holds true or false, and the value is neither'];
const noDate = ['invalid-value', 'holds dates, and the value is none'];

test.each<readonly [FieldType, Scalar, Scalar | string[]]>([
  ['text', 'a', 'a'],
  ['text', 7, '7'],
  ['text', false, 'false'],
  ['integer', 7, 7],
  ['integer', '007', 7],
  ['integer', ' -7 ', -7],
  ['integer', '7.0', noInteger],
  ['integer', 7.5, noInteger],
  ['integer', 'seven', noInteger],
  ['integer', '1,000', noInteger],
  ['integer', '0x10', noInteger],
  ['integer', true, noInteger],
  ['integer', '9007199254740993', '9007199254740993'],
  ['number', '7.50', 7.5],
  ['number', '.5', 0.5],
  ['number', '-1e3', -1000],
  ['number', '1e999', noNumber],
  ['number', 'Infinity', noNumber],
  ['number', '', noNumber],
  ['number', '7,5', noNumber],
  ['number', false, noNumber],
  ['boolean', true, true],
  ['boolean', 'FALSE', false],
  ['boolean', ' true ', true],
  ['boolean', 1, true],
  ['boolean', '0', false],
  ['boolean', 2, noTruth],
  ['boolean', 'yes', noTruth],
  ['date', '2024-02-29', '2024-02-29T00:00:00Z'],
  ['date', '2024-02-29T13:45:10.987+02:00', '2024-02-29T11:45:10Z'],
  ['date', '2024-02-29T23:30:00-0100', '2024-03-01T00:30:00Z'],
  ['date', 1709207110, '2024-02-29T11:45:10Z'],
  ['date', '1709207110', '2024-02-29T11:45:10Z'],
  ['date', '20240229', noDate],
  ['date', '2019', noDate],
  ['date', '-1', noDate],
  ['date', '1709207110123', noDate],
  ['date', '2023-02-29', noDate],
  ['date', 'tomorrow', noDate],
  ['date', 1e15, noDate],
  ['date', true, noDate],
  ['unknown', 'anything', 'anything'],
  ['unknown', '2024-02-29T13:45:10+02:00', '2024-02-29T11:45:10Z'],
  ['unknown', '2024-02-30T13:45:10+02:00', '2024-02-30T13:45:10+02:00'],
  ['unknown', '2024-02-29', '2024-02-29'],
])('a field of type %s makes of %j: %j', (type, value, expected) => {
  expect(fit(field(type), value)).toEqual(expected);
});

test('a text is as long as it has characters', () => {
  const short = field('text', { maxLength: 4 });
  expect(fit(short, 'abcd')).toBe('abcd');
  expect(fit(short, '😀😀😀😀')).toBe('😀😀😀😀');
  expect(fit(short, '😀😀😀😀😀')).toEqual(['invalid-value', 'holds 4 characters at most, and the value has 5']);
  expect(fit(short, 12345)).toEqual(['invalid-value', 'holds 4 characters at most, and the value has 5']);
});

describe('a drop-down', () => {
  const options: readonly FieldOption[] = [
    { key: 'EMP', label: 'Employee' },
    { key: 'CON', label: 'Contractor' },
    { key: 'con', label: 'Conference room' },
    { key: 'A', label: 'Twin' },
    { key: 'B', label: 'twin' },
    { key: 'Employee', label: 'Former employee' },
  ];
  const none = ['invalid-option', 'takes `EMP` (Employee), `CON` (Contractor), `con` (Conference room), `A` (Twin), `B` (twin), 1 more and nothing else'];

  test.each<readonly [Scalar, Scalar | string[]]>([
    ['EMP', 'EMP'],
    [' emp ', 'EMP'],
    ['Contractor', 'CON'],
    ['contractor', 'CON'],
    // A key counts before a label, and each exact one before those that differ in case.
    ['Employee', 'Employee'],
    ['con', 'con'],
    ['CON', 'CON'],
    ['Con', none],
    // It is not clear which of the two is meant.
    ['Twin', none],
    ['Visitor', none],
    [7, none],
    [true, none],
  ])('makes of %j: %j', (value, expected) => {
    expect(inFull(fit(field('text', { options, maxLength: 256 }), value))).toEqual(inFull(expected));
  });

  test('gives keys in the type of its field, and as they are where they have another', () => {
    const roles = [{ key: '25', label: 'Employee' }, { key: 'x', label: 'Guest' }];
    expect(['Employee', '25', 25, 'guest'].map((value) => fit(field('integer', { options: roles }), value))).toEqual([25, 25, 25, 'x']);
  });

  test('of yes and no takes truth values', () => {
    const options = [{ key: '1', label: 'Yes' }, { key: '0', label: 'No' }];
    expect([true, false, 'yes', 1].map((value) => fit(field('text', { options }), value))).toEqual(['1', '0', '1', '1']);
    expect(fit(field('text', { options: [{ key: 'true', label: 'On' }] }), true)).toBe('true');
  });
});

describe('what records hold', () => {
  test('is brought into the same form where that decides whether it differs', () => {
    const options = [{ key: 'EMP', label: 'Employee' }];
    expect(fittingOf(field('text', { options })).canonical?.('Employee')).toBe('EMP');
    expect(fittingOf(field('text', { options })).canonical?.('Ghost')).toBe('Ghost');
    expect(fittingOf(field('date')).canonical?.(1709207110)).toBe('2024-02-29T11:45:10Z');
    expect(fittingOf(field('number')).canonical?.('7.50')).toBe(7.5);
    expect(fittingOf(field('date')).canonical?.('long ago')).toBe('long ago');
  });

  test('counts as equal in every other form that a field takes', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constantFrom('true', '1', '007', ' x '));
    fc.assert(
      fc.property(value, fc.constantFrom('text', 'boolean', 'unknown'), (given, type: FieldType) => {
        const fitted = fittingOf(field(type)).fit(given);
        return fitted instanceof Misfit || equalValues(given, fitted) || String(given).trim().toLowerCase() === String(fitted);
      }),
    );
  });

  test('fits what it was made of, so that nothing is written twice', () => {
    const type = fc.constantFrom<FieldType>('text', 'integer', 'number', 'boolean', 'date', 'unknown');
    const value = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constantFrom('2024-01-01', '12', 'true'));
    fc.assert(
      fc.property(value, type, (given, kind) => {
        const fitting = fittingOf(field(kind, { maxLength: 5 }));
        const once = fitting.fit(given);
        return once instanceof Misfit || fitting.fit(once) === once;
      }),
    );
  });
});
