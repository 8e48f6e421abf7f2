import type { FieldValue } from '../field-value.ts';

/** A person as Oomnitza has it, reduced to what a plan needs. */
export interface CurrentRecord {
  /** Oomnitza's own id, `user_id`. */
  readonly userId: string;
  readonly username: string;
  /** Archived people stay in lists but are out of use. */
  readonly archived: boolean;
  /** One for each field asked for, in that order; none of a record of which no values were wanted. */
  readonly values: readonly FieldValue[];
}

/**
 * Reduces an answer to a record; `undefined` where it is none.
 *
 * @param share gives back each value that is kept, or an equal one in its place
 */
export function currentRecord(
  json: unknown,
  fields: readonly string[],
  share = (value: FieldValue): FieldValue => value,
): CurrentRecord | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const username = textOrEmpty(Reflect.get(json, 'username'));
  const userId = textOrEmpty(Reflect.get(json, 'user_id')) || username;
  if (userId === '') return undefined;
  return {
    userId,
    username,
    archived: isArchived(Reflect.get(json, 'deleted')),
    values: fields.map((field) => {
      const value = fieldValue(Object.hasOwn(json, field) ? Reflect.get(json, field) : null);
      // The email mostly, which is then kept once.
      return value === username ? username : share(value);
    }),
  };
}

function textOrEmpty(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const notArchived = new Set(['', '0', 'false']);

/** Archived people carry a date or a mark in `deleted`; how "not archived" is spelt differs. */
function isArchived(deleted: unknown): boolean {
  const mark = fieldValue(deleted);
  return mark !== null && !notArchived.has(String(mark).trim().toLowerCase());
}

/** A value of an answer as one that can be compared; lists and objects become text. */
export function fieldValue(value: unknown): FieldValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((element: unknown) => fieldValue(element)).filter((text) => text !== null).join(', ');
  return JSON.stringify(value);
}
