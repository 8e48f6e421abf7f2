import type { Problem } from '../errors.ts';
import { standardFields } from './oomnitza-fields.ts';
import type { SyncFile } from './sync-file.ts';
import { shown } from './wording.ts';

/** Checks what `leavers` needs of the rest of the file. Asked again when it is known which fields the labels mean. */
export function leaverProblems(syncFile: SyncFile): Problem[] {
  return [...needs(syncFile), ...ruleForSuspended(syncFile), ...markerProblems(syncFile)];
}

function needs({ identity, leavers: { missing, missingPosition, returning, returningPosition, marker } }: SyncFile): Problem[] {
  const problems: Problem[] = [];
  if (missing !== 'ignore' && identity === undefined) {
    const hint = 'Add `identity` with the unique field that is to hold the Entra id: without it, nobody can tell a deleted user from one who is out of scope.';
    problems.push({ message: '`leavers.missing` needs `identity`.', hint, position: missingPosition });
  }
  if (returning === 'restore' && marker === undefined) {
    const hint = 'Add `marker` with a date field of your own: only records that have it are restored, not those that somebody suspended by hand.';
    problems.push({ message: '`leavers.returning: restore` needs `leavers.marker`.', hint, position: returningPosition });
  }
  return problems;
}

function ruleForSuspended({ rules, defaults, leavers: { disabled, missing, returning } }: SyncFile): Problem[] {
  const actions = [...(disabled === 'suspend' ? ['disabled: suspend'] : []), ...(missing === 'suspend' ? ['missing: suspend'] : []), ...(returning === 'restore' ? ['returning: restore'] : [])];
  const [action] = actions;
  if (action === undefined) return [];
  const hint = 'Remove this, or the action under `leavers`: each would undo the other.';
  return [...rules, ...defaults].filter(({ field }) => field === 'suspended').map(({ position }) => ({ message: `\`suspended\` cannot be written beside \`leavers\` with \`${action}\`.`, hint, position }));
}

function markerProblems({ rules, leavers: { marker } }: SyncFile): Problem[] {
  if (marker === undefined) return [];
  const { field, position } = marker;
  if (standardFields.includes(field)) {
    return [{ message: `The marker ${shown(field)} is a field that every instance has for something else.`, hint: 'Name a date field that was added to your instance for this.', position }];
  }
  if (!rules.some((rule) => rule.field === field)) return [];
  return [{ message: `The marker ${shown(field)} has a rule or is a key, which would overwrite it.`, hint: 'Name a date field that nothing else writes.', position }];
}
