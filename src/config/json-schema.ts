import { z } from 'zod';
import { syncFileSchema } from './schema.ts';

/**
 * The JSON Schema (draft 7, which editors read) of a sync file. What takes several parts of the file together, such as
 * a rule for each sync key, it cannot tell; only {@link parseSyncFile} does.
 */
export function syncFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(syncFileSchema, {
    target: 'draft-7',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // zod drops the examples of whatever it transforms, though these are examples of what is written.
      const examples = z.globalRegistry.get(zodSchema)?.['examples'];
      if (examples !== undefined) Object.assign(jsonSchema, { examples });
    },
  });
  return {
    $schema,
    $id: 'urn:oomnitza-user-sync:sync-file:1',
    title: 'Oomnitza User Sync: sync file',
    description: 'How Microsoft Entra users become people records of an Oomnitza instance.',
    examples: [{ version: 1, 'sync-keys': ['email'] }],
    ...schema,
  };
}
