import { InvalidValue } from '../converters/index.ts';
import type { Position, Problem } from '../errors.ts';
import { fittingOf, kindFault, Misfit, unknownField, type InstanceField } from '../instance-field/index.ts';
import { isEmpty, type Scalar } from '../field-value.ts';
import { didYouMean } from './did-you-mean.ts';
import { invalidSyncFile } from './invalid-sync-file.ts';
import { essentialFields } from './oomnitza-fields.ts';
import type { Constant, CreateDefault, FieldRule, SyncFile } from './sync-file.ts';
import { kindsOf } from './value-kind.ts';
import { shown } from './wording.ts';

/** Documented fields of every person, which an instance has whether its metadata names them or not. */
const standardFields = [
  'username',
  'full_name',
  'first_name',
  'last_name',
  'email',
  'suspended',
  'address',
  'phone_number',
  'position',
  'role',
  'external_id',
  'email_subscription',
];

/** What an instance tells of the fields that its people have, by name. */
export type InstanceFields = ReadonlyMap<string, InstanceField>;

/** What of a sync file an instance can take. */
export interface UsableRules {
  /** Indexes of the rules: all of the user's own, and those of the preset whose field can be written. */
  readonly columns: readonly number[];
  /** Fields of the preset that were left out. */
  readonly missing: readonly string[];
  readonly notEditable: readonly string[];
  /** The `defaults` in the form in which the instance takes them. */
  readonly defaults: readonly CreateDefault[];
}

/**
 * Holds a sync file against the fields that the instance has.
 *
 * @param ignoreRestriction whether fields that are marked as not editable are to be written nevertheless
 * @throws SyncError `invalid-sync-file` with everything that the instance cannot take whoever it is for: a field that is
 *   not there or not to be edited, a constant that does not fit its field, a source of a type that never does
 */
export function usableRules({ rules, defaults, syncKeys }: SyncFile, fields: InstanceFields, ignoreRestriction: boolean): UsableRules {
  const known = new Map([...standardFields.map((name): [string, InstanceField] => [name, unknownField(name)]), ...fields]);
  const checks = new Checks(known, ignoreRestriction);
  const needed = new Set<string>([...essentialFields, ...syncKeys.map(({ field }) => field)]);
  const mayBeLeftOut = ({ origin, field }: FieldRule): boolean => origin === 'preset' && !needed.has(field);
  // The first place counts, and that of a preset's rule tells least.
  const written = [...rules.filter(({ origin }) => origin === 'user'), ...defaults, ...syncKeys];
  for (const { field, position } of [...written, ...rules.filter((rule) => !mayBeLeftOut(rule))]) checks.field(field, position);
  const missing = new Set(rules.flatMap(({ field }) => (known.has(field) ? [] : [field])));
  const notEditable = new Set(rules.flatMap((rule) => (mayBeLeftOut(rule) && checks.isRestricted(rule.field) ? [rule.field] : [])));
  const isUsable = ({ field }: FieldRule): boolean => !missing.has(field) && !notEditable.has(field);
  for (const rule of rules) {
    if (isUsable(rule)) checks.values(rule);
  }
  const fitted = defaults.map((given) => ({ ...given, value: checks.constant(given.field, given) }));
  checks.throwIfAny();
  return { columns: rules.flatMap((rule, index) => (isUsable(rule) ? [index] : [])), missing: [...missing], notEditable: [...notEditable], defaults: fitted };
}

/** Gathers what the instance cannot take; of a field that cannot be written no more than that. */
class Checks {
  readonly #fields: InstanceFields;
  readonly #ignoreRestriction: boolean;
  readonly #unwritable = new Map<string, Problem>();
  readonly #problems: Problem[] = [];

  constructor(fields: InstanceFields, ignoreRestriction: boolean) {
    this.#fields = fields;
    this.#ignoreRestriction = ignoreRestriction;
  }

  isRestricted(field: string): boolean {
    return !this.#ignoreRestriction && this.#fields.get(field)?.editable === false;
  }

  field(field: string, position: Position): void {
    if (this.#unwritable.has(field)) return;
    if (!this.#fields.has(field)) {
      const hint = didYouMean(field, this.#fields.keys()) ?? 'Create the field in Oomnitza, or take it out of the sync file.';
      this.#unwritable.set(field, { message: `The instance has no field ${shown(field)}.`, hint, position });
    } else if (this.isRestricted(field)) {
      const message = `The instance marks ${shown(field)} as not editable.`;
      const hint = 'Take it out of the sync file or, to write it nevertheless, set the input `oomnitza-ignore-meta-restriction: true`.';
      this.#unwritable.set(field, { message, hint, position });
    }
  }

  values(rule: FieldRule): void {
    const field = this.#fields.get(rule.field);
    if (field === undefined || this.#unwritable.has(rule.field)) return;
    // A drop-down takes what names one of its options, of whatever type.
    if (field.options.length === 0) {
      for (const { kind, position } of kindsOf(rule)) {
        const fault = kindFault(field.type, kind);
        if (fault !== undefined) this.#problems.push({ message: `The instance's field ${shown(rule.field)} ${fault.message}.`, hint: fault.hint, position });
      }
    }
    if (rule.from.kind === 'value') {
      const converted = rule.convert === undefined ? rule.from.value : rule.convert.run(rule.from.value);
      if (!(converted instanceof InvalidValue) && !isEmpty(converted)) this.constant(rule.field, { value: converted, position: rule.from.position });
    }
    if (rule.default !== undefined) this.constant(rule.field, rule.default);
  }

  /** @returns the value as the instance takes it */
  constant(name: string, { value, position }: Constant): Scalar {
    const field = this.#fields.get(name);
    if (field === undefined || this.#unwritable.has(name)) return value;
    const fitted = fittingOf(field)?.fit(value) ?? value;
    if (!(fitted instanceof Misfit)) return fitted;
    const hint = didYouMean(String(value), field.options.flatMap(({ key, label }) => [key, label])) ?? fitted.hint;
    this.#problems.push({ message: `The instance's field ${shown(name)} ${fitted.message}: ${shown(String(value))}.`, hint, position });
    return value;
  }

  throwIfAny(): void {
    const problems = [...this.#unwritable.values(), ...this.#problems];
    if (problems.length > 0) throw invalidSyncFile(problems);
  }
}
