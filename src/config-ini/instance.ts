import { z } from 'zod';
import { SyncError } from '../errors.ts';

/** What an Oomnitza instance knows of the connector's mapping. */
export interface Instance {
  readonly url: URL;
  /** Source of each field that the instance maps, by the field's internal id. */
  readonly sources: ReadonlyMap<string, string>;
  /** The name of each field by its internal id, in capitals; `undefined` where the instance does not tell. */
  readonly fields: ReadonlyMap<string, string> | undefined;
}

const mappingSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const metadataSchema = z.record(z.string(), z.unknown());
const fieldSchema = z.object({ internal_id: z.string() });

/**
 * Reads what the instance answered.
 *
 * @param mapping the answer to `GET /api/v2/mappings?name=Azureusers`: internal ids of fields by source, one or a list
 *   (the connector's lib/connector.py, `get_default_mappings`)
 * @param metadata the answer to `GET /api/v3/users/meta`, `undefined` where there is none
 * @throws SyncError `target-unavailable` where the mapping has another form
 */
export function readInstance(url: URL, mapping: unknown, metadata: unknown): Instance {
  const parsed = mappingSchema.safeParse(mapping);
  if (!parsed.success) {
    throw new SyncError('target-unavailable', 'Oomnitza answered with a mapping of a form that is not known.', {
      hint: 'Run without --url, and lay the mapping of the instance over the sync file by hand.',
    });
  }
  const sources = Object.entries(parsed.data).flatMap(([source, ids]) => [ids].flat().map((id) => [id.toUpperCase(), source] as const));
  return { url, sources: new Map(sources), fields: fieldsOf(metadata) };
}

function fieldsOf(metadata: unknown): ReadonlyMap<string, string> | undefined {
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) return undefined;
  const fields = Object.entries(parsed.data).flatMap(([name, field]) => {
    const id = fieldSchema.safeParse(field).data?.internal_id;
    return id === undefined ? [] : [[id.toUpperCase(), name] as const];
  });
  return fields.length === 0 ? undefined : new Map(fields);
}
