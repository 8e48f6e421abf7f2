import { z } from 'zod';
import { typeWords, type ArgumentValue, type Converter, type ConverterArguments, type ConverterCall, type Parameter } from '../converters/index.ts';
import { constant } from './constant.ts';
import { report } from './fault.ts';
import { strictMapping } from './mapping-schema.ts';
import { listed } from './wording.ts';

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
        report(context, { message: `\`${call.name}\` cannot convert what \`${before.name}\` gives, a number.`, hint: 'Remove one of them, or change their order.' }, [index]);
      });
    });
}

function nameSchema(known: ReadonlyMap<string, Converter>) {
  const names = [...known.keys()];
  // An enumeration alone would call a mapping a wrong name, not another type of value.
  return z
    .string({ error: oneTakes })
    .pipe(z.enum(names, { error: listed(names, 'or') }))
    .superRefine((name, context) => {
      const missing = missingArguments(known.get(name));
      if (missing.length === 0) return;
      const hint = `Write \`{ ${name}: { ${missing.map((parameter) => `${parameter}: …`).join(', ')} } }\`.`;
      report(context, { message: `The converter \`${name}\` needs ${listed(missing)}.`, hint });
    })
    .transform((name): ConverterCall => ({ name, args: {} }))
    .meta({ enum: names.filter((name) => missingArguments(known.get(name)).length === 0) });
}

function missingArguments(converter: Converter | undefined): string[] {
  return Object.entries(converter?.parameters ?? {}).flatMap(([name, { required }]) => (required === true ? [name] : []));
}

function mappingSchema(known: ReadonlyMap<string, Converter>) {
  const shape = Object.fromEntries([...known].map(([name, converter]) => [name, argumentsSchema(converter).optional()]));
  return strictMapping(shape, oneTakes)
    .superRefine((written, context) => {
      const count = Object.values(written).filter((args) => args !== undefined).length;
      // Beside an unknown key this would be the same slip told twice.
      if (count === 1 || context.issues.some(({ code }) => code === 'unrecognized_keys')) return;
      const message = count === 0 ? 'The mapping names no converter.' : `The mapping names ${count} converters, which have no order.`;
      report(context, { message, hint: 'Write one converter a mapping, and for several a list of mappings.' });
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
  return strictMapping(shape, `a mapping of ${listed(keys)}`).describe(description);
}

/** An object without keys would have no known keys to offer for an unknown one. */
function noArguments(name: string): z.ZodType<ConverterArguments> {
  return z
    .record(z.string(), z.unknown(), { error: 'no arguments' })
    .superRefine((written, context) => {
      if (Object.keys(written).length > 0) report(context, { message: `The converter \`${name}\` has no arguments.`, hint: `Write \`${name}\` alone.` });
    })
    .transform(() => ({}))
    .meta({ maxProperties: 0 });
}

function argumentSchema(parameter: Parameter): z.ZodType<ArgumentValue | undefined> {
  const schema = typeSchemas[parameter.type].describe(parameter.description);
  if (parameter.default !== undefined) return schema.optional().meta({ default: parameter.default });
  return parameter.required === true ? schema : schema.optional();
}

const typeSchemas: Readonly<Record<Parameter['type'], z.ZodType<ArgumentValue>>> = {
  text: z.string({ error: typeWords.text }).min(1, { error: typeWords.text }),
  integer: z.int({ error: typeWords.integer }),
  scalar: constant,
  table: z
    .record(z.string(), constant, { error: typeWords.table })
    .superRefine((table, context) => {
      if (Object.keys(table).length === 0) report(context, { message: 'The mapping is empty.', hint: 'Write at least one line `text: result`.' });
    })
    .meta({ minProperties: 1 })
    .transform((table) => new Map(Object.entries(table))),
};
