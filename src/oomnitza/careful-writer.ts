import type { Writer } from '../apply/index.ts';
import type { InstanceField } from '../instance-field/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import { createAddressing } from './addressing.ts';
import type { Oomnitza } from './client.ts';
import type { FailedWrite } from './outcome.ts';
import { objection, readOwn } from './own-record.ts';
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
  const own = await readOwn(oomnitza, entry, path);
  if ('ok' in own) return own;
  if (own.person.archived) return objection('archived', 'the record was archived meanwhile');
  return stored.isUntouched(entry, own.record) ? undefined : objection('changed', 'somebody changed the record meanwhile');
}
