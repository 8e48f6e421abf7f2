import type { ExpressionFault } from './fault.ts';
import type { Token } from './tokens.ts';
import { shown } from './wording.ts';

/** How other languages join two values, and what CEL has for it. */
const foreignOperators: ReadonlyMap<string, string> = new Map([
  ['and', 'Write `&&`.'],
  ['or', 'Write `||`.'],
  ['is', 'Write `==`.'],
  ['eq', 'Write `==`.'],
  ['ne', 'Write `!=`.'],
  ['not', 'Write `!` before a value, or `!=` between two.'],
  ['gt', 'Write `>`.'],
  ['ge', 'Write `>=`.'],
  ['lt', 'Write `<`.'],
  ['le', 'Write `<=`.'],
  ['like', 'Write `user.mail.contains("text")`, or `.matches("pattern")`.'],
  ['contains', 'Write `user.mail.contains("text")`.'],
  ['startsWith', 'Write `user.mail.startsWith("text")`.'],
  ['startswith', 'Write `user.mail.startsWith("text")`.'],
  ['endsWith', 'Write `user.mail.endsWith("text")`.'],
  ['endswith', 'Write `user.mail.endsWith("text")`.'],
  ['matches', 'Write `user.mail.matches("pattern")`.'],
  ['then', 'A choice is written `condition ? value : other value`.'],
  ['else', 'A choice is written `condition ? value : other value`.'],
  ['if', 'A choice is written `condition ? value : other value`.'],
  [':', 'A choice is written `condition ? value : other value`.'],
]);

/** Why `token` cannot stand behind a complete value, where that is easily told. */
export function afterValueHint(token: Token, previous: Token | undefined): string | undefined {
  const { kind, text } = token;
  if (kind === 'name' && previous?.kind === 'name' && previous.text === 'not') return 'Write `!` for "not".';
  if (kind === 'symbol' && text === '!' && previous?.text !== '!') return 'Write `!=` to compare.';
  if (kind === 'symbol' && [')', ']', '}'].includes(text)) return `No bracket is open that ${shown(text)} closes.`;
  if (kind === 'symbol' && text === ',') return 'Only lists, maps and functions have several values, between their brackets.';
  if (kind === 'symbol' && text === '{') return 'Brackets are missing, or an operator such as `in`.';
  if (kind === 'text') return 'An operator is missing before it; texts are joined with `+`.';
  return foreignOperators.get(text);
}

/** What to say where a value should stand at `token` and does not. */
export function missingValueFault(token: Token, previous: Token | undefined): ExpressionFault {
  const { kind, text, start: offset } = token;
  if (kind === 'end' && previous === undefined) {
    return { message: 'The expression is empty.', hint: 'Write such as `user.department == "IT"`.', offset };
  }
  if (kind === 'end') {
    const message = `The expression ends behind ${shown(String(previous?.text))}, where a value should follow.`;
    return { message, hint: `Add a value, or remove ${shown(String(previous?.text))}.`, offset };
  }
  return { message: `${shown(text)} stands where a value should.`, hint: valueHint(token, previous), offset };
}

function valueHint({ text }: Token, previous: Token | undefined): string {
  const behind = previous?.text;
  if (text === '=' || (text === '==' && behind === '==')) return 'Two values are compared with `==`.';
  if (text === '>' && behind === '<') return 'Write `!=`.';
  if (text === '&' || text === '&&') return 'Write `&&` between two conditions.';
  if (text === '?' && behind === '?') return 'For a value where another is null, write `user.a != null ? user.a : "other"`.';
  if ((text === '.' || text === '[') && behind === '?') return 'A missing property is null anyway: leave `?` out.';
  if (text === 'if') return 'A choice is written `condition ? value : other value`.';
  if (text === 'for') return 'Lists are gone through with `user.businessPhones.filter(phone, phone.startsWith("+"))`.';
  if (behind === '.' || text === '.') return 'Write such as `user.mail`.';
  if (/^[a-z]/.test(text)) return `${shown(text)} is reserved; if a text is meant, put it in quotes.`;
  return behind === undefined ? `Remove ${shown(text)}.` : `Add a value between ${shown(behind)} and ${shown(text)}.`;
}
