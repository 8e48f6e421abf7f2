import { SyntaxFault, type ExpressionFault } from './fault.ts';
import { maxDepth, maxExpressionLength, maxLiteralSize } from './limits.ts';
import { afterValueHint, missingValueFault } from './syntax-hints.ts';
import type { BinaryOperator, MapNode, Node, Operand } from './syntax.ts';
import { tokensOf, type Token } from './tokens.ts';
import { shown } from './wording.ts';

/** Reads CEL. A text that is none gives the first thing that is wrong; one mistake of syntax makes more of what follows. */
export function parse(source: string): Node | ExpressionFault {
  if (source.length > maxExpressionLength) {
    const message = `The expression has ${source.length} characters; ${maxExpressionLength} are the most.`;
    return { message, hint: 'Let several fields or a list of values share the work.', offset: maxExpressionLength };
  }
  try {
    return new Parser(tokensOf(source)).whole();
  } catch (thrown) {
    if (thrown instanceof SyntaxFault) return thrown.fault;
    throw thrown;
  }
}

/** Operators that bind alike, loosest first. `&&`, `||` and the choice bind looser than all of them. */
const levels: readonly ReadonlyMap<string, BinaryOperator>[] = [
  operators('==', '!=', '<=', '<', '>=', '>', 'in'),
  operators('+', '-'),
  operators('*', '/', '%'),
];

function operators(...signs: BinaryOperator[]): ReadonlyMap<string, BinaryOperator> {
  return new Map(signs.map((sign) => [sign, sign]));
}

const reserved = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** Recursive descent over the grammar of https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax */
class Parser {
  readonly #tokens: readonly Token[];
  #index = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Node {
    const node = this.#choice();
    if (this.#token.kind !== 'end') throw this.#unexpected();
    return node;
  }

  get #token(): Token {
    return this.#tokens[this.#index] ?? { kind: 'end', text: '', start: 0, end: 0 };
  }

  get #previous(): Token | undefined {
    return this.#tokens[this.#index - 1];
  }

  #is(text: string): boolean {
    const { kind } = this.#token;
    return this.#token.text === text && (kind === 'symbol' || kind === 'name');
  }

  #take(text: string): boolean {
    const taken = this.#is(text);
    if (taken) this.#index++;
    return taken;
  }

  #advance(): Token {
    const token = this.#token;
    this.#index++;
    return token;
  }

  /** What every node starts with; refuses a tree that is too deep to be walked through. */
  #common(start: number, children: readonly Node[] = []): { readonly start: number; readonly depth: number } {
    const depth = 1 + children.reduce((deepest, child) => Math.max(deepest, child.depth), 0);
    if (depth > maxDepth) throw tooDeep(this.#previous?.start ?? start);
    return { start, depth };
  }

  #nested<Result>(read: () => Result): Result {
    if (++this.#nesting > maxDepth) throw tooDeep(this.#token.start);
    const result = read();
    this.#nesting--;
    return result;
  }

  #choice(): Node {
    return this.#nested(() => {
      const condition = this.#logic('||');
      if (!this.#take('?')) return condition;
      const then = this.#logic('||');
      if (this.#is('?')) {
        const hint = 'Put the inner choice in parentheses: `a ? (b ? 1 : 2) : 3`.';
        throw new SyntaxFault('A choice stands inside of a choice without parentheses.', hint, this.#token.start);
      }
      if (!this.#take(':')) throw this.#unexpected('A choice has two outcomes: `condition ? value : other value`.');
      const otherwise = this.#choice();
      return { kind: 'choice', condition, then, otherwise, ...this.#common(condition.start, [condition, then, otherwise]) };
    });
  }

  #logic(operator: '||' | '&&'): Node {
    const next = (): Operand => {
      const { start } = this.#token;
      const node = operator === '||' ? this.#logic('&&') : this.#binary(0);
      return { node, start, end: this.#previous?.end ?? start };
    };
    const first = next();
    const operands = [first];
    while (this.#take(operator)) operands.push(next());
    if (operands.length === 1) return first.node;
    return { kind: 'logic', operator, operands, ...this.#common(first.node.start, operands.map(({ node }) => node)) };
  }

  #binary(level: number): Node {
    const signs = levels[level];
    if (signs === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#token.kind === 'text' ? undefined : signs.get(this.#token.text);
      if (operator === undefined) return left;
      const at = this.#advance().start;
      const right = this.#binary(level + 1);
      left = { kind: 'binary', operator, left, right, at, ...this.#common(left.start, [left, right]) };
    }
  }

  #unary(): Node {
    const { start } = this.#token;
    const operator = (['!', '-'] as const).find((sign) => this.#is(sign));
    if (operator === undefined) return this.#member();
    this.#advance();
    const operand = this.#nested(() => this.#unary());
    return { kind: 'unary', operator, operand, ...this.#common(start, [operand]) };
  }

  #member(): Node {
    let node = this.#primary();
    for (;;) {
      const at = this.#token.start;
      if (this.#take('.')) node = this.#selection(node);
      else if (this.#take('[')) {
        const index = this.#choice();
        this.#close('[', ']', at);
        node = { kind: 'index', list: node, index, at, ...this.#common(node.start, [node, index]) };
      } else return node;
    }
  }

  #selection(object: Node): Node {
    const { kind, text, start: at } = this.#token;
    if (kind !== 'name') throw this.#unexpected('A dot is followed by the name of a property or a function.');
    this.#advance();
    if (!this.#is('(')) return { kind: 'select', object, property: text, at, ...this.#common(object.start, [object]) };
    const parameters = this.#bracketed('(', ')', () => this.#choice());
    return { kind: 'call', target: object, name: text, parameters, at, ...this.#common(object.start, [object, ...parameters]) };
  }

  #primary(): Node {
    const { kind, text, start } = this.#token;
    if (kind === 'name') return this.#named();
    if (kind === 'text') {
      this.#advance();
      return { kind: 'literal', value: text, type: 'text', ...this.#common(start) };
    }
    if (kind === 'integer' || kind === 'decimal') return this.#number(kind);
    if (this.#take('(')) {
      const inner = this.#choice();
      this.#close('(', ')', start);
      return inner;
    }
    if (this.#is('[')) {
      const elements = this.#bracketed('[', ']', () => this.#choice());
      return { kind: 'list', elements, ...this.#common(start, elements) };
    }
    if (this.#is('{')) return this.#map();
    throw this.#missing();
  }

  #number(type: 'integer' | 'decimal'): Node {
    const { text, start } = this.#advance();
    const value = Number(text);
    if (type === 'integer' ? !Number.isSafeInteger(value) : !Number.isFinite(value)) {
      const hint = `Integers reach from -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}.`;
      throw new SyntaxFault(`The number ${shown(text)} is too large.`, hint, start);
    }
    return { kind: 'literal', value, type, ...this.#common(start) };
  }

  #named(): Node {
    const { text, start } = this.#token;
    if (text === 'in' || reserved.has(text)) throw this.#missing();
    this.#advance();
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', type: 'boolean', ...this.#common(start) };
    if (text === 'null') return { kind: 'literal', value: null, type: 'null', ...this.#common(start) };
    if (!this.#is('(')) return { kind: 'name', name: text, ...this.#common(start) };
    const parameters = this.#bracketed('(', ')', () => this.#choice());
    return { kind: 'call', target: undefined, name: text, parameters, at: start, ...this.#common(start, parameters) };
  }

  #map(): MapNode {
    const { start } = this.#token;
    const entries = this.#bracketed('{', '}', () => {
      const key = this.#choice();
      if (!this.#take(':')) throw this.#unexpected('A map is written `{"key": "value", "other key": "other value"}`.');
      return { key, value: this.#choice() };
    });
    return { kind: 'map', entries, ...this.#common(start, entries.flatMap(({ key, value }) => [key, value])) };
  }

  /** What stands between brackets, by commas; a list or a map may end with one. */
  #bracketed<Element>(open: string, close: string, read: () => Element): Element[] {
    const { start } = this.#advance();
    const elements: Element[] = [];
    while (!this.#is(close)) {
      if (elements.length === maxLiteralSize) {
        throw new SyntaxFault(`There are more than ${maxLiteralSize} values between these brackets.`, 'Use fewer.', start);
      }
      elements.push(read());
      if (!this.#take(',') || (open === '(' && this.#is(close))) break;
    }
    this.#close(open, close, start);
    return elements;
  }

  #close(open: string, close: string, openedAt: number): void {
    if (this.#previous?.text === ',' && this.#previous.kind === 'symbol' && close === ')') throw this.#missing();
    if (this.#take(close)) return;
    if (this.#token.kind !== 'end') throw this.#unexpected();
    throw new SyntaxFault(`This ${shown(open)} is never closed.`, `Add ${shown(close)}.`, openedAt);
  }

  /** A value should start here, and none does. */
  #missing(): SyntaxFault {
    const { message, hint, offset } = missingValueFault(this.#token, this.#previous);
    return new SyntaxFault(message, hint, offset);
  }

  /** A value is complete, and what follows does not fit. */
  #unexpected(hint?: string): SyntaxFault {
    const { kind, text, start } = this.#token;
    if (kind === 'end') return new SyntaxFault('The expression ends too early.', hint ?? 'Something is missing.', start);
    const said = kind === 'text' ? 'A text' : shown(text);
    const usual = 'An operator such as `==`, `&&` or `+` stands between two values.';
    return new SyntaxFault(`${said} cannot follow here.`, afterValueHint(this.#token, this.#previous) ?? hint ?? usual, start);
  }
}

function tooDeep(offset: number): SyntaxFault {
  const message = `The expression is nested more than ${maxDepth} levels deep.`;
  return new SyntaxFault(message, 'Use a list with `in`, or a map, in place of many operators.', offset);
}
