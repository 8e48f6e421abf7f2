import { parseSyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import { flow } from '../yaml-text.ts';

/** Internal ids that are the same in every instance, and the fields' names in the API (WIRE.md, section 3). */
const standardIds: ReadonlyMap<string, string> = new Map([
  ['USER', 'username'],
  ['EMAIL', 'email'],
  ['FIRST_NAME', 'first_name'],
  ['LAST_NAME', 'last_name'],
  ['PHONE', 'phone_number'],
  ['ADDRESS', 'address'],
  ['POSITION', 'position'],
  ['PERMISSIONS_ID', 'role'],
]);

/**
 * The name of the field with the internal id `id` (in capitals).
 *
 * @param fields what the instance tells, if anything
 */
export function fieldName(id: string, fields: ReadonlyMap<string, string> | undefined): string | undefined {
  return fields?.get(id) ?? standardIds.get(id);
}

const smallestFile = 'version: 1\nsync-keys: [email]\n';

/** Source paths that the preset `entra` gives, by field. */
export function presetPaths(): ReadonlyMap<string, string> {
  return new Map(
    parseSyncFile(smallestFile).rules.flatMap(({ field, from }) =>
      from.kind === 'source' ? from.paths.map(({ text }) => [field, text] as const) : [],
    ),
  );
}

/** Whether a sync file may write the field; that is known to its parser alone. */
export function isWritable(field: string): boolean {
  try {
    parseSyncFile(`${smallestFile}fields: ${flow({ [field]: { source: 'mail', apply: 'always' } })}\n`);
    return true;
  } catch (thrown) {
    if (thrown instanceof SyncError) return false;
    throw thrown;
  }
}
