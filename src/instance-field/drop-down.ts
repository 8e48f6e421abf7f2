import type { Scalar } from '../field-value.ts';
import type { FieldOption } from './instance-field.ts';

const mostNamed = 5;

/** A drop-down, ready to be asked for many values. */
export interface DropDown {
  /** The key of the option that a value names, by key or by label; `undefined` where none or more than one is meant. */
  keyOf(value: Scalar): string | undefined;
  /** The first options, for a sentence. */
  readonly inWords: string;
}

export function dropDown(options: readonly FieldOption[]): DropDown {
  const keys = new Set(options.map(({ key }) => key));
  // Letter case counts as little as it does in the drop-down itself, but never between two options.
  const byName = Map.groupBy(
    options.flatMap(({ key, label }) => [{ name: folded(key), key }, { name: folded(label), key }]),
    ({ name }) => name,
  );
  const meant = new Map([...byName].map(([name, found]) => [name, new Set(found.map(({ key }) => key))]));
  return {
    keyOf(value) {
      for (const text of namesOf(value)) {
        if (keys.has(text)) return text;
        const [key, ...others] = meant.get(folded(text)) ?? [];
        if (key !== undefined && others.length === 0) return key;
      }
      return undefined;
    },
    inWords: inWords(options),
  };
}

/** Yes and no are often kept as 1 and 0. */
function namesOf(value: Scalar): readonly string[] {
  const text = String(value).trim();
  return typeof value === 'boolean' ? [text, value ? '1' : '0'] : [text];
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}

function inWords(options: readonly FieldOption[]): string {
  const named = options.slice(0, mostNamed).map(({ key, label }) => (key === label ? `\`${key}\`` : `\`${key}\` (${label})`));
  const more = options.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
