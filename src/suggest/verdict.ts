import { beyondChance, bitsOf, rateOf, type Evidence } from './evidence.ts';
import type { Source } from './conversion.ts';
import { alike } from './name-likeness.ts';

/** A source for a field, with what speaks for it. */
export interface Candidate extends Source {
  readonly evidence: Evidence;
  /** Of the names, 0 to 1. */
  readonly likeness: number;
  /** Some user has a value there, as far as anybody was looked at. */
  readonly isUsed: boolean;
  /** The preset fills the field from it. */
  readonly isUsual: boolean;
}

/**
 * Why a source is no more than a guess. `few`: too few people or values agree; `same`: nearly everybody has the same value;
 * `mixed`: many disagree; `name`: there was nobody to compare; `equals`: another source may be meant.
 */
export type Doubt = 'few' | 'same' | 'mixed' | 'name' | 'equals';

/** What a field is best filled from. */
export interface Verdict {
  readonly best: Candidate;
  /** `undefined`: the values prove it. */
  readonly doubt: Doubt | undefined;
  /** Other sources that may be meant. */
  readonly rivals: readonly Candidate[];
}

/** What decides whether values prove a source. Where the names speak for it as well, less is enough: few people agree by chance with many properties. */
const needed = { people: 12, kinds: 4, peopleIfNamed: 5, kindsIfNamed: 2, rate: 0.75, beyondChance: 0.5 };
/**
 * How improbable chance has to be, in bits, over people and over different values. 18 are one in 250,000, as each of many fields is
 * held against some sixty sources. A name that fits leaves few of them. Words seldom stand where something else is meant. What
 * the preset has is no find that luck could make.
 */
const improbable = { people: 18, peopleIfNamed: 6, kinds: 18, lessIfNamed: 9, lessIfWords: 12 };
/** From so many people on, this share of disagreement speaks against a name. */
const contradiction = { people: 5, rate: 0.5 };
/** Agreement that is this close to the best is as good. */
const asGood = 0.99;
const mostRivals = 2;
/** From so many people on, one value says that there is little else, not that few were asked. */
const fewestOfSame = 3;

/** The best of the candidates; `undefined` where nothing speaks for any of them. */
export function judge(candidates: readonly Candidate[]): Verdict | undefined {
  const proven = candidates.filter(isProven).toSorted((left, right) => weightOf(right) - weightOf(left));
  const [best] = proven;
  if (best !== undefined) {
    const rivals = proven.filter((other) => other !== best && isRival(other, best));
    return { best, doubt: rivals.length === 0 ? undefined : 'equals', rivals: rivals.slice(0, mostRivals) };
  }
  const named = candidates.filter((candidate) => isNamed(candidate) && candidate.isUsed && !isContradicted(candidate));
  const guess = named.toSorted((left, right) => right.likeness - left.likeness || right.evidence.agreeing - left.evidence.agreeing)[0] ?? hints(candidates)[0];
  if (guess === undefined) return undefined;
  const doubt = doubtAbout(guess.evidence);
  const rivals = doubt === 'few' ? hints(candidates).filter((other) => other !== guess && isRival(other, guess)) : [];
  return { best: guess, doubt, rivals: rivals.slice(0, mostRivals) };
}

/** A source whose name speaks for it, and whose values speak against it or are not there. */
export function dismissedOf(candidates: readonly Candidate[]): Candidate | undefined {
  const dismissed = candidates.filter((candidate) => isNamed(candidate) && (isContradicted(candidate) || !candidate.isUsed));
  return dismissed.toSorted((left, right) => Number(right.isUsed) - Number(left.isUsed) || right.likeness - left.likeness)[0];
}

function isProven(candidate: Candidate): boolean {
  const { evidence } = candidate;
  const [people, kinds] = isNamed(candidate) ? [needed.peopleIfNamed, needed.kindsIfNamed] : [needed.people, needed.kinds];
  return evidence.agreeing >= people && evidence.kinds >= kinds && isStriking(evidence) && (candidate.isUsual || isBeyondLuck(candidate));
}

/**
 * Whether neither so many people nor so many different values agree by chance. People alone would not do: those of one team are
 * alike in much, and where building 2 has one floor, all of its people are on it.
 */
function isBeyondLuck(candidate: Candidate): boolean {
  const { evidence } = candidate;
  const forPeople = isNamed(candidate) ? improbable.peopleIfNamed : improbable.people;
  const areWords = evidence.words * 2 >= evidence.kinds;
  const forKinds = improbable.kinds - (isNamed(candidate) ? improbable.lessIfNamed : 0) - (areWords ? improbable.lessIfWords : 0);
  return bitsOf(evidence) * evidence.compared >= forPeople && bitsOf(evidence) * evidence.kinds >= forKinds;
}

function isStriking(evidence: Evidence): boolean {
  return rateOf(evidence) >= needed.rate && beyondChance(evidence) >= needed.beyondChance;
}

function isNamed({ likeness }: Candidate): boolean {
  return likeness >= alike;
}

function isContradicted({ evidence }: Candidate): boolean {
  return evidence.compared >= contradiction.people && rateOf(evidence) < contradiction.rate;
}

/**
 * How well it agrees where it has a value: a property that few people have may be the right one, and one that everybody has
 * may agree by habit. A name that fits and a value taken as it is settle what is nearly level, and then the number of people.
 */
function weightOf({ evidence, likeness, convert }: Candidate): number {
  return rateOf(evidence) + 0.02 * likeness - 0.02 * convert.length + (0.001 * evidence.agreeing) / Math.max(1, evidence.held);
}

/** Whether another source may be meant as well: its name fits better, it agrees more often, or it does for as many people. */
function isRival(other: Candidate, best: Candidate): boolean {
  if (isNamed(other) && other.likeness > best.likeness) return true;
  // What is made of another property is never put beside one that is taken as it is.
  if (other.convert.length > best.convert.length) return false;
  const isOutnamed = isNamed(best) && other.likeness < best.likeness;
  return rateOf(other.evidence) > rateOf(best.evidence) || (!isOutnamed && other.evidence.agreeing >= best.evidence.agreeing * asGood);
}

/** Values that agree among few people, or with few different values; the best first. */
function hints(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates
    .filter(({ evidence, property }) => property.kind !== 'boolean' && evidence.kinds >= 2 && isStriking(evidence))
    .toSorted((left, right) => weightOf(right) - weightOf(left));
}

function doubtAbout(evidence: Evidence): Doubt {
  if (evidence.compared === 0) return 'name';
  if (rateOf(evidence) < needed.rate) return 'mixed';
  return evidence.agreeing >= fewestOfSame && beyondChance(evidence) < needed.beyondChance ? 'same' : 'few';
}
