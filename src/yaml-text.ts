import type { Scalar } from './field-value.ts';

/** What a sync file is made of. */
export type YamlValue = Scalar | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Texts that need no quotes in YAML 1.2: no number, no truth value, no null. */
const plain = /^(?!(?:true|false|null)$)[A-Za-z_][A-Za-z0-9_.@-]*$/i;

/** A value on one line, `{ source: [mail], required: true }`. */
export function flow(value: YamlValue): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return plain.test(value) ? value : quoted(value);
  if (isList(value)) return `[${value.map(flow).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${flow(key)}: ${flow(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** In single quotes what would need many backslashes, else in JSON's, which are YAML's as well. */
function quoted(text: string): string {
  if (/^\P{C}*$/u.test(text) && /["\\]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(/\p{C}/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  );
}

const width = 116;

/** Sentences as comment lines, broken between words. */
export function comment(text: string, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length + 3 > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((words) => `${indent}# ${words}`);
}
