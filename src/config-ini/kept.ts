import type { Confidential } from './confidential.ts';
import type { IniEntry } from './ini.ts';

/** Something of a `config.ini` that was not converted; it stays as a comment. */
export interface Kept {
  /** `undefined` where it stands in the instance, not in the file. */
  readonly line: number | undefined;
  /** Its lines as written, without secrets. */
  readonly text: readonly string[];
  /** Why, in words that go on after "not converted: ". */
  readonly why: string;
}

/** Keeps an entry with its value. */
export function keptEntry({ line, text }: IniEntry, why: string, confidential: Confidential): Kept {
  return { line, text: text.map((part) => confidential.masked(part)), why };
}

/** Keeps Python. */
export function keptProgram({ line, text }: IniEntry, why: string, confidential: Confidential): Kept {
  return { line, text: confidential.maskedProgram(text), why };
}

/** Keeps an entry without its value, which may be anything. */
export function keptKey({ line, key }: IniEntry, why: string, confidential: Confidential): Kept {
  return { line, text: [confidential.masked(`${key} = …`)], why };
}
