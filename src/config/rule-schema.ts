import { z } from 'zod';
import { compileConversion, converters, InvalidValue, type ConverterCall } from '../converters/index.ts';
import type { Scalar } from '../field-value.ts';
import { constant } from './constant.ts';
import { convertSchema } from './convert-schema.ts';
import { expressionSchema, type WrittenExpression } from './expression-schema.ts';
import { report } from './fault.ts';
import { strictMapping } from './mapping-schema.ts';
import { sourcePath } from './source-path-schema.ts';
import type { PathInUser } from './source-path.ts';
import type { Apply, FieldRule } from './sync-file.ts';
import { listed } from './wording.ts';

/** A field rule as the file states it, whichever of its forms it is written in. */
export interface WrittenRule extends Pick<FieldRule, 'required' | 'apply' | 'whenEmpty'> {
  readonly from:
    | { readonly kind: 'source'; readonly paths: readonly PathInUser[] }
    | { readonly kind: 'value'; readonly value: Scalar }
    | { readonly kind: 'expression'; readonly expression: WrittenExpression };
  readonly default: Scalar | undefined;
  /** In the order in which they run; often none. */
  readonly calls: readonly ConverterCall[];
}

const applies = ['always', 'on-create', 'if-empty'] as const satisfies readonly Apply[];
const whenEmpties = ['keep', 'clear'] as const;

const pathsTakes = 'a source path, or a list of them';
const expressionTakes = 'an expression in CEL, such as `user.city + ", " + user.country`';
const ruleTakes = "a source path, a list of them, a mapping with `source`, `value` or `expression`, or `null` to remove the preset's rule";

const sourcePaths = z.array(sourcePath, { error: pathsTakes }).min(1, { error: pathsTakes });
const onePath = sourcePath.transform((path) => [path]);

const ruleMapping = strictMapping(
    {
      source: z
        .union([onePath, sourcePaths], { error: pathsTakes })
        .optional()
        .describe('Property of the directory user that gives the value; of several, the first that is not empty.'),
      value: constant.optional().describe('The same value for everybody.'),
      expression: expressionSchema('value', expressionTakes)
        .optional()
        .describe('A CEL expression over `user`, the directory user. The converters are functions in it, the value first.')
        .meta({ examples: ['user.city + ", " + user.country', 'user.department == "IT" ? 31 : 25'] }),
      convert: convertSchema(converters).optional().describe('Converters that the value goes through, one or a list in order.'),
      default: constant.optional().describe('Used where all of the above gives nothing.'),
      required: z
        .boolean({ error: '`true` or `false`' })
        .default(false)
        .describe('Where there is still no value, the user is skipped with the reason `missing-required`.'),
      apply: z
        .enum(applies, { error: listed(applies, 'or') })
        .default('always')
        .describe(
          '`always` writes whenever the value differs, `on-create` only to new people, `if-empty` only what Oomnitza has empty.',
        ),
      'when-empty': z
        .enum(whenEmpties, { error: listed(whenEmpties, 'or') })
        .default('keep')
        .describe('What an empty value does to a record that has one: `keep` leaves it, `clear` empties it.'),
    },
    ruleTakes,
  )
  .superRefine(
    (rule, context) => {
      const given = (['source', 'expression', 'value'] as const).filter((key) => rule[key] !== undefined);
      const [, surplus] = given;
      if (surplus !== undefined) {
        const hint = 'Keep one of them. For a value where the source is empty, write `default`.';
        report(context, { message: `A rule has one of ${listed(['source', 'value', 'expression'])}; this has ${listed(given)}.`, hint }, [surplus]);
      }
      // Beside an unknown key this would be the same slip told twice.
      if (given.length === 0 && !context.issues.some(({ code }) => code === 'unrecognized_keys')) {
        const hint = 'Add `source` with a source path, `value` with a constant, or `expression`.';
        report(context, { message: 'The rule has none of `source`, `value` and `expression`.', hint, atKey: true });
      }
      const calls = context.issues.some(({ path }) => path?.[0] === 'convert') ? [] : (rule.convert ?? []);
      // Which locations there are, the instance knows.
      const isKnown = calls.every(({ name }) => name !== 'location');
      const converted = rule.value === undefined || !isKnown ? null : compileConversion(calls, converters).run(rule.value);
      if (converted instanceof InvalidValue) {
        report(context, { message: `${converted.message}.`, hint: 'Correct the value, or the converters.' }, ['value']);
      }
      const partners = [
        ...(rule.default === undefined ? [] : ['default']),
        ...(rule.apply === 'on-create' || rule.apply === 'if-empty' ? [`apply: ${rule.apply}`] : []),
      ];
      if (rule['when-empty'] === 'clear' && partners.length > 0) {
        const message = `\`when-empty: clear\` cannot stand beside ${listed(partners)}.`;
        report(context, { message, hint: 'Remove `when-empty`, or what stands beside it.' }, ['when-empty']);
      }
    },
    // Also beside other problems of the same rule, so that all come out at once.
    { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  )
  .meta({
    oneOf: [{ required: ['source'] }, { required: ['value'] }, { required: ['expression'] }],
    if: { properties: { 'when-empty': { const: 'clear' } }, required: ['when-empty'] },
    then: { properties: { apply: { const: 'always' } }, not: { required: ['default'] } },
  });

const shortRule = (paths: readonly PathInUser[]): WrittenRule => ({
  from: { kind: 'source', paths },
  calls: [],
  default: undefined,
  required: false,
  apply: 'always',
  whenEmpty: 'keep',
});

function origin(paths: readonly PathInUser[], value: Scalar | undefined, expression: WrittenExpression | undefined): WrittenRule['from'] {
  if (expression !== undefined) return { kind: 'expression', expression };
  return value === undefined ? { kind: 'source', paths } : { kind: 'value', value };
}

/** A field's rule in any of its forms; `null` removes the preset's. */
export const fieldRule = z.union(
  [
    z.null(),
    onePath.transform(shortRule),
    sourcePaths.transform(shortRule),
    ruleMapping.transform(
      ({ source, value, expression, convert, 'when-empty': whenEmpty, ...rule }): WrittenRule => ({
        default: rule.default,
        required: rule.required,
        apply: rule.apply,
        whenEmpty,
        calls: convert ?? [],
        from: origin(source ?? [], value, expression),
      }),
    ),
  ],
  { error: ruleTakes },
);
