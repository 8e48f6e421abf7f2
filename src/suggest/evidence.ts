import { equalValues, isEmpty, type FieldValue, type Scalar } from '../field-value.ts';
import { Misfit, type Fitting } from '../instance-field/index.ts';

/** How the values of a field and of a directory property go together, over the people whom both sides have. */
export interface Evidence {
  /** People who have a value on both sides. */
  readonly compared: number;
  /** Those of them for whom a sync would have nothing to change. */
  readonly agreeing: number;
  /** Different values among those that agree. */
  readonly kinds: number;
  /** Different words among those, where what differs in digits alone is one word; yes and no count as words. */
  readonly words: number;
  /** Share of the compared, 0 to 1, that would agree if values were dealt out at random. */
  readonly chance: number;
  /** People who have a value in Oomnitza. */
  readonly held: number;
  /** People who have a value in the directory. */
  readonly given: number;
}

/**
 * Compares as a sync would: the directory's value in the form in which the field takes it. Only a field of text is taken at
 * its word: a date in another form would be left as it is there, but new people would get it in this one.
 *
 * @param isText whether the field holds texts
 * @param current what Oomnitza has, one for each person
 * @param given what the directory has, of the same people in the same order
 */
export function compare({ fit, canonical }: Fitting, isText: boolean, current: readonly FieldValue[], given: readonly (Scalar | null)[]): Evidence {
  const kinds = new Set<string>();
  const words = new Set<string>();
  const counts = { compared: 0, agreeing: 0, held: 0, given: 0 };
  const before = new Map<string, number>();
  const after = new Map<string, number>();
  current.forEach((held, index) => {
    const value = given[index] ?? null;
    if (value !== null) counts.given += 1;
    if (held === null || isEmpty(held)) return;
    counts.held += 1;
    if (value === null) return;
    counts.compared += 1;
    const fitted = fit(value);
    const own = canonical === undefined ? held : canonical(held);
    increment(before, textOf(own));
    if (fitted instanceof Misfit) return;
    const agrees = isText ? textOf(own) === textOf(fitted) : equalValues(own, fitted);
    // `1` and `true` are one value where they agree.
    increment(after, textOf(agrees ? own : fitted));
    if (!agrees) return;
    counts.agreeing += 1;
    kinds.add(textOf(own));
    const word = wordIn(value);
    if (word !== undefined) words.add(word);
  });
  return { ...counts, kinds: kinds.size, words: words.size, chance: chanceOf(before, after, counts.compared) };
}

/** Share of the compared that agree, 0 to 1; 0 where nobody could be compared. */
export function rateOf({ agreeing, compared }: Evidence): number {
  return compared === 0 ? 0 : agreeing / compared;
}

/** How far the agreement goes beyond chance, at most 1 (Cohen's kappa); 0 where all values are the same, which proves nothing. */
export function beyondChance(evidence: Evidence): number {
  return evidence.chance === 1 ? 0 : (rateOf(evidence) - evidence.chance) / (1 - evidence.chance);
}

/**
 * How much one agreement tells, in bits: a value that most people share tells next to nothing. Times the number of
 * independent observations it bounds how improbable so much agreement is by chance (Chernoff's bound: so many bits are one
 * in two to that power).
 */
export function bitsOf(evidence: Evidence): number {
  const { chance } = evidence;
  const rate = rateOf(evidence);
  if (rate <= chance) return 0;
  return rate * Math.log2(rate / chance) + (rate === 1 ? 0 : (1 - rate) * Math.log2((1 - rate) / (1 - chance)));
}

/** The letters of a value, where they are enough for a word; numbers and codes are the same in all sorts of fields. */
function wordIn(value: Scalar): string | undefined {
  if (typeof value === 'boolean') return String(value);
  const letters = String(value).replaceAll(/\P{L}/gu, '').toLowerCase();
  return letters.length < 3 ? undefined : letters;
}

function chanceOf(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, compared: number): number {
  let products = 0;
  for (const [text, count] of before) products += count * (after.get(text) ?? 0);
  return compared === 0 ? 0 : products / compared ** 2;
}

function increment(counts: Map<string, number>, text: string): void {
  counts.set(text, (counts.get(text) ?? 0) + 1);
}

function textOf(value: Scalar): string {
  return String(value).trim();
}
