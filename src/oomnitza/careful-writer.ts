import type { Writer } from '../apply/index.ts';
import { HttpFailure } from '../http/index.ts';
import type { InstanceField } from '../instance-field/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import { createAddressing } from './addressing.ts';
import type { Oomnitza } from './client.ts';
import { refusal, unanswered, type FailedWrite } from './outcome.ts';
import { currentRecord } from './record.ts';
import { Renamed } from './renamed.ts';
import { createStoredCheck, type StoredCheck } from './stored.ts';
import { update } from './update.ts';

/**
 * Writes changes of existing records, and looks at each record once more before: one that is not as the change expects it
 * is left alone. It takes a call more for each change than {@link createWriter}, which learns of such things from the answer.
 *
 * @param fields what is known of the instance's fields, by name
 */
export function createCarefulWriter(oomnitza: Oomnitza, fields: ReadonlyMap<string, InstanceField>): Writer {
  const addressOf = createAddressing(oomnitza);
  const stored = createStoredCheck(fields);
  const renamed = new Renamed();
  return {
    async write(planned) {
      const entry = renamed.current(planned);
      const address = await addressOf(entry);
      if (!('path' in address)) return address;
      const outcome = (await objectionTo(oomnitza, entry, address.path, stored)) ?? (await update(oomnitza, entry, address, stored));
      renamed.learn(entry, outcome);
      return outcome;
    },
  };
}

/** Why a change should not be made after all. */
async function objectionTo(oomnitza: Oomnitza, entry: PlanEntry, path: string, stored: StoredCheck): Promise<FailedWrite | undefined> {
  const objection = (kind: string, message: string): FailedWrite => ({ ok: false, unavailable: false, kind, message });
  try {
    const answer = await oomnitza.call({ method: 'GET', path, doing: 'reading a person' });
    if (answer.status === 404) return objection('gone', 'the record is not there any more');
    if (answer.status !== 200) return refusal(answer);
    const person = currentRecord(answer.json, []);
    if (person?.userId !== entry.oomnitzaId) return objection('other-record', 'another record has taken over the user name');
    if (person.archived) return objection('archived', 'the record was archived meanwhile');
    return stored.isUntouched(entry, answer.json) ? undefined : objection('changed', 'somebody changed the record meanwhile');
  } catch (thrown) {
    if (thrown instanceof HttpFailure) return unanswered(thrown);
    throw thrown;
  }
}
