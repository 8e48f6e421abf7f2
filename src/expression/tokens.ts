import { SyntaxFault } from './fault.ts';
import { readText } from './text-literal.ts';
import { shown } from './wording.ts';

export interface Token {
  readonly kind: 'name' | 'integer' | 'decimal' | 'text' | 'symbol' | 'end';
  /** As written; for `text` what is meant. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const blank = /(?:[ \t\n\f\r]+|\/\/[^\n]*)+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /0[xX][0-9a-fA-F]*|(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const symbol = /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/y;
const textStart = /[rR]?(?:"""|'''|"|')/y;
const bytesStart = /[bB][rR]?["']|[rR][bB]["']/y;

/** Characters of other languages, or of word processors, and what CEL has in their place. */
const foreign: readonly (readonly [string, string])[] = [
  ['=', 'Two values are compared with `==`.'],
  ['&', 'Write `&&` for "and"; texts are joined with `+`.'],
  ['|', 'Write `||` for "or".'],
  ['“', 'Texts stand in straight quotes: `"`.'],
  ['”', 'Texts stand in straight quotes: `"`.'],
  ['„', 'Texts stand in straight quotes: `"`.'],
  ['‘', "Texts stand in straight quotes: `'`."],
  ['’', "Texts stand in straight quotes: `'`."],
  ['`', 'Texts stand in straight quotes: `"`.'],
  ['#', 'A comment starts with `//`.'],
  ['$', 'A property of the directory user is written `user.mail`.'],
  ['@', 'Texts, such as a mail address, stand in quotes.'],
  ['\u00A0', 'It looks like a space and is a no-break space: type a plain one.'],
  [';', 'An expression is one value; nothing ends it.'],
];

/** Takes an expression apart into its smallest pieces; the last is always `end`. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let start = skipped(source, 0); start < source.length; ) {
    const token = tokenAt(source, start);
    tokens.push(token);
    start = skipped(source, token.end);
  }
  return [...tokens, { kind: 'end', text: '', start: source.length, end: source.length }];
}

/** Where comments stand: the first character, and the last that is not blank. None where the text is no expression. */
export function commentsIn(source: string): readonly { readonly start: number; readonly last: number }[] {
  const comments: { readonly start: number; readonly last: number }[] = [];
  try {
    for (let start = 0; start < source.length; ) {
      const between = matchAt(blank, source, start) ?? '';
      for (const { 0: comment, index } of between.matchAll(/\/\/[^\n]*/g)) {
        comments.push({ start: start + index, last: start + index + comment.trimEnd().length - 1 });
      }
      start += between.length;
      if (start < source.length) start = tokenAt(source, start).end;
    }
  } catch (thrown) {
    if (thrown instanceof SyntaxFault) return [];
    throw thrown;
  }
  return comments;
}

function skipped(source: string, index: number): number {
  return index + (matchAt(blank, source, index)?.length ?? 0);
}

function matchAt(pattern: RegExp, source: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(source)?.[0];
}

function tokenAt(source: string, start: number): Token {
  if (matchAt(bytesStart, source, start) !== undefined) {
    throw new SyntaxFault('Bytes have no use in a sync file.', 'Write a text, without the `b` before its quotes.', start);
  }
  const opening = matchAt(textStart, source, start);
  if (opening !== undefined) {
    const { text, end } = readText(source, start, opening);
    return { kind: 'text', text, start, end };
  }
  const digits = matchAt(number, source, start);
  if (digits !== undefined) return numberToken(source, start, digits);
  const word = matchAt(name, source, start);
  if (word !== undefined) return { kind: 'name', text: word, start, end: start + word.length };
  const sign = matchAt(symbol, source, start);
  if (sign !== undefined) return { kind: 'symbol', text: sign, start, end: start + sign.length };
  const character = String.fromCodePoint(source.codePointAt(start) ?? 0);
  const hint = foreign.find(([wrong]) => wrong === character)?.[1] ?? 'Texts stand in quotes, such as `"text"`.';
  throw new SyntaxFault(`${character === '`' ? 'A backtick' : shown(character)} has no meaning here.`, hint, start);
}

function numberToken(source: string, start: number, text: string): Token {
  const end = start + text.length;
  const isHexadecimal = /^0[xX]/.test(text);
  if (text.length === 2 && isHexadecimal) throw new SyntaxFault('`0x` has no digits behind it.', 'Write such as `0x1F`.', start);
  const behind = matchAt(name, source, end);
  if (behind === 'u' || behind === 'U') {
    throw new SyntaxFault('Unsigned integers have no use in a sync file.', `Write ${shown(text)}.`, start);
  }
  if (behind !== undefined) {
    const hint = 'A text stands in quotes; a name does not start with a digit.';
    throw new SyntaxFault(`${shown(text + behind)} is no number.`, hint, start);
  }
  return { kind: isHexadecimal || /^[0-9]+$/.test(text) ? 'integer' : 'decimal', text, start, end };
}
