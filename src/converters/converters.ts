import type { Converter } from './converter.ts';
import { capitalize, lowercase, trim, uppercase } from './letters.ts';
import { memberOf } from './member-of.ts';
import { firstFromFull, lastFromFull, split, splitEmail } from './parts.ts';
import { epochSeconds, ldapTimestamp } from './times.ts';

/** Every converter that needs nothing but its value and arguments, by name. */
export const converters: ReadonlyMap<string, Converter> = new Map(
  [lowercase, uppercase, capitalize, trim, split, splitEmail, firstFromFull, lastFromFull, epochSeconds, ldapTimestamp, memberOf].map(
    (converter) => [converter.name, converter],
  ),
);
