import { characterAt, positionOf, sizeOfText, unitOf } from './code-points.ts';
import { sizeFailure, type Frame } from './frame.ts';
import { aList, anInteger, aText, binary, quaternary, ternary, unary, type Overload, type Parameter } from './overload.ts';
import { boolean, integer, listOf, text } from './types.ts';
import { Failure, stumble, valueOf, type List, type Outcome, type Trouble } from './value.ts';

const outside = new Failure('an index lies outside of the text');

/** A list of texts: its elements are looked at when they are used. */
const aListOfTexts: Parameter<List> = { type: listOf(text), is: (value) => aList.is(value) };

/** V8 searches in linear time but for needles that repeat themselves, where it may go back 250 units at every unit. */
function searchWork(haystack: string, needle: string): number {
  return (haystack.length * (2 + Math.min(needle.length, 250))) / 16;
}

function search(find: (haystack: string, needle: string) => Outcome) {
  return (haystack: string, needle: string, frame: Frame): Outcome => frame.spend(searchWork(haystack, needle)) ?? find(haystack, needle);
}

function positionOrNone(haystack: string, unit: number): number {
  return unit < 0 ? unit : positionOf(haystack, unit);
}

function searchFrom(find: (haystack: string, needle: string, unit: number) => number) {
  return (haystack: string, needle: string, position: number, frame: Frame): Outcome => {
    const unit = unitOf(haystack, position);
    if (unit === undefined) return outside;
    return frame.spend(searchWork(haystack, needle)) ?? positionOrNone(haystack, find(haystack, needle, unit));
  };
}

function substring(whole: string, from: number, to: number): Outcome {
  const start = unitOf(whole, from);
  const end = unitOf(whole, to);
  return start === undefined || end === undefined || from > to ? outside : whole.slice(start, end);
}

function pieces(whole: string, separator: string, frame: Frame): readonly string[] | Failure {
  const failure = frame.spend(whole.length + searchWork(whole, separator));
  if (failure !== undefined) return failure;
  const all = separator === '' ? Array.from(whole) : whole.split(separator);
  return sizeFailure(all.length) ?? all;
}

/** At most `limit` pieces, the last with all the rest; a negative limit is none. */
function split(whole: string, separator: string, limit: number, frame: Frame): Outcome {
  const all = pieces(whole, separator, frame);
  if (all instanceof Failure || limit < 0 || all.length <= limit) return all;
  return limit === 0 ? [] : [...all.slice(0, limit - 1), all.slice(limit - 1).join(separator)];
}

/** Replaces the first `limit` occurrences, or with a negative limit all. */
function replace(whole: string, old: string, by: string, limit: number, frame: Frame): Outcome {
  const between = pieces(whole, old, frame);
  if (between instanceof Failure) return between;
  // An empty text stands before, between and behind all characters.
  const all = old === '' ? ['', ...between, ''] : between;
  const count = limit < 0 ? all.length - 1 : Math.min(limit, all.length - 1);
  return (
    sizeFailure(whole.length + count * (by.length - old.length)) ??
    [all.slice(0, count + 1).join(by), ...all.slice(count + 1)].join(old)
  );
}

function join(list: List, separator: string, frame: Frame): Outcome {
  let size = separator.length * Math.max(0, list.length - 1);
  const texts: string[] = [];
  for (const raw of list) {
    const element = valueOf(raw);
    if (typeof element !== 'string') return element === null ? stumble : new Failure('`join` met an element that is no text');
    size += element.length;
    const trouble: Trouble | undefined = sizeFailure(size) ?? frame.spend(1 + element.length / 16);
    if (trouble !== undefined) return trouble;
    texts.push(element);
  }
  return texts.join(separator);
}

function inAscii(letters: RegExp, change: (letters: string) => string) {
  return (whole: string, frame: Frame): Outcome => frame.spend(whole.length) ?? whole.replace(letters, change);
}

/** Functions of texts, written behind the text: `user.mail.contains("@")`. Positions count code points from 0. */
export const textMethods: ReadonlyMap<string, readonly Overload[]> = new Map([
  ['contains', [binary(aText, aText, boolean, search((whole, part) => whole.includes(part)))]],
  ['startsWith', [binary(aText, aText, boolean, (whole, part) => whole.startsWith(part))]],
  ['endsWith', [binary(aText, aText, boolean, (whole, part) => whole.endsWith(part))]],
  [
    'indexOf',
    [
      binary(aText, aText, integer, search((whole, part) => positionOrNone(whole, whole.indexOf(part)))),
      ternary(aText, aText, anInteger, integer, searchFrom((whole, part, unit) => whole.indexOf(part, unit))),
    ],
  ],
  [
    'lastIndexOf',
    [
      binary(aText, aText, integer, search((whole, part) => positionOrNone(whole, whole.lastIndexOf(part)))),
      ternary(aText, aText, anInteger, integer, searchFrom((whole, part, unit) => whole.lastIndexOf(part, unit))),
    ],
  ],
  ['charAt', [binary(aText, anInteger, text, (whole, position) => characterAt(whole, position) ?? outside)]],
  [
    'substring',
    [
      binary(aText, anInteger, text, (whole, from) => substring(whole, from, sizeOfText(whole))),
      ternary(aText, anInteger, anInteger, text, substring),
    ],
  ],
  [
    'replace',
    [
      ternary(aText, aText, aText, text, (whole, old, by, frame) => replace(whole, old, by, -1, frame)),
      quaternary(aText, aText, aText, anInteger, text, replace),
    ],
  ],
  [
    'split',
    [
      binary(aText, aText, listOf(text), (whole, separator, frame) => split(whole, separator, -1, frame)),
      ternary(aText, aText, anInteger, listOf(text), split),
    ],
  ],
  [
    'join',
    [
      unary(aListOfTexts, text, (list, frame) => join(list, '', frame)),
      binary(aListOfTexts, aText, text, (list, separator, frame) => join(list, separator, frame)),
    ],
  ],
  ['lowerAscii', [unary(aText, text, inAscii(/[A-Z]+/g, (letters) => letters.toLowerCase()))]],
  ['upperAscii', [unary(aText, text, inAscii(/[a-z]+/g, (letters) => letters.toUpperCase()))]],
  ['trim', [unary(aText, text, (whole, frame) => frame.spend(whole.length / 16) ?? whole.trim())]],
  ['reverse', [unary(aText, text, (whole, frame) => frame.spend(whole.length) ?? Array.from(whole).reverse().join(''))]],
]);
