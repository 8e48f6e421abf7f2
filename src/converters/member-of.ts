import { defineConverter } from './converter.ts';

export const memberOf = defineConverter({
  name: 'member_of',
  description: 'Gives the result of the first entry of `map` that the value holds: as an element of a list, or within a text.',
  parameters: {
    map: { type: 'table', required: true, description: 'What to look for, such as the id of a group, and the result where it is found.' },
    default: { type: 'scalar', description: 'The result where none is found. Without it, the value is empty then.' },
  },
  takes: ['list', 'text'],
  gives: 'any',
  example: {
    input: ['3b1f9c1e-6c0d-4d8b-9a35-8f6f3f0d6a11', '9d2c7f52-0f5e-4c58-8f0a-0a5d7c1b2e90'],
    args: { map: new Map([['9d2c7f52-0f5e-4c58-8f0a-0a5d7c1b2e90', 'IT']]), default: 'Business' },
    output: 'IT',
  },
  convert(value, { map, default: otherwise }) {
    // Python's `in`, which the vendor's connector uses (converters/memberOf.py), is this for lists and texts alike.
    const held = typeof value === 'string' ? value : value.map(String);
    const found = [...map].find(([text]) => held.includes(text));
    return found?.[1] ?? otherwise ?? null;
  },
});
