import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { z } from 'zod';
import { comment, flow } from '../src/yaml-text.ts';

describe('a value in YAML', () => {
  it.each([
    [{ source: ['mail', 'businessPhones[0]'], required: true, n: 1.5 }, '{ source: [mail, "businessPhones[0]"], required: true, n: 1.5 }'],
    ['user.mail + "x"', `'user.mail + "x"'`],
    [`it's "x"`, `'it''s "x"'`],
    ['true', '"true"'],
    ['25', '"25"'],
    ['a\u0085\u202E', '"a\\u0085\\u202e"'],
    ['', '""'],
    [{}, '{}'],
    [null, 'null'],
  ])('%p', (value, written) => {
    expect(flow(value)).toBe(written);
  });

  it('means the same when it is read', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), (json) => {
        // JSON knows no negative zero.
        const value = z.json().parse(JSON.parse(JSON.stringify(json)));
        expect(parse(flow(value))).toEqual(value);
      }),
    );
  });

  it.each(['null', 'Null', '~', 'yes', '0x1', '1e3', '.5', '-', '*a', '&a', '!a', '@a', '`', '%', '? a', 'a: b', 'a #b', '---', '{', "'"])('is the text %s where it is one', (text) => {
    expect(parse(flow([text, { [text]: text }]))).toEqual([text, { [text]: text }]);
  });
});

describe('a comment', () => {
  it('is broken between words', () => {
    const lines = comment('word '.repeat(60).trim(), '  ');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^ {2}# word(?: word)*$/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(118);
  });
});
