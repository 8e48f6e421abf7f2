import type { Writer } from '../apply/index.ts';
import type { InstanceField } from '../instance-field/index.ts';
import { createAddressing } from './addressing.ts';
import type { Oomnitza } from './client.ts';
import { create } from './create.ts';
import { createStoredCheck } from './stored.ts';
import { update } from './update.ts';

/**
 * Writes changes through the documented users API (v3), one call a change.
 *
 * @param keyFields the fields by which a person is looked up when it is unknown whether a create was carried out
 * @param fields what is known of the instance's fields, by name
 */
export function createWriter(oomnitza: Oomnitza, keyFields: readonly string[], fields: ReadonlyMap<string, InstanceField> = new Map()): Writer {
  const addressOf = createAddressing(oomnitza);
  const stored = createStoredCheck(fields);
  return {
    async write(entry) {
      if (entry.action === 'create') return await create(oomnitza, entry, keyFields, stored);
      const address = await addressOf(entry);
      return 'path' in address ? await update(oomnitza, entry, address, stored) : address;
    },
  };
}
