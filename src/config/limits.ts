import { z } from 'zod';
import { strictMapping } from './mapping-schema.ts';
import { listed } from './wording.ts';
import { limitNames, type Limit, type LimitName } from './sync-file.ts';

const takes = 'a count, a percentage such as `30%`, a list of both, or `none`';

const count = z.int({ error: takes }).min(0, { error: takes });
const percentage = z.string({ error: takes }).regex(/^\d{1,6}(?:\.\d{1,3})?%$/, { error: takes });
const both = z.union([z.tuple([count, percentage], { error: takes }), z.tuple([percentage, count], { error: takes })], { error: takes });
const limit = z.union([z.literal('none', { error: takes }), count, percentage, both], { error: takes });

/** A limit as the file states it. */
export type WrittenLimit = z.output<typeof limit>;

const standard: Readonly<Record<LimitName, WrittenLimit>> = { creates: '50%', updates: '30%', suspends: ['5%', 100], restores: ['5%', 100], shrink: '50%' };

const meanings: Readonly<Record<LimitName, string>> = {
  creates: 'People created by one run.',
  updates: 'People of whom one run changes or clears a value. Filling empty fields is free.',
  suspends: 'People suspended by one run.',
  restores: 'People restored by one run.',
  shrink: 'Records with an Entra id that the directory did not give, of all records with one. Needs `identity`.',
};

const keys = {
  creates: limit.default(standard.creates).describe(meanings.creates),
  updates: limit.default(standard.updates).describe(meanings.updates),
  suspends: limit.default(standard.suspends).describe(meanings.suspends),
  restores: limit.default(standard.restores).describe(meanings.restores),
  shrink: limit.default(standard.shrink).describe(meanings.shrink),
};

/** How much one run may change before it writes nothing at all. */
export const limitsSchema = strictMapping(keys, `a mapping of ${listed(limitNames)}`);

/** A limit in parts. */
export function limitOf(written: WrittenLimit): Pick<Limit, 'text' | 'count' | 'percent'> {
  const parts = written === 'none' ? [] : typeof written === 'object' ? written : [written];
  return {
    text: typeof written === 'object' ? written.join(', ') : String(written),
    count: parts.find((part) => typeof part === 'number'),
    percent: parts.filter((part) => typeof part === 'string').map((text) => Number(text.slice(0, -1)))[0],
  };
}
