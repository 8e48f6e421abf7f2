import type { DeletedUser, Presence } from '../directory/index.ts';
import { reserve } from '../reserved.ts';
import type { PlanBasis } from './basis.ts';
import type { Head, LeaverRows } from './leaver-rows.ts';
import type { OwnedRecord, Ownership } from './ownership.ts';
import type { PlanEntry } from './plan.ts';
import type { Protection } from './protection.ts';
import type { SuspectList } from './suspects.ts';

/** The records of users whom the directory did not give. */
export class MissingOwners {
  readonly #basis: PlanBasis;
  readonly #ownership: Ownership;
  readonly #leavers: LeaverRows;
  readonly #protection: Protection;

  constructor(basis: PlanBasis, ownership: Ownership, leavers: LeaverRows, protection: Protection) {
    this.#basis = basis;
    this.#ownership = ownership;
    this.#leavers = leavers;
    this.#protection = protection;
  }

  candidates(): readonly string[] {
    return [...new Set(Array.from(this.#sought(), ({ entraId }) => entraId))];
  }

  /** Those whose record would be suspended. */
  addSuspects(suspects: SuspectList, presence: ReadonlyMap<string, Presence>): void {
    for (const owned of this.#sought()) {
      const answer = presence.get(owned.entraId);
      if (answer !== undefined && answer !== 'present' && this.#rowsOf(owned, answer).some(({ action }) => action === 'suspend')) suspects.add(owned.entraId, owned.record);
    }
  }

  /** @param presence of each candidate */
  settle(presence: ReadonlyMap<string, Presence>): { readonly rows: readonly PlanEntry[]; readonly outOfScope: number } {
    const rows: PlanEntry[] = [];
    let outOfScope = 0;
    for (const owned of this.#sought()) {
      const answer = presence.get(owned.entraId);
      if (answer === undefined) throw new TypeError('a record whose owner was not looked up');
      if (answer === 'present') outOfScope += 1;
      else rows.push(...this.#rowsOf(owned, answer));
    }
    return { rows, outOfScope };
  }

  #rowsOf(owned: OwnedRecord, presence: 'unknown' | DeletedUser): readonly PlanEntry[] {
    if (presence === 'unknown') return [this.#named(this.#leavers.unknown(this.#head(owned, null)))];
    const head = this.#head(owned, presence.userPrincipalName);
    const isProtected = this.#protection.covers(owned.record, [], presence.userPrincipalName);
    const left = this.#leavers.left(head, owned.record, 'missing', isProtected);
    // An account that was made anew has another id, and its user still works with the old record.
    const doubt = owned.isClaimed ? 'another user finds the same record' : presence.isSucceeded ? 'another account has the user principal name now' : '';
    const rows = doubt === '' ? left : left.map((row) => this.#leavers.withheld(row, doubt));
    const isKept = isProtected && this.#basis.leavers.missing === 'suspend';
    const told = isKept ? [...rows, { ...head, action: 'skip' as const, fields: [], reason: 'protected', message: '`protect` names this person' }] : rows;
    return presence.userPrincipalName === null ? told.map((row) => this.#named(row)) : told;
  }

  /** Of whom the directory tells no name, Oomnitza's is the only one that says who it is. */
  #named(row: PlanEntry): PlanEntry {
    const name = row.username ?? '';
    return name === '' ? row : { ...row, message: `${row.message}${reserve(`; the user name in Oomnitza is ${name}`, '')}` };
  }

  /** Where not everybody was asked for, that somebody was not given says nothing. */
  *#sought(): Generator<OwnedRecord> {
    if (this.#basis.isPartial || !this.#leavers.isSought('missing')) return;
    for (const owned of this.#ownership.unreturned()) if (!this.#leavers.isSuspended(owned.record)) yield owned;
  }

  #head({ record, entraId }: OwnedRecord, userPrincipalName: string | null): Head {
    return {
      entraId,
      userPrincipalName,
      oomnitzaId: record.userId,
      username: record.username,
      syncKey: `${this.#basis.identity?.field ?? ''}=${entraId}`,
    };
  }
}
