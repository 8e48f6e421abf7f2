import type { FieldValue, OomnitzaRecord } from './record.ts';

/** All records sorted by one field, kept sorted through every write. */
export class SortedRecords {
  readonly #field: string;
  readonly #sorted: OomnitzaRecord[];

  constructor(field: string, records: Iterable<OomnitzaRecord>) {
    this.#field = field;
    // Values are made comparable once, not in each of the million comparisons of a large instance.
    this.#sorted = [...records]
      .map((record) => ({ record, value: sortable(record[field]) }))
      .sort((left, right) => compareSortable(left.value, right.value) || left.record.uid - right.record.uid)
      .map(({ record }) => record);
  }

  get all(): readonly OomnitzaRecord[] {
    return this.#sorted;
  }

  add(record: OomnitzaRecord): void {
    this.#sorted.splice(this.#place(record), 0, record);
  }

  remove(record: OomnitzaRecord): void {
    const place = this.#place(record);
    if (this.#sorted[place]?.uid === record.uid) this.#sorted.splice(place, 1);
  }

  /** Where the record is, or belongs. */
  #place(record: OomnitzaRecord): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.#sorted[middle];
      if (candidate !== undefined && this.#compare(candidate, record) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(left: OomnitzaRecord, right: OomnitzaRecord): number {
    return compareValues(left[this.#field], right[this.#field]) || left.uid - right.uid;
  }
}

/** Order of stored values: nothing first, numbers by size, text without regard to case. */
export function compareValues(left: FieldValue | undefined, right: FieldValue | undefined): number {
  return compareSortable(sortable(left), sortable(right));
}

function compareSortable(left: string | number | null, right: string | number | null): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

function sortable(value: FieldValue | undefined): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : value.toLowerCase();
}
