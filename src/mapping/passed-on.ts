import type { FieldRule } from '../config/index.ts';

/**
 * Converters that change no more than letter case and blanks at the ends, which do not count where keys are compared. In capitals, some letters
 * become others.
 */
const harmless = new Set(['lowercase', 'trim']);

/**
 * The directory properties of which a rule's value is one, but for letter case and blanks at the ends; `undefined` where the rule makes something else of them, so
 * that the value does not tell what they hold.
 */
export function propertiesPassedOn({ from, convert, default: fallback }: FieldRule): readonly string[] | undefined {
  const isPassedOn = fallback === undefined && (convert?.steps ?? []).every(({ name }) => harmless.has(name));
  return from.kind === 'source' && isPassedOn ? from.paths.map(({ segments }) => segments.join('.')) : undefined;
}
