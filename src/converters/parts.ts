import { defineConverter } from './converter.ts';
import { InvalidValue } from './invalid-value.ts';

export const split = defineConverter({
  name: 'split',
  description: 'Cuts a text into parts and gives one of them.',
  parameters: {
    on: { type: 'text', description: 'What stands between the parts. Without it, any run of white space does.' },
    index: { type: 'integer', default: 0, description: 'Which part: 0 is the first, -1 the last.' },
  },
  takes: ['text'],
  gives: 'text',
  example: { input: 'Finance / Payroll', args: { on: ' / ', index: 1 }, output: 'Payroll' },
  convert(text, { on, index }) {
    const parts = on === undefined ? text.trim().split(/\s+/) : text.split(on);
    const part = parts.at(index);
    const count = parts.length === 1 ? 'one part' : `${parts.length} parts`;
    return part ?? new InvalidValue(`\`split\` finds ${count}, and \`index: ${index}\` is none of them`);
  },
});

export const splitEmail = defineConverter({
  name: 'split_email',
  description: 'Gives what stands before the first `@`; a text without one stays as it is.',
  parameters: {},
  takes: ['text'],
  gives: 'text',
  example: { input: 'ada.lovelace@example.com', args: {}, output: 'ada.lovelace' },
  convert: (text) => before(text, '@'),
});

/*
 * Both cut at single spaces, as the vendor's connector does (converters/first_from_full.py, last_from_full.py): a text
 * that starts or ends with a space gives an empty part there.
 */

export const firstFromFull = defineConverter({
  name: 'first_from_full',
  description: 'Gives what stands before the first space: the first name of a full name.',
  parameters: {},
  takes: ['text'],
  gives: 'text',
  example: { input: 'Ada King Lovelace', args: {}, output: 'Ada' },
  convert: (text) => before(text, ' '),
});

export const lastFromFull = defineConverter({
  name: 'last_from_full',
  description: 'Gives what stands after the last space: the last name of a full name.',
  parameters: {},
  takes: ['text'],
  gives: 'text',
  example: { input: 'Ada King Lovelace', args: {}, output: 'Lovelace' },
  convert: (text) => text.slice(text.lastIndexOf(' ') + 1),
});

/** What stands before the first `mark`, or all of it. */
function before(text: string, mark: string): string {
  const index = text.indexOf(mark);
  return index < 0 ? text : text.slice(0, index);
}
