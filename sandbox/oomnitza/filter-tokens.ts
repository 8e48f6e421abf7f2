import { OomnitzaError } from './errors.ts';

interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  readonly text: string;
}

// How a quote inside a value would be escaped is not documented, so nothing escapes one here.
const TOKEN = /\s*(?:'([^']*)'|"([^"]*)"|([A-Za-z0-9_.:-]+)|([()[\],]))/y;

/** The tokens of an Oomnitza filter, taken one after the other. */
export class FilterTokens {
  readonly #tokens: Token[] = [];
  #next = 0;

  constructor(text: string) {
    const end = text.trimEnd().length;
    for (let at = 0; at < end; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at;
      const found = TOKEN.exec(text);
      if (found === null) throw malformed(`character ${at + 1}`);
      const [, single, double, word, mark] = found;
      const quoted = single ?? double;
      if (quoted !== undefined) this.#tokens.push({ kind: 'text', text: quoted });
      else if (word !== undefined) this.#tokens.push({ kind: 'word', text: word });
      else this.#tokens.push({ kind: 'mark', text: mark ?? '' });
    }
  }

  takeWord(word: string): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#next += 1;
    return true;
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.#unexpected();
  }

  takeMark(mark: string): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#next += 1;
    return true;
  }

  expectMark(mark: string): void {
    if (!this.takeMark(mark)) throw this.#unexpected();
  }

  expectName(): string {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'word') throw this.#unexpected();
    this.#next += 1;
    return token.text;
  }

  /** A quoted text, a number, or a boolean. */
  expectValue(): string | number | boolean {
    const token = this.#tokens[this.#next];
    if (token === undefined || token.kind === 'mark') throw this.#unexpected();
    this.#next += 1;
    if (token.kind === 'text') return token.text;
    if (/^-?\d+(\.\d+)?$/.test(token.text)) return Number(token.text);
    if (/^(true|false)$/i.test(token.text)) return token.text.toLowerCase() === 'true';
    throw malformed(`the value ${token.text}, which is neither quoted nor a number`);
  }

  expectEnd(): void {
    if (this.#next < this.#tokens.length) throw this.#unexpected();
  }

  #unexpected(): OomnitzaError {
    const token = this.#tokens[this.#next];
    return malformed(token === undefined ? 'its end' : `'${token.text}'`);
  }
}

function malformed(where: string): OomnitzaError {
  return new OomnitzaError(400, `Malformed filter at ${where}.`);
}
