import type { Problem } from '../errors.ts';
import { didYouMean } from './did-you-mean.ts';
import { invalidSyncFile } from './invalid-sync-file.ts';
import type { SyncFile } from './sync-file.ts';
import { shown } from './wording.ts';

/** Documented fields of every person, which an instance has whether its metadata names them or not. */
const standardFields = [
  'username',
  'full_name',
  'first_name',
  'last_name',
  'email',
  'suspended',
  'address',
  'phone_number',
  'position',
  'role',
  'external_id',
  'email_subscription',
];

/**
 * Holds a sync file against the fields that the instance has.
 *
 * @returns indexes of the rules that can be used: all of the user's own, and those of the preset whose field exists
 * @throws SyncError `invalid-sync-file` where the user names a field that the instance does not have
 */
export function usableRules({ rules, defaults, syncKeys }: SyncFile, names: ReadonlySet<string>): readonly number[] {
  const known = new Set([...standardFields, ...names]);
  const problems = new Map<string, Problem>();
  for (const { field, position } of [...rules.filter(({ origin }) => origin === 'user'), ...defaults, ...syncKeys]) {
    if (known.has(field) || problems.has(field)) continue;
    const hint = didYouMean(field, known) ?? 'Create the field in Oomnitza, or take it out of the sync file.';
    problems.set(field, { message: `The instance has no field ${shown(field)}.`, hint, position });
  }
  if (problems.size > 0) throw invalidSyncFile([...problems.values()]);
  return rules.flatMap(({ field }, index) => (known.has(field) ? [index] : []));
}
