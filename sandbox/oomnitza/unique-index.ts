import { foldValue, type OomnitzaRecord } from './record.ts';

/** Finds records by the value of one field, case-insensitively. */
export class UniqueIndex {
  readonly #field: string;
  readonly #holders = new Map<string, string[]>();

  constructor(field: string, records: Iterable<OomnitzaRecord>) {
    this.#field = field;
    for (const record of records) this.add(record);
  }

  /** `user_id`s of the records that hold this value; several where data older than the rule says so. */
  holders(value: OomnitzaRecord[string]): readonly string[] {
    return this.#holders.get(foldValue(value)) ?? [];
  }

  add(record: OomnitzaRecord): void {
    const value = foldValue(record[this.#field]);
    if (value === '') return;
    const holders = this.#holders.get(value);
    if (holders === undefined) this.#holders.set(value, [record.user_id]);
    else holders.push(record.user_id);
  }

  remove(record: OomnitzaRecord): void {
    const value = foldValue(record[this.#field]);
    const left = this.#holders.get(value)?.filter((holder) => holder !== record.user_id) ?? [];
    if (left.length === 0) this.#holders.delete(value);
    else this.#holders.set(value, left);
  }
}
