import { isEmpty, type FieldValue } from '../field-value.ts';
import type { FieldChange, PlanEntry } from '../plan/index.ts';
import { hidden, revealed, withheld } from '../reserved.ts';
import type { PersonalData } from './report.ts';
import { isLeftOutField } from './status.ts';

/** Whom an entry is about. */
export type Someone = Pick<PlanEntry, 'entraId' | 'oomnitzaId' | 'userPrincipalName' | 'syncKey'>;

/** Makes entries fit to be shown, each person with the same number everywhere. */
export class EntryDisclosure {
  readonly level: PersonalData;
  readonly #people: Map<string, number>;
  /** Of a field there are no more than four, and a plan has hundreds of thousands. */
  readonly #changes = new Map<string, FieldChange>();
  readonly #syncKeys = new Map<string, string>();

  /** @param people numbers of those who have one; whoever comes later gets the next */
  constructor(level: PersonalData, people: Map<string, number>) {
    this.level = level;
    this.#people = people;
  }

  of(entry: PlanEntry): PlanEntry {
    switch (this.level) {
      case 'full':
        return whole(entry);
      case 'masked':
        return { action: entry.action, ...this.someone(entry), username: null, fields: this.fields(entry.fields), reason: entry.reason, message: withheld(entry.message) };
      case 'none':
        return counted(entry);
    }
  }

  fields(fields: readonly FieldChange[]): readonly FieldChange[] {
    if (this.level === 'full') return fields;
    return this.level === 'masked' ? fields.map((change) => this.#masked(change)) : none;
  }

  /** Whom it is about, as far as that may be told. */
  someone(someone: Someone): Someone {
    if (this.level === 'full') return someone;
    const { syncKey } = someone;
    if (this.level === 'none') return nobody;
    return { entraId: null, oomnitzaId: null, userPrincipalName: `person ${this.#number(someone)}`, syncKey: syncKey === null ? null : this.#syncKey(syncKey.slice(0, syncKey.indexOf('='))) };
  }

  /** A value as it may be shown; that there is none is no secret. */
  value(value: FieldValue): FieldValue {
    return this.level === 'full' ? value : isEmpty(value) ? null : hidden;
  }

  #masked({ field, before, after }: FieldChange): FieldChange {
    const key = `${isEmpty(before) ? '-' : '+'}${isEmpty(after) ? '-' : '+'}${field}`;
    const known = this.#changes.get(key);
    if (known !== undefined) return known;
    const change = { field, before: this.value(before), after: this.value(after) };
    this.#changes.set(key, change);
    return change;
  }

  #syncKey(field: string): string {
    const shown = this.#syncKeys.get(field) ?? `${field}=${hidden}`;
    this.#syncKeys.set(field, shown);
    return shown;
  }

  #number(someone: Someone): number {
    const key = personKey(someone);
    const number = this.#people.get(key) ?? this.#people.size + 1;
    this.#people.set(key, number);
    return number;
  }
}

/** The number of each person, by the order of the entries. */
export function peopleIn(...lists: readonly (readonly PlanEntry[])[]): Map<string, number> {
  const people = new Map<string, number>();
  for (const entries of lists) {
    for (const entry of entries) {
      const key = personKey(entry);
      if (!people.has(key)) people.set(key, people.size + 1);
    }
  }
  return people;
}

/** The same for all entries about one person. */
function personKey({ entraId, oomnitzaId, userPrincipalName, syncKey }: Someone): string {
  return entraId?.toLowerCase() ?? oomnitzaId ?? userPrincipalName ?? syncKey ?? '';
}

function whole(entry: PlanEntry): PlanEntry {
  const message = revealed(entry.message);
  return message === entry.message ? entry : { ...entry, message };
}

const none: readonly FieldChange[] = [];
const leftOut: readonly FieldChange[] = [{ field: '', before: null, after: null }];
const nobody: Someone = { entraId: null, oomnitzaId: null, userPrincipalName: null, syncKey: null };

/** What is left to be counted. */
function counted(entry: PlanEntry): PlanEntry {
  const { action, reason } = entry;
  return { action, ...nobody, username: null, fields: isLeftOutField(entry) ? leftOut : none, reason, message: '' };
}
