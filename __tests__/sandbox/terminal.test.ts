import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { renderInline } from '../../sandbox/terminal/inline.ts';
import { renderMarkdown } from '../../sandbox/terminal/markdown.ts';

const plain = (markdown: string): string => stripVTControlCharacters(renderMarkdown(markdown));

test('a table becomes columns, numbers to the right', () => {
  const table = '| What | Number |\n| --- | ---: |\n| <code>a</code> | 1 |\n| Öl&#124;b | 1,000 |\n\nnext';
  expect(plain(table).split('\n')).toEqual(['  What  Number', '  a          1', '  Öl|b   1,000', '', 'next']);
});

test('a table at the very end is not lost', () => {
  expect(plain('| A |\n| --- |\n| b |')).toBe('  A\n  b');
});

test('a pie chart becomes bars', () => {
  const chart = '```mermaid\npie showData\n    title Fields\n    "department" : 40\n    "email" : 1\n```';
  expect(plain(chart).split('\n')).toEqual([`  department  ${'█'.repeat(40)} 40`, '  email       █ 1']);
});

test('other blocks stay as they are', () => {
  expect(plain('```\n| x |\n```\nend')).toBe('  | x |\nend');
});

test('headings, emphasis, code, links and entities read as text', () => {
  expect(plain('## A **bold** `word`')).toBe('A bold word');
  expect(stripVTControlCharacters(renderInline('_empty_ &#42; snake_case_name [a](<https://x.test>) a&amp;b<br>'))).toBe(
    'empty * snake_case_name a https://x.test a&b',
  );
});
