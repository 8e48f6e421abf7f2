import type { WriteOutcome } from '../apply/index.ts';
import { equalValues, type FieldValue } from '../field-value.ts';
import { fittingOf } from '../instance-field/index.ts';
import { normaliseKey, type FieldChange, type PlanEntry } from '../plan/index.ts';
import { reserve } from '../reserved.ts';
import type { Fields } from './bulk-record.ts';
import type { CurrentRecord } from './record.ts';
import type { RunLog } from './run-log.ts';
import { isFormOf } from './stored.ts';

/** What a bulk run left of one change. */
export interface Trace {
  readonly outcome: WriteOutcome;
  /** Fields in which the instance keeps another value than the one sent. */
  readonly kept: readonly string[];
}

/** Why a bulk run as a whole did not carry everything out, besides what its log says. */
export interface Verdict {
  /** A clause; empty where there is none. */
  readonly why: string;
  /** Whether what is missing now may still be written. */
  readonly isOpen: boolean;
}

/** Tells from records read again what a bulk run did. */
export interface Judge {
  /** @param now the person whom the change was about, as far as there is one */
  judge(entry: PlanEntry, now: CurrentRecord | undefined, log: RunLog, verdict: Verdict): Trace;
}

/** @param columns the fields that the records were read with */
export function createJudge(fields: Fields, columns: readonly string[], keyFields: readonly string[]): Judge {
  const column = new Map(columns.map((name, index) => [name, index]));
  const idNames = namesById(fields);
  const canonical = new Map([...fields.values()].map((field) => [field.name, fittingOf(field).canonical]));
  const valueIn = (record: CurrentRecord, field: string): FieldValue => {
    const value = record.values[column.get(field) ?? -1] ?? null;
    return value === null ? null : (canonical.get(field)?.(value) ?? value);
  };
  return {
    judge(entry, now, log, verdict) {
      const notWritten = (detail: string): WriteOutcome => ({ ok: false, unavailable: false, kind: 'bulk', message: messageFor(verdict, wordsOn(entry, log, keyFields, idNames), log, detail) });
      if (now === undefined) return { outcome: notWritten(''), kept: [] };
      const isSent = ({ field, after }: FieldChange): boolean => equalValues(valueIn(now, field), after);
      if (entry.action === 'create') {
        // Somebody else may have taken the key before this run came.
        const name = entry.fields.find(({ field }) => field === 'username');
        if (name !== undefined && normaliseKey(name.after) !== normaliseKey(now.username)) {
          return { outcome: notWritten('somebody with another user name has the same key'), kept: [] };
        }
        return { outcome: { ok: true }, kept: entry.fields.filter((change) => !isSent(change)).map(({ field }) => field) };
      }
      const others = entry.fields.filter((change) => !isSent(change));
      // What is only brought into another form may be stored as it was before, and was written all the same.
      const left = others.filter(({ field, before, after }) => equalValues(valueIn(now, field), before) && !isFormOf(valueIn(now, field), after)).map(({ field }) => field);
      if (left.length === 0 || (log.settled && log.unwritten === 0)) return { outcome: { ok: true }, kept: others.map(({ field }) => field) };
      const partly = left.length < entry.fields.length ? `the record was written without ${left.map((field) => `\`${field}\``).join(', ')}` : '';
      return { outcome: notWritten(partly), kept: [] };
    },
  };
}

function messageFor({ why, isOpen }: Verdict, words: string, log: RunLog, detail: string): string {
  const said = words !== '' ? `its run log says: ${reserve(words)}` : why === '' ? 'its run log does not say why' : '';
  const open = log.settled || why !== '' ? '' : '; the run log did not say that it was processed';
  const known = [why, said].filter((clause) => clause !== '').join('; ');
  const outcome = log.settled || why !== '' ? 'did not carry out the change' : 'has not carried out the change so far';
  return `Oomnitza ${outcome}, and ${known}${detail === '' ? '' : ` (${detail})`}${open}${isOpen ? '; the change may or may not be written later' : ''}`;
}

function wordsOn(entry: PlanEntry, log: RunLog, keyFields: readonly string[], idNames: ReadonlyMap<string, string>): string {
  const words = log.fatal === '' ? lineAbout(entry, log, keyFields) : log.fatal;
  // A log names fields by ids that no user ever sees.
  return words.replace(/[\p{L}\p{N}_]+(?==|['"]?:)|(?<=['"`])[\p{L}\p{N}_]+(?=['"`])/gu, (id) => idNames.get(id) ?? id);
}

function namesById(fields: Fields): ReadonlyMap<string, string> {
  return new Map([...fields.values()].flatMap(({ name, internalId }) => (internalId === undefined ? [] : [[internalId, name]])));
}

/** The line that names the person by a key, user name, email or id, and nobody whose name only begins alike. */
function lineAbout(entry: PlanEntry, { lines }: RunLog, keyFields: readonly string[]): string {
  const naming = new Set(['username', 'email', ...keyFields]);
  const names = [entry.oomnitzaId, entry.username, entry.foundBy?.value ?? null, ...entry.fields.filter(({ field }) => naming.has(field)).map(({ after }) => after)];
  const wanted = names.map(normaliseKey).filter((name) => name !== '');
  return lines.find(({ whole }) => wanted.some((name) => hasName(whole, name)))?.words ?? '';
}

function hasName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    // A full stop may end the sentence.
    if (!/[\p{L}\p{N}@_+.-]$/u.test(text.slice(Math.max(at - 2, 0), at)) && !/^\.?[\p{L}\p{N}@_+-]/u.test(text.slice(end, end + 3))) return true;
  }
  return false;
}
