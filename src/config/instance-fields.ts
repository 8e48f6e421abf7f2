import { InvalidValue } from '../converters/index.ts';
import type { Position, Problem } from '../errors.ts';
import { fittingOf, kindFault, Misfit, unknownField, type InstanceField } from '../instance-field/index.ts';
import { isEmpty, type Scalar } from '../field-value.ts';
import { reserve } from '../reserved.ts';
import { didYouMean } from './did-you-mean.ts';
import { invalidSyncFile } from './invalid-sync-file.ts';
import { essentialFields, mayBeLabel, standardFields } from './oomnitza-fields.ts';
import type { Constant, CreateDefault, FieldRule, SyncFile, SyncKey } from './sync-file.ts';
import { kindsOf } from './value-kind.ts';
import { shown } from './wording.ts';

/** What an instance tells of the fields that its people have, by name. */
export type InstanceFields = ReadonlyMap<string, InstanceField>;

/** Something that the user did not write and the instance cannot take. */
export interface LeftOut {
  readonly field: string;
  /** Where it comes from. */
  readonly of: 'the preset' | 'the defaults';
  /** Goes on after "because". */
  readonly why: string;
}

/** What of a sync file an instance can take. */
export interface UsableRules {
  /** Indexes of the rules: all of the user's own, and those of the preset that the instance can take. */
  readonly columns: readonly number[];
  /** The `defaults` in the form in which the instance takes them. */
  readonly defaults: readonly CreateDefault[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Holds a sync file against the fields that the instance has. What the user wrote must fit; what a preset adds is left out
 * where it does not, unless nobody could be found or created without it.
 *
 * @param ignoreRestriction whether fields that are marked as not editable are to be written nevertheless
 * @throws SyncError `invalid-sync-file` with everything that the instance cannot take whoever it is for: a field that is
 *   not there or not to be edited, a constant that does not fit its field, a source of a type that never does
 */
export function usableRules({ rules, defaults, identity, syncKeys, leavers: { marker } }: SyncFile, fields: InstanceFields, ignoreRestriction: boolean): UsableRules {
  const checks = new Checks(fields, ignoreRestriction);
  const needed = new Set<string>([...essentialFields, ...syncKeys.map(({ field }) => field)]);
  const isNeeded = ({ field, origin }: Pick<FieldRule, 'field' | 'origin'>): boolean => origin === 'user' || needed.has(field);
  // Of a field that cannot be written the first place counts, and that of what the user did not write tells least.
  const places = [...rules.filter(({ origin }) => origin === 'user'), ...defaults.filter(({ origin }) => origin === 'user'), ...syncKeys];
  for (const { field, position } of [...places, ...rules.filter(isNeeded), ...(marker === undefined ? [] : [marker])]) checks.demand(field, position);
  if (identity !== undefined) checks.demandUnique(identity);
  if (marker !== undefined) checks.demandDate(marker);

  const leftOut: LeftOut[] = [];
  const columns = rules.flatMap((rule, index) => {
    const findings = checks.findingsOf(rule);
    if (!isNeeded(rule) && findings[0] !== undefined) {
      leftOut.push({ field: rule.field, of: 'the preset', why: findings[0].why });
      return [];
    }
    checks.report(findings);
    return [index];
  });
  const usableDefaults = defaults.flatMap((given) => {
    const fitted = checks.fitted(given.field, given);
    if (!('why' in fitted)) return [{ ...given, value: fitted.value }];
    if (given.origin === 'preset' && given.field !== 'role') leftOut.push({ field: given.field, of: 'the defaults', why: fitted.why });
    else checks.report([given.origin === 'user' ? fitted : { ...fitted, problem: { ...fitted.problem, hint: roleHint } }]);
    return [];
  });
  checks.throwIfAny();
  return { columns, defaults: usableDefaults, leftOut };
}

const uniqueHint = 'Mark the field as unique in Oomnitza, under the fields of People, or name another one.';

const roleHint = 'The sync file names no role, so new people get 25. Write `defaults: { role: … }` with a role of your instance.';

/** Something that the instance cannot take. */
interface Finding {
  /** Goes on after "because". */
  readonly why: string;
  readonly problem: Problem;
}

class Checks {
  readonly #fields: InstanceFields;
  readonly #ignoreRestriction: boolean;
  readonly #unwritable = new Map<string, Problem>();
  readonly #problems: Problem[] = [];

  constructor(fields: InstanceFields, ignoreRestriction: boolean) {
    this.#fields = new Map([...standardFields.map((name): [string, InstanceField] => [name, unknownField(name)]), ...fields]);
    this.#ignoreRestriction = ignoreRestriction;
  }

  /** Notes a field that cannot be written, once. */
  demand(field: string, position: Position): void {
    const finding = this.#unwritableAt(field, position);
    if (finding !== undefined && !this.#unwritable.has(field)) this.#unwritable.set(field, finding.problem);
  }

  /** Two records with the same Entra id could not be told apart; an instance that does not describe its fields is not asked. */
  demandUnique({ field, position }: SyncKey): void {
    if (this.#fields.get(field)?.unique !== false) return;
    this.#problems.push({ message: `The instance does not keep the values of ${shown(field)} unique, and \`identity\` has to be.`, hint: uniqueHint, position });
  }

  demandDate({ field, position }: SyncKey): void {
    const described = this.#fields.get(field);
    if (described === undefined || described.type === 'date' || described.type === 'unknown') return;
    this.#problems.push({ message: `The instance's field ${shown(field)} holds no dates, and the marker is one.`, hint: 'Name a date field.', position });
  }

  /** What the instance cannot take of a rule; of one whose field cannot be written no more than that. */
  findingsOf(rule: FieldRule): readonly Finding[] {
    const unwritable = this.#unwritableAt(rule.field, rule.position);
    if (unwritable !== undefined) return [unwritable];
    const findings = [...this.#kindFindings(rule), ...this.#constantFindings(rule)];
    if (rule.origin === 'user') return findings;
    const hint = `It is a rule of the preset: write one of your own for ${shown(rule.field)} under \`fields\`.`;
    return findings.map(({ why, problem }) => ({ why, problem: { ...problem, hint } }));
  }

  /** A constant in the form in which its field takes it. */
  fitted(name: string, { value, position }: Constant): Finding | { readonly value: Scalar } {
    const unwritable = this.#unwritableAt(name, position);
    const field = this.#fields.get(name);
    if (unwritable !== undefined || field === undefined) return unwritable ?? { value };
    const fitted = fittingOf(field).fit(value);
    if (!(fitted instanceof Misfit)) return { value: fitted };
    const meant = isGuessable(name, value) ? didYouMean(String(value), field.options.flatMap(({ key, label }) => [key, label])) : undefined;
    const hint = meant === undefined ? fitted.hint : reserve(meant, fitted.hint);
    const why = `the field ${fitted.message}`;
    return { why, problem: { message: `The instance's field ${shown(name)} ${fitted.message}: ${shown(String(value))}.`, hint, position } };
  }

  /** Fields that cannot be written have been told of already. */
  report(findings: readonly Finding[]): void {
    this.#problems.push(...findings.filter(({ why }) => why !== missing && why !== notEditable).map(({ problem }) => problem));
  }

  throwIfAny(): void {
    const problems = [...this.#unwritable.values(), ...this.#problems];
    if (problems.length > 0) throw invalidSyncFile(problems);
  }

  #unwritableAt(name: string, position: Position): Finding | undefined {
    const field = this.#fields.get(name);
    if (field === undefined) {
      return { why: missing, problem: { message: `The instance has no field ${shown(name)}.`, hint: this.#hintForMissing(name), position } };
    }
    if (this.#ignoreRestriction || field.editable) return undefined;
    const hint = 'Take it out of the sync file or, to write it nevertheless, set the input `oomnitza-ignore-meta-restriction: true`.';
    return { why: notEditable, problem: { message: `The instance marks ${shown(name)} as not editable.`, hint, position } };
  }

  #hintForMissing(name: string): string {
    const labels = [...this.#fields.values()].flatMap(({ label }) => label ?? []);
    const meant = didYouMean(name, [...this.#fields.keys(), ...labels]);
    if (meant !== undefined) return meant;
    if (labels.length > 0 || !mayBeLabel(name)) return 'Create the field in Oomnitza, or take it out of the sync file.';
    return 'The instance does not tell the labels of its fields: write the name of the field in its API, such as `cost_center`.';
  }

  #kindFindings(rule: FieldRule): Finding[] {
    const field = this.#fields.get(rule.field);
    // A drop-down takes what names one of its options, of whatever type.
    if (field === undefined || field.options.length > 0) return [];
    return kindsOf(rule).flatMap(({ kind, position }) => {
      const fault = kindFault(field.type, kind);
      if (fault === undefined) return [];
      return [{ why: `the field ${fault.message}`, problem: { message: `The instance's field ${shown(rule.field)} ${fault.message}.`, hint: fault.hint, position } }];
    });
  }

  #constantFindings({ field, from, convert, default: otherwise }: FieldRule): Finding[] {
    const constants: Constant[] = otherwise === undefined ? [] : [otherwise];
    if (from.kind === 'value') {
      const value = convert === undefined ? from.value : convert.run(from.value);
      if (value instanceof InvalidValue) {
        return [{ why: value.message, problem: { message: `${value.message}.`, hint: 'Correct the value, or the converters.', position: from.position } }];
      }
      if (!isEmpty(value)) constants.unshift({ value, position: from.position });
    }
    return constants.map((constant) => this.fitted(field, constant)).filter((found) => 'why' in found);
  }
}

/** Numbers that are written alike mean nothing alike, and a role taken on a hint may be that of administrators. */
function isGuessable(field: string, value: Scalar): boolean {
  return field !== 'role' && /\p{L}/u.test(String(value));
}

const missing = 'the instance has no such field';
const notEditable = 'the instance marks the field as not editable';
