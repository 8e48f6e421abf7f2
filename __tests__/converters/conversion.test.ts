import { describe, expect, it } from '@jest/globals';
import { compileConversion, converters, InvalidValue } from '../../src/converters/index.ts';

describe('the converters of a rule together', () => {
  it('run in their order', () => {
    const calls = [{ name: 'split', args: { on: '@' } }, { name: 'uppercase', args: {} }];
    expect(compileConversion(calls, converters).run('ada@example.com')).toBe('ADA');
  });

  it('hand a list to the first of them whole', () => {
    const calls = [{ name: 'member_of', args: { map: new Map([['b', 'Found']]) } }, { name: 'lowercase', args: {} }];
    expect(compileConversion(calls, converters).run(['a', 'b'])).toBe('found');
  });

  it('end at the first that cannot convert', () => {
    const calls = [{ name: 'epoch_seconds', args: {} }, { name: 'lowercase', args: {} }];
    expect(compileConversion(calls, converters).run('soon')).toBeInstanceOf(InvalidValue);
  });

  it('carry what is empty through', () => {
    const calls = [{ name: 'split_email', args: {} }, { name: 'epoch_seconds', args: {} }];
    expect(compileConversion(calls, converters).run('@example.com')).toBeNull();
  });

  it('without any, join a list and leave the rest', () => {
    const { run } = compileConversion([], converters);
    expect([run(['a', ' ', 'b']), run([]), run(false)]).toEqual(['a, b', null, false]);
  });

  it('must be known', () => {
    expect(() => compileConversion([{ name: 'reverse', args: {} }], converters)).toThrow('There is no converter `reverse`.');
  });
});
