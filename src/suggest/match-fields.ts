import { fieldNameFault, presets } from '../config/index.ts';
import { isEmpty } from '../field-value.ts';
import { fittingOf, kindFault, Misfit, type Fitting, type InstanceField } from '../instance-field/index.ts';
import { conversionFor, converted, sourcesOf, valueAt, type Source } from './conversion.ts';
import { directoryProperties } from './directory-property.ts';
import { compare } from './evidence.ts';
import { likenessOf } from './name-likeness.ts';
import type { Pair, SampledUser } from './pairs.ts';
import { dismissedOf, judge, type Candidate, type Verdict } from './verdict.ts';

/** What was found out about one field. */
export interface MatchedField {
  readonly field: InstanceField;
  readonly verdict: Verdict | undefined;
  /** A source that the name speaks for and the values speak against, or that has none. */
  readonly dismissed: Candidate | undefined;
  /** Path of a source that the name speaks for, but whose values the field does not take. */
  readonly unfit: string | undefined;
  /** People on both sides who have a value in Oomnitza. */
  readonly held: number;
}

/**
 * Fields of which nothing is suggested: the role is given to new people alone, whether somebody is suspended is no copy of
 * anything, and secrets are nobody's business.
 */
const leftAlone: ReadonlySet<string> = new Set(['role', 'suspended']);
const secret = /passw|secret|token|api_?key/i;

/** A key in YAML may not be much longer. */
export const longestName = 512;

/** Keys that no sync file may have, whatever stands there. */
const noKeys: ReadonlySet<string> = new Set(['<<']);

/** Whether a sync could keep the field in step. */
export function isOfInterest(name: string): boolean {
  return name.length <= longestName && fieldNameFault(name) === undefined && !noKeys.has(name) && !leftAlone.has(name) && !secret.test(name);
}

/**
 * Finds what each field is best filled from.
 *
 * @param fields in the order of the values of each pair
 * @param users the sample, whether Oomnitza has them or not
 */
export function matchFields(fields: readonly InstanceField[], pairs: readonly Pair[], users: readonly SampledUser[]): readonly MatchedField[] {
  const sources = directoryProperties.flatMap(sourcesOf).map((source) => ({
    source,
    given: pairs.map(({ user }) => valueAt(user, source)),
    isUsed: users.length === 0 || users.some((user) => valueAt(user, source) !== null),
  }));
  return fields.map((field, column) => {
    const fitting = fittingOf(field);
    const isText = field.type === 'text' && field.options.length === 0;
    const likeness = likenessOf(field);
    const current = pairs.map(({ values }) => values[column] ?? null);
    const held = current.filter((value) => value !== null && !isEmpty(value)).map(String);
    const candidates = sources.flatMap(({ source, given, isUsed }): readonly Candidate[] => {
      const { property } = source;
      const isUsual = presets.entra.get(field.name)?.[0] === property.path && source.convert.length === 0;
      const known = { property, isUsed, isUsual, likeness: likeness(property) };
      const conversion = conversionFor(field, property, held, given);
      const plain = takes(field, source) ? [{ ...known, convert: source.convert, evidence: compare(fitting, isText, current, given) }] : [];
      if (conversion === undefined) return plain;
      const evidence = compare(fitting, isText, current, given.map((value) => converted(value, [conversion])));
      const isBetter = plain.every((candidate) => candidate.evidence.agreeing < evidence.agreeing) || conversion === 'epoch_seconds';
      return isBetter ? [{ ...known, convert: [...source.convert, conversion], evidence }] : plain;
    });
    const verdict = judge(candidates);
    const isUnfit = verdict?.doubt !== undefined && !takesMost(fitting, verdict.best, users);
    return {
      field,
      verdict: isUnfit ? undefined : verdict,
      dismissed: dismissedOf(candidates),
      unfit: isUnfit ? verdict.best.property.path : undefined,
      held: held.length,
    };
  });
}

/** A guess is no use where the field would refuse most of what it brings. */
function takesMost({ fit }: Fitting, source: Source, users: readonly SampledUser[]): boolean {
  const values = users.map((user) => valueAt(user, source)).filter((value) => value !== null);
  return values.filter((value) => !(fit(value) instanceof Misfit)).length * 2 >= values.length;
}

/** A source of a kind that the field never takes would be a problem of the sync file. */
function takes({ type, options }: InstanceField, { property }: Source): boolean {
  return options.length > 0 || kindFault(type, property.kind) === undefined;
}
