import { getInput } from '@actions/core';
import { SyncError } from '../errors.ts';
import { reserve } from '../reserved.ts';
import { originIn, shown } from './origin.ts';

/** The most that the parts of a mail address come to (RFC 5321, 4.5.3.1); user principal names are shorter. */
const maxNameLength = 320;

/** Reads inputs one by one and gathers what is wrong with them. */
export class InputReader {
  readonly #wrong: string[] = [];
  readonly #missing: string[] = [];

  /** Takes down what is wrong: a whole sentence that begins with the name of the input. */
  fault(sentence: string): void {
    this.#wrong.push(sentence);
  }

  /** Takes down inputs that a run cannot do without. */
  missing(...names: readonly string[]): void {
    this.#missing.push(...names);
  }

  /** One of several words; the first of them where nothing is given. */
  oneOf<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const given = getInput(name);
    const word = words.find((candidate) => candidate === given);
    if (word === undefined && given !== '') this.fault(`\`${name}\` is ${shown(given)}; it takes ${words.join(', ')}.`);
    return word ?? words[0];
  }

  /** What `core.getBooleanInput` takes; `false` where nothing is given. */
  yesOrNo(name: string): boolean {
    const given = getInput(name);
    if (given !== '' && !/^(?:true|True|TRUE|false|False|FALSE)$/.test(given)) {
      this.fault(`\`${name}\` is ${shown(given)}; it takes true or false.`);
    }
    return given.toLowerCase() === 'true';
  }

  /** Names by comma or line, each once. */
  list(name: string): readonly string[] {
    return [...new Set(this.entries(name))];
  }

  /** Names by comma or line, in the order in which they stand there. */
  entries(name: string): readonly string[] {
    const entries = getInput(name).split(/[,\r\n]/).map((entry) => entry.trim());
    this.limit(name, entries, ' Entries are separated by commas or lines.');
    return entries.filter((entry) => entry !== '');
  }

  /** No name is longer, and Graph would refuse the address of the request instead (431). */
  limit(name: string, entries: readonly string[], more = ''): void {
    const long = entries.find((entry) => entry.length > maxNameLength);
    if (long !== undefined) this.fault(`\`${name}\` has ${reserve(shown(long))}, of ${long.length} characters; a user principal name or mail address has ${maxNameLength} at most.${more}`);
  }

  wholeNumber(name: string, least: number, most: number): number | undefined {
    const given = getInput(name);
    if (given === '') return undefined;
    const number = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (number >= least && number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    this.fault(`\`${name}\` is ${shown(given)}; it takes a whole number ${range}.`);
    return undefined;
  }

  /** An https address without path, query or user information. */
  origin(name: string, fallback: string): URL {
    const origin = originIn(getInput(name) || fallback);
    if (origin instanceof URL) return origin;
    this.fault(`\`${name}\` is ${origin}; it takes an address such as ${fallback}: https, without a path.`);
    return new URL(fallback);
  }

  /** Whether all of them are given; some without the others are as wrong as a needed one that is missing. */
  complete(names: readonly string[], needed: boolean): boolean {
    const missing = names.filter((name) => getInput(name) === '');
    if (missing.length > 0 && (needed || missing.length < names.length)) this.missing(...missing);
    return missing.length === 0;
  }

  throwIfWrong(): void {
    const wrong = [...this.#missing.map((name) => `\`${name}\` is missing${otherWays[name] ?? ''}.`), ...this.#wrong];
    const [first, ...more] = wrong;
    if (first === undefined) return;
    const secrets = this.#missing.length === 0 ? '' : ' What comes from a repository secret is empty where the secret does not exist, or where this event may not read it.';
    const hint = `Correct the \`with:\` block of the workflow step.${secrets}`;
    if (more.length === 0) throw new SyncError('invalid-input', `The input ${first}`, { hint });
    throw new SyncError('invalid-input', `${wrong.length} inputs are wrong.`, { details: wrong, hint });
  }
}

/** What may be given in place of an input that is missing. */
const otherWays: Readonly<Partial<Record<string, string>>> = { 'oomnitza-api-token': ', and so are `oomnitza-username` and `oomnitza-password` that could take its place' };
