import type { FieldValue } from '../field-value.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import { normaliseKey, type Match, type Matcher } from './match.ts';

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const owned = 1;
const returned = 2;
const matched = 4;
const claimed = 8;

/** An owned record, and the Entra id that it carries, in lower case. */
export interface OwnedRecord {
  readonly record: CurrentRecord;
  readonly entraId: string;
  /** An enabled user finds it as well, by another key. */
  readonly isClaimed: boolean;
}

/**
 * Which records in use belong to a directory user by the id that they carry, and which of those users the directory gave. It
 * holds a byte for each record, since there is one for almost every user.
 */
export class Ownership {
  /** Whether there is a field that says whose a record is. */
  readonly isKept: boolean;
  readonly #matcher: Matcher;
  readonly #column: number;
  readonly #marks: Uint8Array;

  /** @param column of the Entra id among the values of a record, which is then the first key; -1 where there is none */
  constructor(matcher: Matcher, column: number) {
    this.isKept = column !== -1;
    this.#matcher = matcher;
    this.#column = column;
    this.#marks = new Uint8Array(matcher.slots);
    for (let slot = 0; this.isKept && slot < matcher.slots; slot++) if (this.#ownerAt(slot) !== undefined) this.#mark(slot, owned);
  }

  /** Takes down that the directory gave this user, in scope or not. */
  give(entraId: string): void {
    if (!this.isKept) return;
    for (const slot of this.#slotsOf(0, entraId)) this.#mark(slot, returned);
  }

  /** Takes down that a user in scope is matched with a record. */
  match({ slot }: Match): void {
    if (slot !== undefined) this.#mark(slot, matched);
  }

  /** Takes down that an enabled user, in scope or not, has key values that find these records, whichever key does. */
  claim(keyTexts: readonly string[]): void {
    if (!this.isKept) return;
    for (const [key, text] of keyTexts.entries()) if (key > 0) for (const slot of this.#slotsOf(key, text)) this.#mark(slot, claimed);
  }

  /** Whether the record found carries the Entra id of another user. */
  isOfAnother({ record, key }: Match, entraId: string): boolean {
    if (!this.isKept || record === undefined || key === 0) return false;
    const owner = ownerIn(record.values[this.#column]);
    return owner !== undefined && owner !== normaliseKey(entraId);
  }

  /** How many records there are: owned; owned by users whom the directory did not give; owned or matched. */
  get counts(): { readonly owned: number; readonly unreturned: number; readonly base: number } {
    const counts = { owned: 0, unreturned: 0, base: 0 };
    for (const mark of this.#marks) {
      if ((mark & owned) !== 0) counts.owned += 1;
      if ((mark & (owned | returned)) === owned) counts.unreturned += 1;
      if ((mark & (owned | matched)) !== 0) counts.base += 1;
    }
    return counts;
  }

  /** The owned records of users whom the directory did not give. */
  *unreturned(): Generator<OwnedRecord> {
    for (const [slot, mark] of this.#marks.entries()) {
      if ((mark & (owned | returned)) !== owned) continue;
      const record = this.#matcher.at(slot);
      const entraId = this.#ownerAt(slot);
      if (record !== undefined && entraId !== undefined) yield { record, entraId, isClaimed: (mark & claimed) !== 0 };
    }
  }

  #slotsOf(key: number, text: string): readonly number[] {
    const found = this.#matcher.find(key, text) ?? [];
    return typeof found === 'number' ? [found] : found;
  }

  #ownerAt(slot: number): string | undefined {
    return ownerIn(this.#matcher.at(slot)?.values[this.#column]);
  }

  #mark(slot: number, mark: number): void {
    this.#marks[slot] = (this.#marks[slot] ?? 0) | mark;
  }
}

/** The Entra id in a value, in lower case and without braces. What is no GUID is no Entra id, and owns nothing. */
function ownerIn(value: FieldValue | undefined): string | undefined {
  const text = normaliseKey(value ?? null);
  return guid.test(text) ? text : undefined;
}
