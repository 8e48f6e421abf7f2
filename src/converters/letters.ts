import { defineConverter } from './converter.ts';

export const lowercase = defineConverter({
  name: 'lowercase',
  description: 'Makes every letter a small one.',
  parameters: {},
  takes: ['text'],
  gives: 'text',
  example: { input: 'Ada.Lovelace@Example.COM', args: {}, output: 'ada.lovelace@example.com' },
  convert: (text) => text.toLowerCase(),
});

export const uppercase = defineConverter({
  name: 'uppercase',
  description: 'Makes every letter a capital.',
  parameters: {},
  takes: ['text'],
  gives: 'text',
  example: { input: 'gb', args: {}, output: 'GB' },
  convert: (text) => text.toUpperCase(),
});

export const capitalize = defineConverter({
  name: 'capitalize',
  description: 'Makes the first character a capital and every other letter a small one, those of further words included.',
  parameters: {},
  takes: ['text'],
  gives: 'text',
  example: { input: 'SALES and marketing', args: {}, output: 'Sales and marketing' },
  convert: capitalized,
});

export const trim = defineConverter({
  name: 'trim',
  description: 'Takes white space off both ends.',
  parameters: {},
  takes: ['text'],
  gives: 'text',
  example: { input: ' Lovelace ', args: {}, output: 'Lovelace' },
  convert: (text) => text.trim(),
});

/**
 * As Python's `str.capitalize`, which is what the vendor's connector calls (converters/capitalize.py). The whole text is
 * lowered before the first character is put back, because the form of a final sigma depends on what stands before it.
 */
function capitalized(text: string): string {
  const [first = ''] = text;
  const rest = text.toLowerCase().slice(first.toLowerCase().length);
  // A ligature or a sharp s has a capital of several letters, of which only the first stays one.
  const [capital = '', ...small] = first.toUpperCase();
  return capital + small.join('').toLowerCase() + rest;
}
