import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../src/expression/pattern.ts';

function isIn(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  if ('message' in compiled) throw new Error(compiled.message);
  return compiled.isIn(text);
}

const atom = fc.constantFrom('a', 'b', 'ab', '.', '[ab]', '[^a]', '\\d', '\\w', '\\s', '\\b', '\\B', '^', '$', '', '(?:a|b)', '@', '1', ' ');
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small' },
    atom,
    fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('')),
    fc.tuple(tie('pattern'), tie('pattern')).map((parts) => `(?:${parts.join('|')})`),
    fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}', '*?')).map(([inner, times]) => `(?:${inner})${times}`),
  ),
}));

test('patterns that JavaScript has as well find the same in the same texts', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'ab', '1', ' ', '@', 'c'), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(pattern, text, (source, searched) => {
      expect(isIn(source, searched)).toBe(new RegExp(source, 'u').test(searched));
    }),
    { numRuns: 5_000 },
  );
});

test('any text is a pattern or is told not to be one', () => {
  const source = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.array(fc.constantFrom('(', ')', '[', ']', '*', '+', '?', '{', '}', '1', ',', '\\', 'p', 'L', '^', '-', 'a', '|', '(?i)', 'Q', 'E', ':'), { maxLength: 12 }).map((parts) => parts.join('')));
  fc.assert(
    fc.property(source, fc.string({ unit: 'binary', maxLength: 20 }), (tried, searched) => {
      const compiled = compilePattern(tried);
      if ('message' in compiled) expect([compiled.message, compiled.hint]).not.toContain('');
      else expect(typeof compiled.isIn(searched)).toBe('boolean');
    }),
    { numRuns: 3_000 },
  );
});

test('classes of Unicode, case, and characters beyond the basic plane', () => {
  expect(isIn('^\\p{Lu}\\p{Ll}+$', 'Åse')).toBe(true);
  expect(isIn('^\\p{Greek}+$', 'Ωmega')).toBe(false);
  expect(isIn('(?i)ÅSE', 'åse')).toBe(true);
  expect(isIn('^.$', '😀')).toBe(true);
  expect(isIn('^[😀-😂]$', '😁')).toBe(true);
});
