import { SyncError } from '../errors.ts';

/** One setting of a section. */
export interface IniEntry {
  /** In small letters: the vendor's connector does not tell letter cases apart. */
  readonly key: string;
  /** Without inline comment and outer white space; lines that go on are joined with a line break. */
  readonly value: string;
  /** Where it starts; the first line is 1. */
  readonly line: number;
  /** Its lines as written, but for an inline comment. */
  readonly text: readonly string[];
}

export interface IniSection {
  readonly name: string;
  /** Those of `[DEFAULT]` included; of each key the last. */
  readonly entries: ReadonlyMap<string, IniEntry>;
  /** Entries that a later one with the same key replaces, with the line of that. */
  readonly replaced: readonly { readonly entry: IniEntry; readonly by: number }[];
}

export interface Ini {
  readonly sections: ReadonlyMap<string, IniSection>;
  /** Lines that are neither section, setting nor comment. */
  readonly unreadable: readonly number[];
}

/** A setting of this section holds in every other. */
const defaultSection = 'DEFAULT';

/**
 * Reads a `config.ini` as the vendor's connector does (lib/config.py, `SpecialConfigParser`): `=` or `:` after a key, `#`,
 * `;` or `rem` at the start of a line for a comment, a value goes on in lines that start with white space, the first
 * `;` after white space starts an inline comment, the last of equal keys wins, equal sections are one, `%` and `""` stand
 * for themselves and for nothing.
 *
 * @throws SyncError `invalid-input` where a setting stands before the first section
 */
export function readIni(text: string): Ini {
  const reader = new IniReader();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  lines.forEach((line, index) => {
    reader.read(line, index + 1);
  });
  return { sections: reader.sections(), unreadable: reader.unreadable };
}

interface OpenEntry {
  readonly key: string;
  readonly line: number;
  readonly values: string[];
  readonly text: string[];
}

class IniReader {
  readonly unreadable: number[] = [];
  readonly #sections = new Map<string, OpenEntry[]>();
  #section: OpenEntry[] | undefined;
  #entry: OpenEntry | undefined;

  read(line: string, number: number): void {
    if (line.trim() === '' || /^(?:[#;]|rem(?:\s|$))/i.test(line)) return;
    if (/^\s/.test(line) && this.#entry !== undefined) {
      this.#entry.values.push(line);
      this.#entry.text.push(line);
      return;
    }
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) this.#open(header);
    else this.#add(line, number);
  }

  #open(name: string): void {
    this.#section = this.#sections.get(name) ?? [];
    this.#sections.set(name, this.#section);
    this.#entry = undefined;
  }

  #add(line: string, number: number): void {
    if (this.#section === undefined) {
      throw new SyncError('invalid-input', `Line ${number} of the config.ini stands before the first section.`, {
        hint: 'A config.ini starts with a line such as `[oomnitza]`.',
      });
    }
    const delimiter = line.search(/[=:]/);
    if (delimiter < 0) {
      this.unreadable.push(number);
      return;
    }
    const written = withoutComment(line.slice(delimiter + 1));
    const value = written.trim();
    this.#entry = {
      key: line.slice(0, delimiter).trim().toLowerCase(),
      line: number,
      values: [value === '""' ? '' : value],
      text: [line.slice(0, delimiter + 1) + written.trimEnd()],
    };
    this.#section.push(this.#entry);
  }

  sections(): Map<string, IniSection> {
    const defaults = this.#sections.get(defaultSection) ?? [];
    const own = [...this.#sections].filter(([name]) => name !== defaultSection);
    return new Map(own.map(([name, entries]) => [name, sectionOf(name, [...defaults, ...entries])]));
  }
}

function withoutComment(value: string): string {
  const semicolon = value.indexOf(';');
  return semicolon > 0 && /\s/.test(value.charAt(semicolon - 1)) ? value.slice(0, semicolon) : value;
}

function sectionOf(name: string, all: readonly OpenEntry[]): IniSection {
  const entries = new Map<string, IniEntry>();
  const replaced: { readonly entry: IniEntry; readonly by: number }[] = [];
  for (const { key, line, values, text } of all) {
    const before = entries.get(key);
    if (before !== undefined) replaced.push({ entry: before, by: line });
    entries.set(key, { key, value: values.join('\n'), line, text });
  }
  return { name, entries, replaced };
}
