import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { converters, InvalidValue, type Convertible } from '../../src/converters/index.ts';

const all = [...converters.values()];

describe('the definition of every converter', () => {
  it('covers the contract', () => {
    expect([...converters.keys()]).toEqual([
      'lowercase',
      'uppercase',
      'capitalize',
      'trim',
      'split',
      'split_email',
      'first_from_full',
      'last_from_full',
      'epoch_seconds',
      'ldap_timestamp',
      'member_of',
      'location',
    ]);
  });

  // What `location` gives depends on the instance.
  it.each(all.filter(({ name }) => name !== 'location'))('$name: its example is true', (converter) => {
    const { input, args, output } = converter.example;
    expect(converter.convert(input, args)).toBe(output);
  });

  it.each(all)('$name: says in one sentence each what it does and what its parameters mean', ({ description, parameters }) => {
    for (const sentence of [description, ...Object.values(parameters).map((parameter) => parameter.description)]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it.each(all)('$name: what is empty stays empty', (converter) => {
    const { args } = converter.example;
    for (const empty of [null, '', ' \t\n']) expect([null, '']).toContain(converter.convert(empty, args));
    if (!converter.takes.includes('list')) expect([null, '']).toContain(converter.convert([], args));
  });

  it.each(all)('$name: gives a value or a reason for anything', (converter) => {
    const scalar = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.oneof(scalar, fc.array(scalar)), (value: Convertible) => {
        const converted = converter.convert(value, converter.example.args);
        if (converted instanceof InvalidValue) expect(converted.message).toMatch(new RegExp(`^\`${converter.name}\` (?:takes|finds) `));
        else expect(['string', 'number', 'boolean', 'object']).toContain(typeof converted);
      }),
    );
  });
});

describe('what a converter does not take', () => {
  it.each([
    ['lowercase', true, '`lowercase` takes a text, and the value is a truth value'],
    ['split', 5, '`split` takes a text, and the value is a number'],
    ['epoch_seconds', false, '`epoch_seconds` takes a text or a number, and the value is a truth value'],
    ['member_of', 5, '`member_of` takes a list or a text, and the value is a number'],
  ])('%s: %p', (name, value, message) => {
    expect(converters.get(name)?.convert(value)).toEqual(new InvalidValue(message));
  });

  it('joins a list where lists are not taken', () => {
    expect(converters.get('uppercase')?.convert(['a', null, ' ', 'b', 1])).toBe('A, B, 1');
  });
});

describe('arguments that an expression computed', () => {
  it.each([
    ['split', { on: '' }, '`split` takes a text that is not empty as `on`'],
    ['split', { on: 1, index: 1.5 }, '`split` takes a text that is not empty as `on` and a whole number as `index`'],
    ['member_of', {}, '`member_of` takes a mapping of texts to results as `map`'],
    ['member_of', { map: new Map() }, '`member_of` takes a mapping of texts to results as `map`'],
    ['member_of', { map: 'x' }, '`member_of` takes a mapping of texts to results as `map`'],
    ['member_of', { map: new Map([['a', 'x']]), default: new Map([['b', 'y']]) }, '`member_of` takes a text that is not blank, a number, `true` or `false` as `default`'],
  ])('%s %p', (name, args, message) => {
    expect(converters.get(name)?.convert('a b', args)).toEqual(new InvalidValue(message));
  });
});
