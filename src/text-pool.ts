import type { FieldValue } from './field-value.ts';

/** Enough for the departments, positions and names of a large company; texts that are unique need no place. */
const mostTexts = 10_000;
const longestText = 40;

/** Keeps one copy of each text that many people share, since a plan holds the values of all of them at once. */
export class TextPool {
  readonly #texts = new Map<string, string>();

  /** The value, as the copy that is kept already where there is one. */
  readonly share = (value: FieldValue): FieldValue => {
    if (typeof value !== 'string' || value.length > longestText) return value;
    const known = this.#texts.get(value);
    if (known === undefined && this.#texts.size < mostTexts) this.#texts.set(value, value);
    return known ?? value;
  };
}
