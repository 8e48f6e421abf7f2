import { z } from 'zod';
import type { Scalar } from '../field-value.ts';
import type { ConverterCall } from './conversion.ts';
import type { Converter } from './converter.ts';
import { typeWords, type ArgumentValue, type ConverterArguments, type Parameter } from './parameter.ts';

/*
 * What may stand under `convert`. As everywhere in the schema of a sync file, `error` is what the place takes, for the
 * sentence "`x` is …; it takes …"; that of a mapping lists its keys where one is unknown.
 */

const convertTakes = 'a converter, such as `lowercase` or `{ split: { on: "@" } }`, or a list of them';
const oneTakes = 'a converter, such as `lowercase` or `{ split: { on: "@" } }`';

/**
 * The schema of `convert`: `lowercase`, `{ split: { on: "@", index: 0 } }`, or a list of such.
 *
 * @param known the converters that there are, by name
 * @returns a schema that gives the calls in the order in which they run, never none
 */
export function convertSchema(known: ReadonlyMap<string, Converter>): z.ZodType<readonly ConverterCall[]> {
  const name = nameSchema(known);
  const mapping = mappingSchema(known);
  const list = z.array(z.union([name, mapping], { error: oneTakes }), { error: convertTakes }).min(1, { error: convertTakes });
  return z
    .union([name.transform((call) => [call]), mapping.transform((call) => [call]), list], { error: convertTakes })
    .superRefine((calls, context) => {
      calls.forEach((call, index) => {
        const before = known.get(calls[index - 1]?.name ?? '');
        const takes = known.get(call.name)?.takes ?? [];
        if (before?.gives !== 'number' || takes.includes('number')) return;
        fault(context, `\`${call.name}\` cannot convert what \`${before.name}\` gives, a number.`, 'Remove one of them, or change their order.', [index]);
      });
    });
}

function nameSchema(known: ReadonlyMap<string, Converter>) {
  const names = [...known.keys()];
  // An enumeration alone would call a mapping a wrong name, not another type of value.
  return z
    .string({ error: oneTakes })
    .pipe(z.enum(names, { error: inBackticks(names, 'disjunction') }))
    .superRefine((name, context) => {
      const missing = missingArguments(known.get(name));
      if (missing.length === 0) return;
      const hint = `Write \`{ ${name}: { ${missing.map((parameter) => `${parameter}: …`).join(', ')} } }\`.`;
      fault(context, `The converter \`${name}\` needs ${inBackticks(missing, 'conjunction')}.`, hint);
    })
    .transform((name): ConverterCall => ({ name, args: {} }))
    .meta({ enum: names.filter((name) => missingArguments(known.get(name)).length === 0) });
}

function missingArguments(converter: Converter | undefined): string[] {
  return Object.entries(converter?.parameters ?? {}).flatMap(([name, { required }]) => (required === true ? [name] : []));
}

function mappingSchema(known: ReadonlyMap<string, Converter>) {
  const shape = Object.fromEntries([...known].map(([name, converter]) => [name, argumentsSchema(converter).optional()]));
  return strictObject(shape, oneTakes)
    .superRefine((written, context) => {
      const count = Object.values(written).filter((args) => args !== undefined).length;
      // Beside an unknown key this would be the same slip told twice.
      if (count === 1 || context.issues.some(({ code }) => code === 'unrecognized_keys')) return;
      const message = count === 0 ? 'The mapping names no converter.' : `The mapping names ${count} converters, which have no order.`;
      fault(context, message, 'Write one converter a mapping, and for several a list of mappings.');
    })
    .meta({ minProperties: 1, maxProperties: 1 })
    .transform((written): ConverterCall => {
      const [name, args] = Object.entries(written)[0] ?? ['', {}];
      return { name, args: args ?? {} };
    });
}

function argumentsSchema({ name, description, parameters }: Converter): z.ZodType<ConverterArguments> {
  const keys = Object.keys(parameters);
  if (keys.length === 0) return noArguments(name).describe(description);
  const shape = Object.fromEntries(Object.entries(parameters).map(([key, parameter]) => [key, argumentSchema(parameter)]));
  return strictObject(shape, `a mapping of ${inBackticks(keys, 'conjunction')}`).describe(description);
}

/** An object without keys would have no known keys to offer for an unknown one. */
function noArguments(name: string): z.ZodType<ConverterArguments> {
  return z
    .record(z.string(), z.unknown(), { error: 'no arguments' })
    .superRefine((written, context) => {
      if (Object.keys(written).length > 0) fault(context, `The converter \`${name}\` has no arguments.`, `Write \`${name}\` alone.`);
    })
    .transform(() => ({}))
    .meta({ maxProperties: 0 });
}

function argumentSchema(parameter: Parameter): z.ZodType<ArgumentValue | undefined> {
  const schema = typeSchemas[parameter.type].describe(parameter.description);
  if (parameter.default !== undefined) return schema.optional().meta({ default: parameter.default });
  return parameter.required === true ? schema : schema.optional();
}

const scalar: z.ZodType<Scalar> = z.union(
  [
    z.string({ error: typeWords.scalar }).regex(/\S/, { error: typeWords.scalar }),
    z.number({ error: typeWords.scalar }),
    z.boolean({ error: typeWords.scalar }),
  ],
  { error: typeWords.scalar },
);

const typeSchemas: Readonly<Record<Parameter['type'], z.ZodType<ArgumentValue>>> = {
  text: z.string({ error: typeWords.text }).min(1, { error: typeWords.text }),
  integer: z.int({ error: typeWords.integer }),
  scalar,
  table: z
    .record(z.string(), scalar, { error: typeWords.table })
    .superRefine((table, context) => {
      if (Object.keys(table).length === 0) fault(context, 'The mapping is empty.', 'Write at least one line `text: result`.');
    })
    .meta({ minProperties: 1 }),
};

/** Refuses unknown keys, listing in its message those that it knows. */
function strictObject<Shape extends z.ZodRawShape>(shape: Shape, takes: string) {
  const keys = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? keys : takes) });
}

function fault(context: z.RefinementCtx, message: string, hint: string, path: number[] = []): void {
  context.addIssue({ code: 'custom', message, params: { hint }, path });
}

function inBackticks(names: readonly string[], type: 'conjunction' | 'disjunction'): string {
  return new Intl.ListFormat('en-GB', { type }).format(names.map((name) => `\`${name}\``));
}
