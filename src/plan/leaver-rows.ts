import { byCodePoint, equalValues, isEmpty, type FieldValue } from '../field-value.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import { columnOf, type PlanBasis } from './basis.ts';
import type { FieldChange, PlanEntry } from './plan.ts';

/** The part of an entry that says who it is about. */
export type Head = Pick<PlanEntry, 'entraId' | 'userPrincipalName' | 'oomnitzaId' | 'username' | 'syncKey'>;

const none: readonly never[] = [];

const happened = {
  disabled: 'the account is disabled in the directory',
  missing: 'the user was deleted from the directory',
} as const;

/** Says what becomes of records whose user left, or came back. */
export class LeaverRows {
  readonly #leavers: PlanBasis['leavers'];
  /** Suspending and restoring are updates. */
  readonly #mayWrite: boolean;
  readonly #suspended: number;
  readonly #marker: number;
  readonly #today: string;

  constructor(basis: PlanBasis) {
    this.#leavers = basis.leavers;
    this.#mayWrite = basis.preference !== 'create-only';
    this.#suspended = columnOf(basis, 'suspended');
    this.#marker = basis.leavers.marker === undefined ? -1 : columnOf(basis, basis.leavers.marker.field);
    this.#today = basis.today;
  }

  /** Whether such leavers are sought at all. */
  isSought(reason: 'disabled' | 'missing'): boolean {
    return this.#leavers[reason] !== 'ignore';
  }

  isSuspended(record: CurrentRecord): boolean {
    return equalValues(this.#suspendedIn(record), true);
  }

  /**
   * The row of a leaver whose record is still in use; none where that is suspended, or such leavers are not sought.
   *
   * @param doubt why it is not certain that the record is the leaver's own, which is reason enough not to suspend it; mostly empty
   */
  left(head: Head, record: CurrentRecord, reason: 'disabled' | 'missing', isProtected: boolean, doubt = ''): readonly PlanEntry[] {
    if (!this.isSought(reason) || this.isSuspended(record)) return none;
    if (this.#leavers[reason] === 'report') return [reported(head, reason, doubted(happened[reason], doubt))];
    if (isProtected) return [reported(head, reason, `${happened[reason]}, and \`protect\` keeps the record from being suspended`)];
    if (!this.#mayWrite) return [reported(head, reason, `${happened[reason]}, and \`preference: create-only\` keeps the record from being suspended`)];
    if (doubt !== '') return [reported(head, reason, `${doubted(happened[reason], doubt)}, which is not suspended for that`)];
    const fields = [{ field: 'suspended', before: this.#suspendedIn(record), after: true }, ...this.#marked(record, `${this.#today}T00:00:00Z`)];
    return [{ ...head, action: 'suspend', fields: sorted(fields), reason, message: happened[reason] }];
  }

  /** The row of an enabled user, which there is only where the record is suspended. */
  returned(head: Head, record: CurrentRecord): readonly PlanEntry[] {
    const action = this.#leavers.returning;
    if (action === 'ignore' || !this.isSuspended(record)) return none;
    const message = 'the user is enabled, and the record is suspended';
    if (action === 'report') return [reported(head, 'returning', message)];
    if (!this.#isMarked(record)) return [reported(head, 'returning', `${message}, though not by this sync: the marker is empty`)];
    if (!this.#mayWrite) return [reported(head, 'returning', `${message}; \`preference: create-only\` keeps it from being restored`)];
    const fields = [{ field: 'suspended', before: this.#suspendedIn(record), after: false }, ...this.#marked(record, null)];
    return [{ ...head, action: 'restore', fields: sorted(fields), reason: 'returning', message }];
  }

  /** The row of a record whose Entra id nobody has or had lately. */
  unknown(head: Head): PlanEntry {
    return reported(head, 'unknown-id', 'the directory has nobody with the Entra id of the record, not even among the users deleted lately');
  }

  /** The row of a disabled user of whom nobody can say which record is theirs. */
  leftUnclear(head: Head, doubt: string): readonly PlanEntry[] {
    return this.isSought('disabled') ? [reported(head, 'disabled', doubted(happened.disabled, doubt))] : none;
  }

  /** The same row, but a suspend is only reported, for the reason given. */
  withheld(row: PlanEntry, why: string): PlanEntry {
    return row.action === 'suspend' ? reported(row, row.reason ?? '', `${row.message}, but ${why}, so that the record is not suspended`) : row;
  }

  /** The same, and what is reported anyway tells the reason as well; the row itself without one. */
  withDoubt(row: PlanEntry, doubt: string): PlanEntry {
    if (doubt === '') return row;
    return row.action === 'leaver' && row.reason === 'disabled' ? { ...row, message: `${row.message}; ${doubt}` } : this.withheld(row, doubt);
  }

  #suspendedIn(record: CurrentRecord): FieldValue {
    return record.values[this.#suspended] ?? null;
  }

  /** Zero may stand for no date, and no sync marked anybody in 1970. */
  #isMarked(record: CurrentRecord): boolean {
    const mark = record.values[this.#marker] ?? null;
    return !isEmpty(mark) && !equalValues(mark, 0);
  }

  #marked(record: CurrentRecord, after: FieldValue): FieldChange[] {
    if (this.#leavers.marker === undefined) return [];
    const before = record.values[this.#marker] ?? null;
    return equalValues(before, after) ? [] : [{ field: this.#leavers.marker.field, before, after }];
  }
}

function reported({ entraId, userPrincipalName, oomnitzaId, username, syncKey }: Head, reason: string, message: string): PlanEntry {
  return { entraId, userPrincipalName, oomnitzaId, username, syncKey, action: 'leaver', fields: none, reason, message };
}

function doubted(what: string, doubt: string): string {
  return doubt === '' ? what : `${what}, but ${doubt}`;
}

function sorted(fields: readonly FieldChange[]): readonly FieldChange[] {
  return fields.toSorted((left, right) => byCodePoint(left.field, right.field));
}
