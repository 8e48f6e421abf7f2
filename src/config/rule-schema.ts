import { z } from 'zod';
import type { Scalar } from '../field-value.ts';
import { report } from './fault.ts';
import { strictMapping } from './mapping-schema.ts';
import { parseSourcePath, sourcePathPatterns, type PathInUser } from './source-path.ts';
import type { Apply, FieldRule } from './sync-file.ts';
import { listed } from './wording.ts';

/** A field rule as the file states it, whichever of its forms it is written in. */
export interface WrittenRule extends Pick<FieldRule, 'default' | 'required' | 'apply' | 'whenEmpty'> {
  readonly from:
    | { readonly kind: 'source'; readonly paths: readonly PathInUser[] }
    | { readonly kind: 'value'; readonly value: Scalar };
}

const applies = ['always', 'on-create', 'if-empty'] as const satisfies readonly Apply[];
const whenEmpties = ['keep', 'clear'] as const;

const constantTakes = 'a text that is not blank, a number, `true` or `false`';
const pathTakes = 'a source path, such as `mail`';
const pathsTakes = 'a source path, or a list of them';
const ruleTakes = "a source path, a list of them, a mapping with `source` or `value`, or `null` to remove the preset's rule";

/** A value that stands in the file itself. */
export const constant = z
  .union(
    [
      z.string({ error: constantTakes }).regex(/\S/, { error: constantTakes }),
      z.number({ error: constantTakes }),
      z.boolean({ error: constantTakes }),
    ],
    { error: constantTakes },
  )
  .meta({ id: 'constant', description: 'A text that is not blank, a number, `true` or `false`.' });

const sourcePath = z
  .string({ error: pathTakes })
  .transform((text, context): PathInUser => {
    const path = parseSourcePath(text);
    if ('segments' in path) return path;
    report(context, path);
    return z.NEVER;
  })
  .meta({
    pattern: sourcePathPatterns.matching.source,
    not: { pattern: sourcePathPatterns.notMatching.source },
    id: 'source-path',
    description: 'Path to a property of the directory user, as Microsoft Graph names it.',
    examples: ['mail', 'businessPhones[0]', 'onPremisesExtensionAttributes.extensionAttribute3'],
  });

const sourcePaths = z.array(sourcePath, { error: pathsTakes }).min(1, { error: pathsTakes });
const onePath = sourcePath.transform((path) => [path]);

const ruleMapping = strictMapping(
    {
      source: z
        .union([onePath, sourcePaths], { error: pathsTakes })
        .optional()
        .describe('Property of the directory user that gives the value; of several, the first that is not empty.'),
      value: constant.optional().describe('The same value for everybody.'),
      default: constant.optional().describe('Used where the source gives nothing.'),
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
      const given = (['source', 'value'] as const).filter((key) => rule[key] !== undefined);
      if (given.length === 2) {
        const hint = 'Keep one of them. For a value where the source is empty, write `default`.';
        report(context, { message: 'A rule has `source` or `value`, not both.', hint }, ['value']);
      }
      // Beside an unknown key this would be the same slip told twice.
      if (given.length === 0 && !context.issues.some(({ code }) => code === 'unrecognized_keys')) {
        const hint = 'Add `source` with a source path, or `value` with a constant.';
        report(context, { message: 'The rule has neither `source` nor `value`.', hint, atKey: true });
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
    oneOf: [{ required: ['source'] }, { required: ['value'] }],
    if: { properties: { 'when-empty': { const: 'clear' } }, required: ['when-empty'] },
    then: { properties: { apply: { const: 'always' } }, not: { required: ['default'] } },
  });

const shortRule = (paths: readonly PathInUser[]): WrittenRule => ({
  from: { kind: 'source', paths },
  default: undefined,
  required: false,
  apply: 'always',
  whenEmpty: 'keep',
});

/** A field's rule in any of its forms; `null` removes the preset's. */
export const fieldRule = z.union(
  [
    z.null(),
    onePath.transform(shortRule),
    sourcePaths.transform(shortRule),
    ruleMapping.transform(
      ({ source, value, 'when-empty': whenEmpty, ...rule }): WrittenRule => ({
        default: rule.default,
        required: rule.required,
        apply: rule.apply,
        whenEmpty,
        from: value === undefined ? { kind: 'source', paths: source ?? [] } : { kind: 'value', value },
      }),
    ),
  ],
  { error: ruleTakes },
);
