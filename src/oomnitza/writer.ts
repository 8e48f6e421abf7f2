import type { Writer } from '../apply/index.ts';
import type { InstanceField } from '../instance-field/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import { createAddressing } from './addressing.ts';
import type { Oomnitza } from './client.ts';
import { create, type Written } from './create.ts';
import { readOwn } from './own-record.ts';
import { Renamed } from './renamed.ts';
import { createStoredCheck, type ValuesRead } from './stored.ts';
import { update } from './update.ts';
import { Assigning, writeWithAssignment } from './with-assignment.ts';

/**
 * Writes changes through the documented users API (v3), one call a change, and two more where a person is assigned to a
 * SaaS application. One who is suspended or let in again is looked at before where only the user name says who it is.
 *
 * @param keyFields the fields by which a person is looked up when it is unknown whether a create was carried out
 * @param fields what is known of the instance's fields, by name
 * @param read what records held that no change writes, where it is known
 */
export function createWriter(oomnitza: Oomnitza, keyFields: readonly string[], fields: ReadonlyMap<string, InstanceField> = new Map(), read?: ValuesRead): Writer {
  const addressOf = createAddressing(oomnitza);
  const stored = createStoredCheck(fields, read);
  const assigning = new Assigning();
  const renamed = new Renamed();
  const writeRecord = async (planned: PlanEntry): Promise<Written> => {
    if (planned.action === 'create') return await create(oomnitza, planned, keyFields, stored);
    const entry = renamed.current(planned);
    const address = await addressOf(entry);
    if (!('path' in address)) return { outcome: address };
    // A user name may have gone to somebody else since, and to suspend the wrong person is worse than another call.
    if (!address.stable && (entry.action === 'suspend' || entry.action === 'restore')) {
      const own = await readOwn(oomnitza, entry, address.path);
      if ('ok' in own) return { outcome: own };
    }
    const outcome = await update(oomnitza, entry, address, stored);
    renamed.learn(entry, outcome);
    return { outcome };
  };
  return {
    async write(entry) {
      if (entry.saas !== undefined) return await writeWithAssignment(oomnitza, entry, entry.saas, keyFields, writeRecord, assigning);
      return (await writeRecord(entry)).outcome;
    },
  };
}
