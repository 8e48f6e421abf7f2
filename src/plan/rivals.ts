import type { SyncKey } from '../config/index.ts';
import type { Candidate } from './judge.ts';
import { normaliseKey, type Matcher } from './match.ts';
import type { Ownership } from './ownership.ts';

/** Why a user cannot be told apart from others. */
export interface Conflict {
  readonly reason: string;
  readonly message: string;
}

/**
 * Remembers which key values users have and which records they found, to tell who stands in whose way. Most values find
 * a record, and are then counted at its slot, in a byte instead of an entry of a map.
 */
export class Rivals {
  readonly #matcher: Matcher;
  readonly #syncKeys: readonly SyncKey[];
  readonly #ownership: Ownership;
  /** For each key: users whose value finds the record of a slot; 2 means several. */
  readonly #sharers: readonly Uint8Array[];
  /** For each key: users by a value that finds no single record. */
  readonly #others: readonly Map<string, number>[];
  /** Users who found the record of a slot; 2 means several. */
  readonly #finders: Uint8Array;

  constructor(syncKeys: readonly SyncKey[], matcher: Matcher, ownership: Ownership) {
    this.#matcher = matcher;
    this.#syncKeys = syncKeys;
    this.#ownership = ownership;
    this.#sharers = syncKeys.map(() => new Uint8Array(matcher.slots));
    this.#others = syncKeys.map(() => new Map<string, number>());
    this.#finders = new Uint8Array(matcher.slots);
  }

  add({ keyTexts, match }: Pick<Candidate, 'keyTexts' | 'match'>): void {
    for (const [key, text] of keyTexts.entries()) {
      if (this.#isOwn(key)) continue;
      const slot = this.#matcher.find(key, text);
      if (typeof slot === 'number') countUp(this.#sharers[key], slot);
      else if (text !== '') this.#others[key]?.set(normaliseKey(text), this.#users(key, text) + 1);
    }
    if (match.slot !== undefined) countUp(this.#finders, match.slot);
  }

  /**
   * The field of the first key that a user has in common with one of these; `undefined` where there is none.
   *
   * @param isOneOfThem so that it takes a second one
   */
  sharedKey(keyTexts: readonly string[], isOneOfThem = false): string | undefined {
    const shared = keyTexts.findIndex((text, key) => !this.#isOwn(key) && this.#users(key, text) > (isOneOfThem ? 1 : 0));
    return this.#syncKeys[shared]?.field;
  }

  conflictOf({ entraId, keyTexts, match }: Candidate): Conflict | undefined {
    const name = (key: number): string => `\`${this.#syncKeys[key]?.field ?? ''}\``;
    if (match.several !== undefined) {
      return { reason: 'duplicate-target', message: `several records have the same ${name(match.several)}` };
    }
    const shared = this.sharedKey(keyTexts, true);
    if (shared !== undefined) return { reason: 'duplicate-source', message: `another directory user has the same \`${shared}\`` };
    if (match.slot !== undefined && (this.#finders[match.slot] ?? 0) > 1) {
      return { reason: 'duplicate-source', message: 'another directory user finds the same record' };
    }
    if (match.different !== undefined) {
      return { reason: 'ambiguous-match', message: `${name(match.key ?? 0)} and ${name(match.different)} find different records` };
    }
    if (this.#ownership.isOfAnother(match, entraId)) {
      return { reason: 'identity-mismatch', message: `${name(match.key ?? 0)} finds a record that carries the Entra id of somebody else` };
    }
    if (match.archived !== undefined) return { reason: 'archived-target', message: 'the only record found is archived in Oomnitza' };
    return undefined;
  }

  /** Nobody shares an Entra id, so those need not be remembered. */
  #isOwn(key: number): boolean {
    return key === 0 && this.#ownership.isKept;
  }

  /** Users known so far who have this value of a key. */
  #users(key: number, text: string): number {
    const slot = this.#matcher.find(key, text);
    return (typeof slot === 'number' ? this.#sharers[key]?.[slot] : this.#others[key]?.get(normaliseKey(text))) ?? 0;
  }
}

/** Counts one more in a byte: none, one, or 2 for several. */
export function countUp(counts: Uint8Array | undefined, slot: number): void {
  if (counts !== undefined) counts[slot] = Math.min(2, (counts[slot] ?? 0) + 1);
}
