import { describe, expect, test } from '@jest/globals';
import type { Purpose } from '../../src/expression/index.ts';
import { faultsOf } from './support.ts';
import { wrongConditions, wrongMeaning, wrongSyntax, type Wrong } from './wrong-expressions.ts';
import { revealed } from '../../src/reserved.ts';

/** What is found, in the form in which the tables state it. */
function found(marked: string, purpose: Purpose): readonly Wrong[] {
  const text = marked.replaceAll('▲', '');
  return faultsOf(text, purpose).map(({ message, hint, offset }) => [`${text.slice(0, offset)}▲${text.slice(offset)}`, revealed(message), hint]);
}

describe('no good CEL', () => {
  test.each(wrongSyntax)('%s', (...wrong) => {
    expect(found(wrong[0], 'value')).toEqual([wrong]);
  });
});

describe('CEL that means nothing', () => {
  test.each(wrongMeaning)('%s', (...wrong) => {
    expect(found(wrong[0], 'value')).toEqual([wrong]);
  });
});

describe('no condition', () => {
  test.each(wrongConditions)('%s', (...wrong) => {
    expect(found(wrong[0], 'condition')).toEqual([wrong]);
  });
});

test('several faults are told at once, in the order of the text, and what follows from one is not told', () => {
  const text = 'user.departmnt + 5 == user.hireDate ? usr.mail.trim() : lowercse(user.ctiy) + split(1, 2, "3")';
  expect(faultsOf(text).map(({ offset, message }) => [text.slice(offset, offset + 8), message])).toEqual([
    ['departmn', 'A user in Microsoft Graph has no property `departmnt`.'],
    ['hireDate', 'Microsoft Graph does not return `hireDate` in a list of users.'],
    ['usr.mail', '`usr` means nothing here.'],
    ['lowercse', 'There is no function `lowercse`.'],
    ['ctiy) + ', 'A user in Microsoft Graph has no property `ctiy`.'],
    ['1, 2, "3', '`split` takes a text here, not an integer.'],
    ['2, "3")', '`split` takes a text here, not an integer.'],
    ['"3")', '`split` takes an integer here, not a text.'],
  ]);
});

test('a property that is misspelt twice is told twice', () => {
  expect(faultsOf('user.x == user.x').map(({ offset }) => offset)).toEqual([5, 15]);
});

test('a long or strange piece of the text is shown cut and readable', () => {
  expect(faultsOf('9'.repeat(100))[0]?.message).toBe(`The number \`${'9'.repeat(60)}…\` is too large.`);
  expect(faultsOf('user.\u202e')[0]?.message).toBe('`\\u{202e}` has no meaning here.');
});
