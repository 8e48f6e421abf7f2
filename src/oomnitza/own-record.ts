import { HttpFailure } from '../http/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { refusal, unanswered, type FailedWrite } from './outcome.ts';
import { currentRecord, type CurrentRecord } from './record.ts';

/** The record of a change as the instance has it now. */
export interface OwnRecord {
  readonly person: CurrentRecord;
  readonly record: unknown;
}

/** Looks at the record of a change before it is written, or says why the change should not be made: another record may answer to its name. */
export async function readOwn(oomnitza: Oomnitza, entry: PlanEntry, path: string): Promise<OwnRecord | FailedWrite> {
  try {
    const answer = await oomnitza.call({ method: 'GET', path, doing: 'reading a person' });
    if (answer.status === 404) return objection('gone', 'the record is not there any more');
    if (answer.status !== 200) return refusal(answer);
    const person = currentRecord(answer.json, []);
    return person?.userId === entry.oomnitzaId ? { person, record: answer.json } : objection('other-record', 'another record has taken over the user name');
  } catch (thrown) {
    if (thrown instanceof HttpFailure) return unanswered(thrown);
    throw thrown;
  }
}

/** A reason that lies in the record, and not in the instance. */
export function objection(kind: string, message: string): FailedWrite {
  return { ok: false, unavailable: false, kind, message };
}
