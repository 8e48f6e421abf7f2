import type { CurrentRecord } from '../oomnitza/index.ts';

/**
 * A record as another sync file sees it. Its values are put together each time they are asked for, so that two plans over
 * the same records do not take twice the room.
 */
export class RecordView implements CurrentRecord {
  readonly #record: CurrentRecord;
  readonly #view: (values: CurrentRecord['values']) => CurrentRecord['values'];

  constructor(record: CurrentRecord, view: (values: CurrentRecord['values']) => CurrentRecord['values']) {
    this.#record = record;
    this.#view = view;
  }

  get userId(): string {
    return this.#record.userId;
  }

  get username(): string {
    return this.#record.username;
  }

  get archived(): boolean {
    return this.#record.archived;
  }

  get values(): CurrentRecord['values'] {
    return this.#view(this.#record.values);
  }
}
