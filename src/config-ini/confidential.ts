import type { Ini, IniEntry } from './ini.ts';

/** Keeps secrets of a `config.ini` out of everything that is made of it. */
export interface Confidential {
  /** Whether one of the secrets stands in `text`. */
  isIn(text: string): boolean;
  /** `text` with each secret, and what a terminal or an editor would not show, replaced. */
  masked(text: string): string;
  /** The lines of a Python program without its comments, and of its texts only those that records are compared with. */
  maskedProgram(lines: readonly string[]): readonly string[];
}

const secretWord = /secret|pass(?:$|[^a-z]|w|phrase)|pwd|token|api_?key|private_?key|credential/i;
const mask = '…';

/** Shorter ones would be found in every other word. */
const shortest = 4;

/** Whether a setting is called like a secret. */
export function isSecretKey(key: string): boolean {
  return secretWord.test(key);
}

/**
 * Takes for a secret whatever a setting holds that is called like one, in any section, and the password of any address;
 * wherever else the same text stands, it is one there as well.
 */
export function confidentialOf({ sections }: Ini): Confidential {
  const secrets = new Set<string>();
  for (const [name, { entries, replaced }] of sections) {
    if (name === 'converters') continue;
    for (const entry of [...entries.values(), ...replaced.map(({ entry }) => entry)]) for (const secret of secretsIn(entry)) secrets.add(secret);
  }
  // The longest first, so that no rest of it is left where another is its beginning.
  const known = [...secrets].filter(({ length }) => length >= shortest).flatMap(spellings).sort((left, right) => right.length - left.length);
  const pattern = known.map((secret) => secret.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join('|');
  // Keys come in small letters, whatever they were written in.
  const any = known.length === 0 ? /(?!)/g : new RegExp(pattern, 'giu');
  const masked = (text: string): string => visible(text.replace(any, mask));
  return {
    isIn: (text) => text.search(any) >= 0,
    masked,
    // First the secrets, while they are whole.
    maskedProgram: (lines) => withoutTexts(lines.map(masked)),
  };
}

function secretsIn({ key, value }: IniEntry): string[] {
  if (key.startsWith('mapping.') || key === 'recordfilter') return [];
  const password = URL.parse(value)?.password ?? '';
  return [...(isSecretKey(key) ? [value, ...value.split('\n')] : []), password, decoded(password)].map((secret) => secret.trim());
}

/** As it stands, in JSON and in an address. */
function spellings(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Control and format characters could make a comment look like something else (CVE-2021-42574). */
function visible(text: string): string {
  return text.replace(/[^\P{C}\t]|[\p{Zl}\p{Zp}]/gu, (character) => `\\u{${Number(character.codePointAt(0)).toString(16)}}`);
}

/** Quotes, three of a kind or one, up to the same again; a text that does not end takes the rest. Or a comment. */
const textOrComment = /("""|''')(?:\\[^]|(?!\1)[^])*(?:\1|$)|(["'])(?:\\[^]|(?!\2)[^\n\\])*(?:\2|$|(?=\n))|#[^\n]*/g;

/** A name may be a secret without quotes, in a program that never ran. */
const bareSecret = /^(.*?(?:secret|passw?|pwd|token|key|credential|auth)\w*\s*=(?!=)\s*)[^\s"'(\[{].*$/gim;

/** Behind these stands the name of an attribute, or what one is compared with. */
const harmlessPlace = /(?:[=!]=|\[|\.get\(|\.(?:starts|ends)with\()\s*$/;
const programWord = /secret|pass|pwd?\b|token|key|credential|auth|bearer|login|hash/i;

function withoutTexts(lines: readonly string[]): readonly string[] {
  const program = lines.join('\n');
  const masked = program.replace(textOrComment, (found: string, three: string | undefined, one: string | undefined, at: number) => {
    const quote = three ?? one;
    if (quote === undefined) return '';
    const start = program.lastIndexOf('\n', at) + 1;
    const line = program.slice(start).split('\n', 1).join('');
    if (one !== undefined && harmlessPlace.test(program.slice(start, at)) && !programWord.test(line)) return found;
    return `${quote}${mask}${quote}${'\n'.repeat(found.split('\n').length - 1)}`;
  });
  return masked.replace(bareSecret, `$1${mask}`).split('\n').map((line) => line.trimEnd());
}
