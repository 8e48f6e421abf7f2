import type { Converter } from './converter.ts';
import { capitalize, lowercase, trim, uppercase } from './letters.ts';
import { locationConverter } from './location.ts';
import { memberOf } from './member-of.ts';
import { firstFromFull, lastFromFull, split, splitEmail } from './parts.ts';
import { epochSeconds, ldapTimestamp } from './times.ts';

/** Every converter, by name. Without an instance, `location` finds no location: {@link locationConverter} makes one that does. */
export const converters: ReadonlyMap<string, Converter> = new Map(
  [lowercase, uppercase, capitalize, trim, split, splitEmail, firstFromFull, lastFromFull, epochSeconds, ldapTimestamp, memberOf, locationConverter([])].map(
    (converter) => [converter.name, converter],
  ),
);
