import type { Problem } from '../errors.ts';
import type { SyncFile } from './sync-file.ts';

const enabledOnly = /\baccountEnabled\s+(?:eq\s+true|ne\s+false)\b/i;
const otherwise = /\b(?:or|not)\b/i;

/**
 * What to tell of a filter by which Graph leaves disabled users out: nobody can then be found to be disabled. A filter that
 * combines its conditions in other ways than by `and` is not judged.
 */
export function filterWarning({ source: { filter }, leavers: { disabled } }: SyncFile): Problem | undefined {
  if (filter === undefined || disabled === 'ignore') return undefined;
  const conditions = filter.text.replaceAll(/'(?:[^']|'')*'/g, "''");
  if (!enabledOnly.test(conditions) || otherwise.test(conditions)) return undefined;
  return {
    message: `\`source.filter\` leaves out disabled users, so \`leavers.disabled: ${disabled}\` never finds anybody.`,
    hint: 'Write `scope: user.accountEnabled` instead: disabled users are then read, and told from those who are out of scope. Or write `leavers: { disabled: ignore }`.',
    position: filter.position,
  };
}
