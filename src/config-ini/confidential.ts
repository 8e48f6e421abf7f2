import type { Ini, IniEntry } from './ini.ts';

/** Keeps secrets of a `config.ini` out of everything that is made of it. */
export interface Confidential {
  /** Whether one of the secrets stands in `text`. */
  isIn(text: string): boolean;
  /** `text` with each secret, and what a terminal or an editor would not show, replaced. */
  masked(text: string): string;
  /** The same for a program, whose literals are masked in every line that speaks of secrets. */
  maskedProgram(text: string): string;
}

const secretWord = /secret|passw|pwd|token|api_?key|private_?key|credential/i;
/** In a program they may come along with these as well. */
const programWord = /secret|passw|pwd|token|key|credential|auth|bearer|login/i;
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
    maskedProgram: (text) => masked(programWord.test(text) ? text.replace(/(["']).*\1/g, (literal) => literal.charAt(0) + mask + literal.charAt(0)) : text),
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
