import { RE2JS, RE2JSException } from 're2js';
import { maxPatternLength, maxPatternSize } from './limits.ts';

/** A regular expression, ready to be looked for in texts. */
export interface Pattern {
  /** Instructions that it compiled to. */
  readonly size: number;
  /** Whether it is found anywhere in a text. */
  isIn(text: string): boolean;
}

/** Why a text is no regular expression. */
export interface PatternFault {
  readonly message: string;
  readonly hint: string;
}

const repetition = /\{(\d+)(?:,(\d*))?\}/g;

/**
 * Compiles a regular expression of the syntax RE2, as CEL has it. Matching takes time in proportion to the text's
 * length times the pattern's size, whatever the pattern says.
 */
export function compilePattern(pattern: string): Pattern | PatternFault {
  // Judged before compiling, which takes time in proportion to the size: each repetition stands for so many copies.
  const copies = [...pattern.matchAll(repetition)].reduce((sum, [, least, most]) => sum + Number(most === undefined || most === '' ? least : most), 0);
  if (pattern.length > maxPatternLength || copies > maxPatternSize) return tooLarge;
  try {
    const compiled = RE2JS.compile(pattern);
    const size = compiled.programSize();
    return size > maxPatternSize ? tooLarge : { size, isIn: (text) => compiled.test(text) };
  } catch (thrown) {
    if (!(thrown instanceof RE2JSException)) throw thrown;
    const said = thrown.message.replace(/^error parsing regexp: /, '');
    return { message: `The pattern is no regular expression: ${said}.`, hint: hintFor(said, pattern) };
  }
}

const tooLarge: PatternFault = {
  message: 'The pattern is too large.',
  hint: 'Use fewer repetitions such as `{100}`, or several conditions.',
};

function hintFor(said: string, pattern: string): string {
  if (/\(\?<?[=!]/.test(pattern)) return 'Patterns cannot look ahead or behind: use several conditions with `&&`.';
  if (/\\[1-9]/.test(said)) return 'Patterns cannot refer to what they matched before.';
  if (/nested repetition|Perl syntax/.test(said)) return 'Possessive and atomic groups are not needed: matching never goes back.';
  if (/trailing backslash|invalid escape/.test(said)) return 'In a text every backslash is written twice, or the text is raw: `r"\\d+"`.';
  return 'The syntax: https://github.com/google/re2/wiki/Syntax';
}
