import type { Action } from '../plan/index.ts';

/** A reason of the interface, in words for the owner of the sync file. */
export interface ReasonWords {
  readonly title: string;
  /** What it means and what to do about it, in a sentence or two; empty where nothing is known. */
  readonly advice: string;
}

const reasons = new Map<string, ReasonWords>([
  [
    'missing-required',
    {
      title: 'A required field is empty',
      advice:
        'The directory has no value for a field that the sync file marks as required. Fill it in Entra, or give the rule a default.',
    },
  ],
  [
    'invalid-value',
    {
      title: 'A value cannot be used',
      advice:
        'The directory gives a value that the field rule cannot convert, or that the field in Oomnitza cannot hold: it is of another type, or too long. Correct it in Entra, or change the rule. Where an expression fails, let it ask first, such as `size(user.businessPhones) > 0 ? … : null`.',
    },
  ],
  [
    'invalid-option',
    {
      title: 'A value is not in the drop-down of its field',
      advice:
        'Oomnitza takes only the options of this field. Correct the value in Entra, add the option in Oomnitza, or change the rule so that it gives one of the options.',
    },
  ],
  [
    'missing-sync-key',
    {
      title: 'No sync key has a value',
      advice:
        'Without a sync key the record in Oomnitza cannot be found. Fill the attribute behind a sync key in Entra, or add another sync key.',
    },
  ],
  [
    'disabled',
    {
      title: 'Disabled in the directory',
      advice:
        'No record is created for a disabled account, and a record that may be somebody else’s is left alone. Where the latter is so, the message says why. Where another account has the same key, give one of them another value, or take the key out of `sync-keys`; where the record does not carry the Entra id, write it in by hand; where there is no `identity`, correct the user name in Oomnitza.',
    },
  ],
  [
    'duplicate-target',
    {
      title: 'Several Oomnitza records have the same sync key',
      advice: 'It is not clear which record is the right one. Merge or correct these records in Oomnitza.',
    },
  ],
  [
    'duplicate-source',
    {
      title: 'Several directory users lead to the same record',
      advice:
        'None of them is written, since each would overwrite the other. Give them different key values in Entra, or leave the wrong ones out of the sync.',
    },
  ],
  [
    'ambiguous-match',
    {
      title: 'The sync keys find different records',
      advice: 'One key leads to one record, another key to a second one. Correct the key values of these records in Oomnitza.',
    },
  ],
  [
    'archived-target',
    {
      title: 'The record is archived in Oomnitza',
      advice: 'Archived records are never changed. Restore the record in Oomnitza, or leave the user out of the sync.',
    },
  ],
  [
    'identity-mismatch',
    {
      title: 'The record belongs to somebody else',
      advice:
        'The keys find a record that carries the Entra id of another user: an address was given to somebody new, or the record was taken over. Give the record of whoever left another address in Oomnitza or, if it is the same person with a new account, clear the Entra id there.',
    },
  ],
  [
    'protected',
    {
      title: 'Protected by the sync file',
      advice: 'The list protect names these people, so they are left alone.',
    },
  ],
  [
    'leaver disabled',
    {
      title: 'Disabled in the directory',
      advice: 'Their records are still in use. With leavers.disabled: suspend, those records are suspended that are certainly theirs and that protect does not name.',
    },
  ],
  [
    'leaver missing',
    {
      title: 'Deleted from the directory',
      advice: 'Their records are still in use. With leavers.missing: suspend, those records are suspended that nobody else finds and that protect does not name.',
    },
  ],
  [
    'leaver unknown-id',
    {
      title: 'The directory does not know the Entra id of the record',
      advice: 'The id is of another tenant, or of a user who was deleted more than 30 days ago. These records are never suspended by a sync: look at them in Oomnitza.',
    },
  ],
  [
    'leaver returning',
    {
      title: 'Enabled in the directory, and suspended in Oomnitza',
      advice: 'To restore those whom a sync had suspended, set leavers.returning to restore. Who was suspended by hand is restored by hand.',
    },
  ],
  [
    'preference',
    {
      title: 'Left alone, because the preference says so',
      advice:
        'The preference in the sync file allows only creates, or only updates. To include these people, set it to create-and-update.',
    },
  ],
]);

/** The words for a reason of an entry; one that is not known speaks for itself. */
export function wordsOf(reason: string, action?: Action): ReasonWords {
  return (action === 'leaver' ? reasons.get(`leaver ${reason}`) : undefined) ?? reasons.get(reason) ?? { title: reason, advice: '' };
}
