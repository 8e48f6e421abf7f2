import type { FieldValue } from '../field-value.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import { columnOf, type PlanBasis } from './basis.ts';
import { normaliseKey } from './match.ts';

/** Whom `protect` names. */
export class Protection {
  readonly #basis: PlanBasis;
  readonly #names: ReadonlySet<string>;
  /** Those that somebody has. */
  readonly #met = new Set<string>();
  readonly #columns: readonly number[];

  constructor(basis: PlanBasis) {
    this.#basis = basis;
    this.#names = new Set(basis.protect.map(normaliseKey));
    const fields = new Set(['username', 'email', ...basis.syncKeys.map(({ field }) => field)]);
    this.#columns = [...fields].map((field) => columnOf(basis, field)).filter((column) => column !== -1);
  }

  /**
   * Whether a person is named: by the user principal name of the account, or by user name, email or the value of a key, of the record
   * or of what it would become.
   */
  covers(record: CurrentRecord | undefined, desired: readonly FieldValue[], account: string | null): boolean {
    if (this.#names.size === 0) return false;
    const found = [account, ...this.#textsOf(desired), ...(record === undefined ? [] : this.#namesOf(record))].map(normaliseKey).filter((name) => this.#names.has(name));
    for (const name of found) this.#met.add(name);
    return found.length > 0;
  }

  /** The names, as they are written, that no record has, and nobody of whom it was asked so far whether they are covered. */
  unmet(): readonly string[] {
    const open = this.#names.difference(this.#met);
    const { current, view } = this.#basis;
    for (const record of open.size === 0 ? [] : current) for (const text of this.#namesOf(view?.(record) ?? record)) open.delete(normaliseKey(text));
    return this.#basis.protect.filter((name) => open.has(normaliseKey(name)));
  }

  #namesOf(record: CurrentRecord): readonly FieldValue[] {
    return [record.username, ...this.#textsOf(record.values)];
  }

  #textsOf(values: readonly FieldValue[]): readonly FieldValue[] {
    return this.#columns.map((column) => values[column] ?? null);
  }
}
