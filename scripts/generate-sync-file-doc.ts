import { resolve } from 'node:path';
import { z } from 'zod';
import { syncFileJsonSchema } from '../src/config/index.ts';
import { presets } from '../src/config/presets.ts';
import { row, withTables, writeGenerated } from './generated-file.ts';

/**
 * Writes the tables of docs/sync-file.md anew from the definition that validates sync files. A table stands between two
 * comments that name it; the prose around is written by hand.
 */
const file = resolve(import.meta.dirname, '..', 'docs/sync-file.md');

const key = z.object({ description: z.string(), default: z.unknown().optional(), examples: z.array(z.unknown()).default([]) });
const mapping = z.object({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()).default([]) });
const fieldsKey = z.object({ additionalProperties: z.object({ anyOf: z.array(z.unknown()) }) });

const schema = mapping.parse(syncFileJsonSchema());

const heading = [row('key', 'default', 'meaning', 'for example'), row('---', '---', '---', '---')];

function keyRows({ properties, required }: z.output<typeof mapping>, path: string): string[] {
  return Object.entries(properties).flatMap(([name, described]) => {
    const { description, default: preset, examples } = key.parse(described);
    const inner = mapping.safeParse(described);
    const given = examples.map((example) => `\`${notation(example)}\``).join('<br>');
    const value = required.includes(name) ? 'required' : preset === undefined || inner.success ? '' : `\`${notation(preset)}\``;
    return [row(`\`${path}${name}\``, value, description, given), ...(inner.success ? keyRows(inner.data, `${path}${name}.`) : [])];
  });
}

/** A value as one writes it in YAML. */
function notation(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((element) => (typeof element === 'string' && /[[\]{},"&*!]/.test(element) ? quoted(element) : notation(element))).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([name, part]) => `${name}: ${notation(part)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function ruleKeys(): string[] {
  const forms = fieldsKey.parse(schema.properties['fields']).additionalProperties.anyOf;
  const long = forms.map((form) => mapping.safeParse(form)).find(({ success }) => success);
  if (long?.success !== true) throw new Error('the schema has no long form of a field rule');
  return [...heading, ...keyRows(long.data, '')];
}

function presetRows(): string[] {
  const names = new Map([...presets.entra, ...presets.intune]);
  const mark = (is: boolean): string => (is ? 'yes' : '');
  return [
    row('Oomnitza field', 'source', 'in `entra`', 'in `intune`'),
    row('---', '---', '---', '---'),
    ...[...names].map(([field, paths]) =>
      row(`\`${field}\``, paths.map((path) => `\`${path}\``).join(', else '), mark(presets.entra.has(field)), mark(presets.intune.has(field))),
    ),
  ];
}

const tables = new Map([
  ['keys', [...heading, ...keyRows(schema, '')]],
  ['rule keys', ruleKeys()],
  ['presets', presetRows()],
]);

writeGenerated(file, withTables(file, 'src/config', tables));
