import { parse } from 'yaml';
import { z } from 'zod';
import { parseSyncFile } from '../../src/config/index.ts';
import { InvalidValue } from '../../src/converters/index.ts';
import { compileMapping } from '../../src/mapping/index.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const paths = z.union([z.string().transform((path) => [path]), z.array(z.string())]);
const rule = z.union([
  z.null(),
  paths.transform((source) => ({ source, value: undefined, expression: undefined, convert: undefined, required: false, apply: undefined })),
  z.strictObject({
    source: paths.optional(),
    value: scalar.optional(),
    expression: z.string().optional(),
    convert: z.unknown().optional(),
    required: z.boolean().default(false),
    apply: z.string().optional(),
  }),
]);

const syncFile = z.strictObject({
  version: z.literal(1),
  enabled: z.boolean(),
  preset: z.enum(['entra', 'none']),
  'sync-keys': z.array(z.string()),
  preference: z.string().optional(),
  defaults: z.record(z.string(), scalar),
  fields: z.record(z.string(), rule).default({}),
});

export type EmittedSyncFile = z.output<typeof syncFile>;

/** A generated sync file by its content. */
export function readEmitted(text: string): EmittedSyncFile {
  return syncFile.parse(parse(text));
}

/** The fields that a newly created person gets by a sync file; `null` where a required one is missing. */
export function emittedFields(text: string, user: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const parsed = parseSyncFile(text);
  const { rules, defaults } = parsed;
  const record = compileMapping(parsed).apply({ id: 'no-id', ...user });
  if (record === undefined || record.flaws.some(({ reason }) => reason === 'missing-required')) return null;
  const fields: Record<string, unknown> = Object.fromEntries(defaults.map(({ field, value }) => [field, value]));
  for (const [index, { field }] of rules.entries()) fields[field] = record.values[index] ?? fields[field];
  for (const { rule, message } of record.flaws) fields[rules[rule]?.field ?? ''] = new InvalidValue(message);
  return fields;
}

export { InvalidValue };
