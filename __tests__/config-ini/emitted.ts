import { parse } from 'yaml';
import { z } from 'zod';
import { compileConversion, converters, convertSchema, InvalidValue, type Convertible } from '../../src/converters/index.ts';
import { presetPaths } from '../../src/config-ini/fields.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const paths = z.union([z.string().transform((path) => [path]), z.array(z.string())]);
const rule = z.union([
  z.null(),
  paths.transform((source) => ({ source, value: undefined, expression: undefined, convert: undefined, required: false, apply: undefined })),
  z.strictObject({
    source: paths.optional(),
    value: scalar.optional(),
    expression: z.string().optional(),
    convert: convertSchema(converters).optional(),
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
export function emittedFields(file: EmittedSyncFile, user: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const fields: Record<string, unknown> = { ...file.defaults };
  const preset = file.preset === 'none' ? [] : presetPaths();
  for (const [field, path] of preset) if (file.fields[field] !== null) fields[field] = at(user, path) ?? fields[field];
  for (const [field, written] of Object.entries(file.fields)) {
    if (written === null) continue;
    const value = valueOf(written, user);
    if (written.required && isNothing(value)) return null;
    fields[field] = isNothing(value) ? fields[field] : value;
  }
  return fields;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function valueOf({ source, value, expression, convert }: Exclude<z.output<typeof rule>, null>, user: Readonly<Record<string, unknown>>): unknown {
  const found = source?.map((path) => at(user, path)) ?? [];
  // A list is handed on even where it is empty, for `member_of` to find nothing in it.
  const first = found.find((each) => !isNothing(each)) ?? found.find((each) => Array.isArray(each));
  const given = value ?? (expression === undefined ? first : evaluated(expression, user));
  return compileConversion(convert ?? [], converters)(convertible(given));
}

function convertible(value: unknown): Convertible {
  return z.union([scalar, z.array(scalar), z.null()]).parse(value ?? null);
}

function at(user: Readonly<Record<string, unknown>>, path: string): unknown {
  const [, name = '', index] = /^(\w+)(?:\[(\d+)\])?$/.exec(path) ?? [];
  const value = user[name];
  return index === undefined || !Array.isArray(value) ? value : value[Number(index)];
}

/** Texts and `trim(user.property)` with `+` between, which is all that is made; null makes the whole empty. */
function evaluated(expression: string, user: Readonly<Record<string, unknown>>): unknown {
  const terms = [...expression.matchAll(/trim\(user\.(\w+)\)|("(?:[^"\\]|\\.)*")|( \+ )/g)];
  if (terms.map(([term]) => term).join('') !== expression) throw new Error(`not an expression that is made: ${expression}`);
  const values = terms.filter(([, , , plus]) => plus === undefined).map(([, name, literal]): unknown => (name === undefined ? JSON.parse(literal ?? '') : user[name]));
  return values.every((value) => typeof value === 'string') ? values.map((value, index) => (terms[index * 2]?.[1] === undefined ? value : value.trim())).join('') : null;
}

export { InvalidValue };
