import type { FieldValue } from '../field-value.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import { columnOf, type PlanBasis } from './basis.ts';
import { normaliseKey } from './match.ts';

/**
 * Whether `protect` names a person: by user name, email or the value of a key, of the record or of what it would become; of somebody
 * whom the directory does not give any more, also by the name of the account.
 */
export type Protection = (record: CurrentRecord | undefined, desired: readonly FieldValue[], account?: string | null) => boolean;

export function createProtection(basis: PlanBasis): Protection {
  const names = new Set(basis.protect.map(normaliseKey));
  if (names.size === 0) return () => false;
  const fields = new Set(['username', 'email', ...basis.syncKeys.map(({ field }) => field)]);
  const columns = [...fields].map((field) => columnOf(basis, field)).filter((column) => column !== -1);
  const isNamed = (values: readonly FieldValue[]): boolean => columns.some((column) => names.has(normaliseKey(values[column] ?? null)));
  return (record, desired, account = null) => names.has(normaliseKey(account)) || (record !== undefined && (names.has(normaliseKey(record.username)) || isNamed(record.values))) || isNamed(desired);
}
