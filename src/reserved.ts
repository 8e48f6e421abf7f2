/** What stands in place of something that is not to be seen. */
export const hidden = '[hidden]';

/** Noncharacters: Unicode keeps them for the inner use of programs, and no text of a user needs them. */
const start = '\uFDD0';
const otherwise = '\uFDD1';
const end = '\uFDD2';

/** A part that was cut off before its end is taken to go on to the next mark, so that cutting reveals nothing. */
const part = /\uFDD0([^\uFDD0-\uFDD2]*)(?:\uFDD1([^\uFDD0-\uFDD2]*)\uFDD2?)?/g;
const mark = /[\uFDD0-\uFDD2]/g;

/**
 * Marks a part of a sentence that may tell of people: whatever a server said, a name, a value. Such sentences are put
 * together like any other, and whoever publishes one decides by {@link revealed} or {@link withheld} what becomes of the part.
 *
 * @param instead what is told where the part is not
 */
export function reserve(text: string, instead: string = hidden): string {
  return text === '' ? '' : `${start}${revealed(text)}${otherwise}${withheld(instead)}${end}`;
}

/** The sentence with its reserved parts. */
export function revealed(text: string): string {
  return text.replace(part, '$1').replace(mark, '');
}

/** The sentence without its reserved parts. */
export function withheld(text: string): string {
  return text.replace(part, (_whole, _words: string, instead: string | undefined) => instead ?? hidden).replace(mark, '');
}
