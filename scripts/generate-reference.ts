import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { row, withTables, writeGenerated } from './generated-file.ts';

/** Writes docs/inputs.md and the tables of the README from action.yml, so that they cannot say anything else than the action. */
const root = resolve(import.meta.dirname, '..');
const described = z.object({ description: z.string(), default: z.string().optional() });
const action = z
  .object({ inputs: z.record(z.string(), described), outputs: z.record(z.string(), described) })
  .parse(parse(readFileSync(resolve(root, 'action.yml'), 'utf8')));

const inputs = Object.entries(action.inputs).map(([name, input]) => row(`\`${name}\``, input.default === undefined ? '' : `\`${input.default}\``, input.description));
const outputs = Object.entries(action.outputs).map(([name, output]) => row(`\`${name}\``, output.description));

writeGenerated(
  resolve(root, 'docs/inputs.md'),
  [
    '# Inputs and outputs',
    '',
    '<!-- Made from action.yml by `npm run generate`. -->',
    '',
    'An empty input counts as one that is not given, but for `artifact-name`, where empty means no upload. Where inputs are wrong, the run fails with `invalid-input` and names all of them at once.',
    '',
    '## Inputs',
    '',
    row('input', 'default', 'meaning'),
    row('---', '---', '---'),
    ...inputs,
    '',
    '## Outputs',
    '',
    'Counts are those of the plan, in every mode. What is known is set even when the run fails; the rest is empty.',
    '',
    row('output', 'meaning'),
    row('---', '---'),
    ...outputs,
    '',
  ].join('\n'),
);

const readme = resolve(root, 'README.md');
const given = Object.entries(action.inputs).map(([name, input]) => row(`\`${name}\``, input.default === undefined ? '' : `\`${input.default}\``, firstSentence(input.description)));
const set = Object.entries(action.outputs).map(([name, output]) => row(`\`${name}\``, firstSentence(output.description)));
writeGenerated(
  readme,
  withTables(
    readme,
    'action.yml',
    new Map([
      ['inputs', [row('input', 'default', 'in short'), row('---', '---', '---'), ...given]],
      ['outputs', [row('output', 'in short'), row('---', '---'), ...set]],
    ]),
  ),
);

/** Full stops within code end no sentence. */
function firstSentence(description: string): string {
  return /^(?:`[^`]*`|\.(?!\s|$)|[^`.])*\.?/.exec(description.trim().replaceAll(/\s+/g, ' '))?.[0] ?? '';
}
