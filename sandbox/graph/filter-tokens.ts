import { badRequest, type GraphError } from './errors.ts';

/** A word of the filter language: a name or bare value, a quoted text, or a mark of punctuation. */
export interface FilterToken {
  readonly kind: 'name' | 'text' | 'mark';
  /** What it says, a quoted text without its quotes. */
  readonly text: string;
  readonly at: number;
}

// A quote inside a text is doubled.
const TOKEN = /\s*(?:'((?:[^']|'')*)'|([A-Za-z0-9_][A-Za-z0-9_.:+/-]*)|([(),]))/y;

/** The tokens of a `$filter`, taken one after the other. */
export class FilterTokens {
  readonly #text: string;
  readonly #tokens: FilterToken[] = [];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    TOKEN.lastIndex = 0;
    const end = text.trimEnd().length;
    for (let at = 0; at < end; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at;
      const found = TOKEN.exec(text);
      if (found === null) throw badRequest(`Invalid filter clause: There is an unterminated literal or syntax error at position ${at} in '${text}'.`);
      const [, quoted, name, mark] = found;
      if (quoted !== undefined) this.#tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'"), at });
      else if (name !== undefined) this.#tokens.push({ kind: 'name', text: name, at });
      else this.#tokens.push({ kind: 'mark', text: mark ?? '', at });
    }
  }

  peek(): FilterToken | undefined {
    return this.#tokens[this.#next];
  }

  expect(kind: FilterToken['kind']): FilterToken {
    const token = this.peek();
    if (token?.kind !== kind) throw this.error(token);
    this.#next += 1;
    return token;
  }

  takeWord(word: string): boolean {
    return this.#take('name', word);
  }

  takeMark(mark: string): boolean {
    return this.#take('mark', mark);
  }

  peekMark(mark: string): boolean {
    const token = this.peek();
    return token?.kind === 'mark' && token.text === mark;
  }

  expectMark(mark: string): void {
    if (!this.takeMark(mark)) throw this.error(this.peek());
  }

  /** A quoted text, `true`, `false`, `null`, a number, or a bare date. */
  expectLiteral(): string | boolean | number | null {
    const token = this.peek();
    if (token === undefined || token.kind === 'mark') throw this.error(token);
    this.#next += 1;
    if (token.kind === 'text') return token.text;
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    if (token.text === 'null') return null;
    if (/^\d+$/.test(token.text)) return Number(token.text);
    if (/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(token.text)) return token.text;
    throw this.error(token);
  }

  /** A syntax error at this token, or at the end. */
  error(token: FilterToken | undefined): GraphError {
    return badRequest(
      token === undefined
        ? `Invalid filter clause: Syntax error: unexpected end at position ${this.#text.length} in '${this.#text}'.`
        : `Invalid filter clause: Syntax error at position ${token.at} in '${this.#text}'.`,
    );
  }

  #take(kind: FilterToken['kind'], text: string): boolean {
    const token = this.peek();
    if (token?.kind !== kind || token.text !== text) return false;
    this.#next += 1;
    return true;
  }
}
