import { resolve } from 'node:path';
import { converters, type Converter, type Parameter } from '../src/converters/index.ts';
import { row, writeGenerated } from './generated-file.ts';

/** Writes docs/converters.md from the definitions of the converters, whose examples are run as tests. */
const root = resolve(import.meta.dirname, '..');

function parameter([name, { description, required, default: preset }]: readonly [string, Parameter]): string {
  const need = required === true ? ' (required)' : preset === undefined ? '' : ` (default \`${JSON.stringify(preset)}\`)`;
  return `\`${name}\`${need}: ${description}`;
}

function plain(_name: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

function example({ name, example: { input, args, output } }: Converter): string {
  const given = Object.keys(args).length === 0 ? '' : ` with \`${JSON.stringify(args, plain)}\``;
  return `\`${name}\`${given}: \`${JSON.stringify(input)}\` → \`${JSON.stringify(output)}\``;
}

writeGenerated(
  resolve(root, 'docs/converters.md'),
  [
    '# Converters',
    '',
    '<!-- Made from src/converters by `npm run generate`. -->',
    '',
    'Each can stand under `convert` of a field rule, alone or in a list, and is a function of the same name in expressions, with the',
    'value first: `convert: { split: { on: "@", index: 0 } }` is `split(user.mail, "@", 0)`. What is empty stays empty. What cannot be',
    'converted is `invalid-value`, and leaves the field as it is.',
    '',
    row('converter', 'what it does', 'arguments', 'example'),
    row('---', '---', '---', '---'),
    ...[...converters.values()].map((converter) =>
      row(`\`${converter.name}\``, converter.description, Object.entries(converter.parameters).map(parameter).join('<br>'), example(converter)),
    ),
    '',
  ].join('\n'),
);
