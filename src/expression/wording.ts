import { closest } from '../closest.ts';

const maxShown = 60;

/** A piece of the user's text in backticks: on one line, without invisible characters, and not too long to read. */
export function shown(text: string): string {
  const cut = text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
  return `\`${cut.replace(/\p{C}/gu, (character) => `\\u{${Number(character.codePointAt(0)).toString(16)}}`)}\``;
}

/** "Did you mean …?" with the closest name, if one is close. */
export function didYouMean(text: string, names: Iterable<string>): string | undefined {
  const name = closest(text, names);
  return name === undefined ? undefined : `Did you mean \`${name}\`?`;
}

const listFormats = {
  and: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  or: new Intl.ListFormat('en-GB', { type: 'disjunction' }),
};

/** "a text, a text and an integer". */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  return listFormats[conjunction].format(words);
}

/** The words as the start of a sentence. */
export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
