import type { YamlNode, YamlPath } from './yaml-node.ts';

const maxShown = 60;

/** A piece of the user's file in backticks: on one line, without invisible characters, and not too long to read. */
export function shown(text: string): string {
  const cut = text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
  return `\`${cut.replace(/\p{C}/gu, (character) => `\\u{${Number(character.codePointAt(0)).toString(16)}}`)}\``;
}

/** A path into the sync file as a person writes it, such as `fields.email.source[1]`. */
export function shownPath(path: YamlPath): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return path.length === 0 ? 'The sync file' : shown(steps.join('').slice(1));
}

/** What stands in the file, for the sentence "`x` is …". */
export function described(node: YamlNode): string {
  switch (node.kind) {
    case 'mapping':
      return node.entries.size === 0 ? 'an empty mapping' : 'a mapping';
    case 'list':
      return node.elements.length === 0 ? 'an empty list' : 'a list';
    case 'scalar':
      if (node.value === null) return 'empty';
      if (typeof node.value !== 'string') return shown(String(node.value));
      return node.value.trim() === '' ? 'a blank text' : `the text ${shown(node.value)}`;
  }
}

const listFormats = {
  and: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  or: new Intl.ListFormat('en-GB', { type: 'disjunction' }),
};

/** `a`, `b` and `c`, each in backticks. */
export function listed(names: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  return listFormats[conjunction].format(names.map(shown));
}
