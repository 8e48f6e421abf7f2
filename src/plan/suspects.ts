import { textOf } from '../field-value.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import { columnOf, type PlanBasis } from './basis.ts';

/** Users whose records would be suspended, and all by which somebody else might have the same record. */
export interface Suspects {
  /** Theirs, and those of other leavers: they were seen, and are nobody else. */
  readonly entraIds: ReadonlySet<string>;
  /** Trimmed, never empty; each once for its key. */
  readonly keyTexts: readonly KeyText[];
}

/** What the field of a key holds. */
export interface KeyText {
  readonly field: string;
  readonly text: string;
}

/** Gathers suspects. Nobody shares an Entra id, so the key of the identity is left out. */
export class SuspectList {
  readonly #fields: readonly { readonly field: string; readonly key: number; readonly column: number }[];
  readonly #entraIds = new Set<string>();
  readonly #keyTexts = new Map<string, KeyText>();

  constructor(basis: PlanBasis) {
    this.#fields = basis.syncKeys.flatMap(({ field }, key) => (key === 0 && basis.identity !== undefined ? [] : [{ field, key, column: columnOf(basis, field) }]));
  }

  /** Takes down a leaver. */
  name(entraId: string): void {
    this.#entraIds.add(entraId);
  }

  /** @param keyTexts of the user, where the directory gave one */
  add(entraId: string, record: CurrentRecord | undefined, keyTexts: readonly string[] = []): void {
    this.name(entraId);
    for (const { field, key, column } of this.#fields) {
      this.#addText(field, keyTexts[key] ?? '');
      this.#addText(field, textOf(record?.values[column] ?? null).trim());
    }
  }

  get all(): Suspects {
    return { entraIds: this.#entraIds, keyTexts: [...this.#keyTexts.values()] };
  }

  #addText(field: string, text: string): void {
    if (text !== '') this.#keyTexts.set(`${field}=${text.toLowerCase()}`, { field, text });
  }
}
