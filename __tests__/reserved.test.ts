import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reserve, revealed, withheld } from '../src/reserved.ts';

describe('a reserved part of a sentence', () => {
  test('is shown or not, and so are several', () => {
    const sentence = `Oomnitza answered 409: ${reserve('ada@example.com is taken')}, for ${reserve('Ada', 'somebody')}.`;
    expect(revealed(sentence)).toBe('Oomnitza answered 409: ada@example.com is taken, for Ada.');
    expect(withheld(sentence)).toBe('Oomnitza answered 409: [hidden], for somebody.');
  });

  test('may be made of sentences that have one, also in what is told instead', () => {
    const inner = `x ${reserve('Ada', 'a person')}`;
    expect(revealed(reserve(inner, inner))).toBe('x Ada');
    expect(withheld(reserve(inner, inner))).toBe('x a person');
  });

  test('is no part at all where there is nothing to say', () => {
    expect(`403 ${reserve('')}`.trimEnd()).toBe('403');
    expect(withheld(`The record${reserve(' of Ada', '')} differs.`)).toBe('The record differs.');
  });

  test('stays hidden wherever the sentence is cut, and whatever else stands in it', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('z', ''));
    fc.assert(
      fc.property(text, text, fc.string({ unit: fc.constantFrom('\uFDD0', '\uFDD1', '\uFDD2', 'a') }), fc.nat(120), (before, after, marks, end) => {
        const sentence = `${revealed(before)}${reserve(`${marks}zqx${marks}`, 'instead')}${after}`;
        expect(withheld(sentence.slice(0, end))).not.toContain('zq');
        expect(withheld(sentence)).not.toMatch(/[\uFDD0-\uFDD2]/);
      }),
      { examples: [['', '', '', 4]] },
    );
  });
});
