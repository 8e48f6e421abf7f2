/** A stored value: dates as epoch seconds, drop-downs as their key. */
export type FieldValue = string | number | boolean | null;

/**
 * A person in Oomnitza. A record is never changed in place: `OomnitzaInstance.updateRecord` puts a new one there.
 * Fields without a value are absent.
 */
export interface OomnitzaRecord {
  readonly user_id: string;
  readonly uid: number;
  readonly username: string;
  readonly role: number;
  readonly version: number;
  readonly [field: string]: FieldValue;
}

/** Values of some fields. */
export interface FieldValues {
  readonly [field: string]: FieldValue;
}

/** Values compared without regard to case and surrounding space, as unique fields are. */
export function foldValue(value: FieldValue | undefined): string {
  return value === null || value === undefined ? '' : String(value).trim().toLowerCase();
}
