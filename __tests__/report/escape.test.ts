import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clip, forCsv, forLog, forMarkdown, forMermaid } from '../../src/report/index.ts';
import { hostileValues } from './hostile.ts';

const hostile = Object.entries(hostileValues);
/** Any UTF-16, lone surrogates included, rich in what the doors must stop. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))).map((units) => units.join('')),
  fc.array(fc.constantFrom(...Object.values(hostileValues).filter((text) => text.length < 100), ':', '#', '[', '@', 'www', '.', '\n', ' ')).map((parts) => parts.join('')),
);

/** What a browser shows of escaped text. */
function rendered(markdown: string): string {
  return markdown.replaceAll('<wbr>', '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

describe('text in Markdown', () => {
  test.each(hostile)('keeps harmless: %s', (_, value) => {
    expectNothingAlive(forMarkdown(value));
  });

  test('keeps anything harmless', () => {
    fc.assert(fc.property(anyText, (value) => { expectNothingAlive(forMarkdown(value)); }));
  });

  function expectNothingAlive(escaped: string): void {
    expect(escaped).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(escaped).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/);
    expect(escaped.isWellFormed()).toBe(true);
    // Nothing but <wbr> and entities is left of what Markdown and HTML are made of.
    const bare = escaped.replaceAll('<wbr>', '').replace(/&#\d+;/g, '');
    expect(bare).not.toMatch(/[!#$&*+<=>[\\\]^_`{|}~]/);
    expect(escaped).not.toMatch(/^(?:[-+*]|\d+[.)]| )/);
    // GitHub looks for these in the text after entities are decoded; an element between ends its search.
    const pieces = escaped.split('<wbr>').map(rendered);
    for (const piece of pieces) {
      expect(piece).not.toMatch(/@\S|[:#$]\S|\/\/|www\.|gh-\d|[\da-f]{7}/i);
    }
    expect(escaped).not.toContain('::');
    expect(escaped).not.toContain('##[');
  }

  test('ordinary values show as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('aZ9 æ名.,-@:/()#|*_<>&"\'')), maxLength: 100 }), (value) => {
        expect(rendered(forMarkdown(value)).replaceAll('\u00A0', ' ')).toBe(value);
      }),
    );
  });

  test('spaces that HTML would swallow stay visible', () => {
    expect(forMarkdown(' a  b ')).toBe('\u00A0a\u00A0 b\u00A0');
  });

  test('what is invisible becomes visible', () => {
    expect(forMarkdown('a\r\nb\tc\u007f\u202Ed\u{E0067}\ud800')).toBe('a↵b␉c␡⟨U&#43;202E⟩d⟨U&#43;E0067⟩\uFFFD');
  });

  test('marks that are stacked on one letter are cut, those of languages are not', () => {
    expect(forMarkdown(`x${'\u0301'.repeat(50)}y`)).toBe(`x${'\u0301'.repeat(8)}…y`);
    expect(forMarkdown('นี้ บ๊ี ཧཱུྃ')).toBe('นี้ บ๊ี ཧཱུྃ');
  });

  test('names that need joiners keep them', () => {
    expect(forMarkdown('👩‍👩‍👧 می‌خواهم')).toBe('👩‍👩‍👧 می‌خواهم');
  });
});

describe('a line of the log', () => {
  test.each(hostile)('is one line and no command: %s', (_, value) => {
    expectHarmless(forLog(value));
  });

  test('is one line and no command, whatever it holds', () => {
    fc.assert(fc.property(anyText, (value) => { expectHarmless(forLog(value)); }));
  });

  function expectHarmless(line: string): void {
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
    expect(line).not.toContain('::');
    expect(line).not.toContain('##[');
    expect(line.isWellFormed()).toBe(true);
    expect(Array.from(line).length).toBeLessThanOrEqual(8 * 1000);
  }

  test('ordinary text stays as it is', () => {
    expect(forLog('update anna@example.com: department "A" → "B"')).toBe('update anna@example.com: department "A" → "B"');
  });
});

describe('clipping', () => {
  test('counts code points and never cuts one in half', () => {
    expect(clip('𝔛𝔛𝔛𝔛', 4)).toBe('𝔛𝔛𝔛𝔛');
    expect(clip('𝔛𝔛𝔛𝔛𝔛', 4)).toBe('𝔛𝔛𝔛…');
    expect(clip('abcd', 4)).toBe('abcd');
    expect(clip('abcde', 4)).toBe('abc…');
  });

  test('gives at most the length asked for, and the beginning of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 30 }), (text, max) => {
        const points = Array.from(text);
        const clipped = Array.from(clip(text, max));
        expect(clipped.length).toBe(Math.min(points.length, max));
        if (points.length > max) expect(clipped).toEqual([...points.slice(0, max - 1), '…']);
      }),
    );
  });
});

describe('a CSV cell', () => {
  test.each(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', "'"])('that starts with %j is no formula', (first) => {
    expect(forCsv(`${first}1`)).toBe(`'${first}1`);
  });

  test.each(['', 'a=1', ' =1', '0815', '"=1"', '中'])('%j stays as it is', (cell) => {
    expect(forCsv(cell)).toBe(cell);
  });
});

describe('a label in a chart', () => {
  test.each(hostile)('cannot leave its quotes: %s', (_, value) => {
    expect(forMermaid(value)).toMatch(/^[\p{L}\p{M}\p{N} _.…-]{0,40}$/u);
  });

  test('names of fields stay as they are', () => {
    expect(forMermaid('CUSTOM_field-2.x')).toBe('CUSTOM_field-2.x');
  });
});
