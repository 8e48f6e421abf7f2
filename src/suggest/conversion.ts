import { converters } from '../converters/index.ts';
import type { Scalar } from '../field-value.ts';
import type { InstanceField } from '../instance-field/index.ts';
import { valueOf, type DirectoryProperty } from './directory-property.ts';
import type { SampledUser } from './pairs.ts';

/** Converters that a suggestion makes use of. */
export type Conversion = 'epoch_seconds' | 'lowercase' | 'split_email' | 'uppercase';

/** A directory property, taken as it is or converted. */
export interface Source {
  readonly property: DirectoryProperty;
  readonly convert: readonly Conversion[];
}

/** Names that people sign in with, the first part of which is a name of its own. */
const addresses: ReadonlySet<string> = new Set(['mail', 'userPrincipalName']);

/** The ways in which a property is looked at, whatever the field. */
export function sourcesOf(property: DirectoryProperty): readonly Source[] {
  return [{ property, convert: [] }, ...(addresses.has(property.path) ? [{ property, convert: ['split_email'] as const }] : [])];
}

/** What a user has at a source; `null` where there is nothing, or nothing that can be converted. */
export function valueAt(user: SampledUser, { property, convert }: Source): Scalar | null {
  return converted(valueOf(user, property), convert);
}

/** @returns `null` for what a converter does not take */
export function converted(value: Scalar | null, convert: readonly Conversion[]): Scalar | null {
  let result = value;
  for (const name of convert) {
    const next = result === null ? null : converters.get(name)?.convert(result);
    result = typeof next === 'string' || typeof next === 'number' ? next : null;
  }
  return result;
}

/** Seconds since 1970 of any day between 1973 and 5138. */
const seconds = /^\d{9,11}$/;

/**
 * The converter that the values in a field speak for; `undefined` where they speak for none.
 *
 * @param held what Oomnitza has, without what is empty
 * @param given what the directory has
 */
export function conversionFor({ type, options }: InstanceField, { kind }: DirectoryProperty, held: readonly string[], given: readonly (Scalar | null)[]): Conversion | undefined {
  if (options.length > 0) return undefined;
  if (kind === 'time') {
    const isNumber = type === 'integer' || type === 'number';
    const isText = type === 'text' || type === 'unknown';
    return isNumber || (isText && held.length > 0 && held.every((text) => seconds.test(text))) ? 'epoch_seconds' : undefined;
  }
  if (kind !== 'text' || (type !== 'text' && type !== 'unknown')) return undefined;
  return (['lowercase', 'uppercase'] as const).find((name) => {
    const change = (text: string): string => (name === 'lowercase' ? text.toLowerCase() : text.toUpperCase());
    return held.length > 0 && held.every((text) => text === change(text)) && given.some((value) => typeof value === 'string' && value !== change(value));
  });
}
