import type { WriteOutcome } from '../apply/index.ts';
import { equalValues, isEmpty, type FieldValue } from '../field-value.ts';
import { fittingOf, type Fitting, type InstanceField } from '../instance-field/index.ts';
import { normaliseKey, type PlanEntry } from '../plan/index.ts';
import { currentRecord, fieldValue } from './record.ts';

/** Holds what an instance stored against what was sent, by the same equality as a plan. */
export interface StoredCheck {
  /** What a record that answers a write means. One that is none, or that tells nothing of a field, is taken for good. */
  outcomeOf(entry: PlanEntry, record: unknown): WriteOutcome;
  /** Whether the record holds all that was to be written. */
  holds(entry: PlanEntry, record: unknown): boolean;
  /** Whether the record holds all that it held when it was read. */
  isUntouched(entry: PlanEntry, record: unknown): boolean;
}

/** What the record of a change held when it was read, in fields that no change writes. */
export type ValuesRead = (entry: PlanEntry) => readonly (readonly [field: string, value: FieldValue])[];

/** @param fields what is known of the instance's fields, by name */
export function createStoredCheck(fields: ReadonlyMap<string, InstanceField>, read: ValuesRead = () => []): StoredCheck {
  const canonical = new Map<string, Fitting['canonical']>();
  const valueOf = (record: object, field: string): FieldValue => {
    if (!canonical.has(field)) {
      const described = fields.get(field);
      canonical.set(field, described === undefined ? undefined : fittingOf(described).canonical);
    }
    const value = Object.hasOwn(record, field) ? fieldValue(Reflect.get(record, field)) : null;
    return isEmpty(value) ? value : (canonical.get(field)?.(value) ?? value);
  };

  /** Fields that are not as sent, of those that the record tells. */
  const altered = (entry: PlanEntry, record: object): string[] =>
    entry.fields.flatMap(({ field, after }) => (!Object.hasOwn(record, field) || equalValues(valueOf(record, field), after) ? [] : [field]));

  /** A field that is only brought into another form may be stored as it was before, and was written all the same. */
  const isLeftAsItWas = ({ fields: changes }: PlanEntry, record: object, differing: readonly string[]): boolean =>
    changes.length > 0 &&
    differing.length === changes.length &&
    changes.every(({ field, before, after }) => equalValues(valueOf(record, field), before) && !isFormOf(valueOf(record, field), after));

  const isEdited = (entry: PlanEntry, record: object): boolean => {
    const { username, syncKey, fields: changes } = entry;
    const differs = (field: string, expected: string): boolean =>
      Object.hasOwn(record, field) && changes.every((change) => change.field !== field) && normaliseKey(valueOf(record, field)) !== normaliseKey(expected);
    const end = syncKey?.indexOf('=') ?? -1;
    const isRenamed = (username !== null && differs('username', username)) || (syncKey !== null && differs(syncKey.slice(0, end), syncKey.slice(end + 1)));
    return isRenamed || read(entry).some(([field, value]) => Object.hasOwn(record, field) && !equalValues(valueOf(record, field), value));
  };

  return {
    outcomeOf(entry, record) {
      const person = currentRecord(record, []);
      if (person === undefined || typeof record !== 'object' || record === null) return { ok: true };
      const differing = altered(entry, record);
      const observed = differing.length === 0 ? {} : { altered: differing };
      if (entry.oomnitzaId === null) return { ok: true, ...observed };
      if (Object.hasOwn(record, 'user_id') && person.userId !== entry.oomnitzaId) return otherRecord;
      if (isLeftAsItWas(entry, record, differing)) return notCarriedOut;
      if (person.archived) return { ok: true, ...observed, meanwhile: 'archived' };
      return isEdited(entry, record) ? { ok: true, ...observed, meanwhile: 'edited' } : { ok: true, ...observed };
    },
    holds: (entry, record) => isRecord(record) && entry.fields.every(({ field, after }) => equalValues(valueOf(record, field), after)),
    isUntouched: (entry, record) => isRecord(record) && entry.fields.every(({ field, before }) => equalValues(valueOf(record, field), before)),
  };
}

const notCarriedOut: WriteOutcome = {
  ok: false,
  unavailable: false,
  kind: 'not carried out',
  message: 'Oomnitza answered, but did not carry it out: the record is as it was',
};

/** Whether a stored value may be what the instance makes of one that was sent: without signs, in other letter case, cut off. */
export function isFormOf(stored: FieldValue, sent: FieldValue): boolean {
  const [kept, given] = [stored, sent].map((value) => String(value ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  return kept !== undefined && kept !== '' && given !== undefined && given.startsWith(kept);
}

/** Possible only where people are addressed by their user names. */
const otherRecord: WriteOutcome = {
  ok: false,
  unavailable: false,
  kind: 'other-record',
  message: 'Oomnitza changed another record, which had taken over the user name after the records were read',
};

function isRecord(record: unknown): record is object {
  return typeof record === 'object' && record !== null;
}
