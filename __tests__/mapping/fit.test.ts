import { describe, expect, test } from '@jest/globals';
import type { FieldValue } from '../../src/field-value.ts';
import { unknownField, type InstanceField } from '../../src/instance-field/index.ts';
import { compileFit, wholeUser, type DesiredRecord, type Flaw } from '../../src/mapping/index.ts';
import { rule } from '../plan/support.ts';
import { inFull } from '../support/in-full.ts';

const rules = ['a', 'b', 'c'].map((field) => rule(field));

function fields(described: Readonly<Record<string, Partial<InstanceField>>>): Map<string, InstanceField> {
  return new Map(Object.entries(described).map(([name, more]) => [name, { ...unknownField(name), ...more }]));
}

function desired(values: readonly FieldValue[], flaws: readonly Flaw[] = []): DesiredRecord {
  return { entraId: 'id', userPrincipalName: null, enabled: true, values, flaws };
}

const missing = (index: number): Flaw => ({ rule: index, reason: 'missing-required', message: 'm' });

describe('a desired record', () => {
  test('gets the form that the fields take, and a flaw where they do not take a value', () => {
    const fit = compileFit(rules, [0, 1, 2], fields({ a: { type: 'integer' }, b: { type: 'integer' }, c: { options: [{ key: 'K', label: 'Label' }] } }));
    expect(inFull(fit.desired(desired(['7', 'seven', 'Other'], [missing(0)])))).toMatchObject({
      values: [7, null, null],
      flaws: [
        missing(0),
        { rule: 1, reason: 'invalid-value', message: '`b` holds whole numbers, and the value is none', value: 'seven' },
        { rule: 2, reason: 'invalid-option', message: '`c` takes `K` (Label) and nothing else', value: 'Other' },
      ],
    });
  });

  test('keeps what is empty empty', () => {
    const fit = compileFit(rules, [0, 1, 2], fields({ a: { type: 'date' }, b: { type: 'boolean' } }));
    expect(fit.desired(desired([null, ' ', '']))).toMatchObject({ values: [null, ' ', ''], flaws: [] });
  });

  test('keeps the values of the chosen rules alone, and their flaws', () => {
    const fit = compileFit(rules, [0, 2], fields({ c: { type: 'integer' } }));
    expect(fit.desired(desired(['x', 'y', 'z'], [missing(1), missing(2), missing(wholeUser)]))).toMatchObject({
      values: ['x', null],
      flaws: [missing(1), missing(wholeUser), { rule: 1, reason: 'invalid-value' }],
    });
  });
});

describe('the values of a record', () => {
  test('are left as they are where that makes no difference', () => {
    const values = ['7', 'x', true];
    expect(compileFit(rules, [0, 1, 2], fields({ a: { type: 'text' }, c: { type: 'boolean' } })).current(values)).toBe(values);
    expect(compileFit(rules, [1, 2], new Map()).current(values)).toEqual(['x', true]);
  });

  test('get the form of the field', () => {
    const fit = compileFit(rules, [0, 1, 2], fields({ a: { type: 'date' }, b: { options: [{ key: 'K', label: 'Label' }] } }));
    expect(fit.current([0, 'Label', 5])).toEqual(['1970-01-01T00:00:00Z', 'K', 5]);
    expect(fit.current([null, '', null])).toEqual([null, '', null]);
  });

  test('keep what was read besides', () => {
    expect(compileFit(rules, [1, 2], new Map()).current(['7', 'x', true, '0', null])).toEqual(['x', true, '0', null]);
  });
});
