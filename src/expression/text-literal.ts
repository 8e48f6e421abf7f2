import { SyntaxFault } from './fault.ts';
import { shown } from './wording.ts';

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['?', '?'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** Number of hexadecimal digits that each takes. */
const codeEscapes: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['X', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * Reads the text literal that starts at `start` with `opening` (`"`, `'`, either three times, with `r` for raw before
 * it). In a raw text a backslash is a backslash.
 */
export function readText(source: string, start: number, opening: string): { readonly text: string; readonly end: number } {
  const isRaw = /^r/i.test(opening);
  const quote = isRaw ? opening.slice(1) : opening;
  const pieces: string[] = [];
  for (let index = start + opening.length; index < source.length; ) {
    if (source.startsWith(quote, index)) return { text: pieces.join(''), end: index + quote.length };
    const character = source.charAt(index);
    if (quote.length === 1 && (character === '\n' || character === '\r')) break;
    const piece = character === '\\' && !isRaw ? readEscape(source, index) : { text: character, length: 1 };
    pieces.push(piece.text);
    index += piece.length;
  }
  throw new SyntaxFault(`The text that starts here has no closing ${shown(quote)}.`, closingHint(quote), start);
}

function closingHint(quote: string): string {
  return quote.length === 1 ? `Close it on the same line; a text of several lines stands in ${shown(quote.repeat(3))}.` : 'Close it.';
}

function readEscape(source: string, index: number): { readonly text: string; readonly length: number } {
  const letter = source.charAt(index + 1);
  const simple = simpleEscapes.get(letter);
  if (simple !== undefined) return { text: simple, length: 2 };
  const octal = /^[0-3][0-7]{2}/.exec(source.slice(index + 1, index + 4))?.[0];
  if (octal !== undefined) return { text: String.fromCodePoint(Number.parseInt(octal, 8)), length: 4 };
  const digits = codeEscapes.get(letter);
  if (digits === undefined) {
    const escape = `\\${letter}`;
    const hint = `Write ${shown(`\\${escape}`)} for a backslash, or put \`r\` before the quotes: \`r"${escape}"\`.`;
    throw new SyntaxFault(`${shown(escape)} is no escape that CEL knows.`, hint, index);
  }
  const code = source.slice(index + 2, index + 2 + digits);
  const value = new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(code) ? Number.parseInt(code, 16) : Infinity;
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
    const message = `${shown(`\\${letter}${code}`)} is no character.`;
    throw new SyntaxFault(message, `\`\\${letter}\` takes ${digits} hexadecimal digits of a Unicode character.`, index);
  }
  return { text: String.fromCodePoint(value), length: 2 + digits };
}
