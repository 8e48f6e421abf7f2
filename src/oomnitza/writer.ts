import type { Writer } from '../apply/index.ts';
import type { InstanceField } from '../instance-field/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import { createAddressing } from './addressing.ts';
import type { Oomnitza } from './client.ts';
import { create, type Written } from './create.ts';
import { Renamed } from './renamed.ts';
import { createStoredCheck } from './stored.ts';
import { update } from './update.ts';
import { writeWithAssignment } from './with-assignment.ts';

/**
 * Writes changes through the documented users API (v3), one call a change, and two more where a person is assigned to a
 * SaaS application.
 *
 * @param keyFields the fields by which a person is looked up when it is unknown whether a create was carried out
 * @param fields what is known of the instance's fields, by name
 */
export function createWriter(oomnitza: Oomnitza, keyFields: readonly string[], fields: ReadonlyMap<string, InstanceField> = new Map()): Writer {
  const addressOf = createAddressing(oomnitza);
  const stored = createStoredCheck(fields);
  const renamed = new Renamed();
  const writeRecord = async (planned: PlanEntry): Promise<Written> => {
    if (planned.action === 'create') return await create(oomnitza, planned, keyFields, stored);
    const entry = renamed.current(planned);
    const address = await addressOf(entry);
    if (!('path' in address)) return { outcome: address };
    const outcome = await update(oomnitza, entry, address, stored);
    renamed.learn(entry, outcome);
    return { outcome };
  };
  return {
    async write(entry) {
      if (entry.saas !== undefined) return await writeWithAssignment(oomnitza, entry, entry.saas, keyFields, writeRecord);
      return (await writeRecord(entry)).outcome;
    },
  };
}
