import type { IniEntry } from './ini.ts';

/** How the connector fills one field: `source`, `setting`, `hardcoded`, `converter`, `required`. */
export type FieldSpec = ReadonlyMap<string, unknown>;

/** What a `mapping.FIELD = …` says, or why the connector could make nothing of it. */
export type WrittenSpec = { readonly id: string; readonly spec: FieldSpec } | { readonly id: string; readonly why: string };

const prefix = 'mapping.';

/** Whether an entry maps a field. */
export function isMapping({ key }: IniEntry): boolean {
  return key.startsWith(prefix);
}

/** Reads a mapping as the connector does (lib/config.py, `init_connector_from_configuration`). */
export function readSpec({ key, value }: IniEntry): WrittenSpec {
  // What stands behind a second dot is not looked at.
  const id = (key.split('.')[1] ?? '').toUpperCase();
  const json = parsedJson(value);
  if (json === undefined) {
    if (!/^[{["']/.test(value)) return value === '' ? { id, why: 'it is empty' } : { id, spec: new Map([['source', value]]) };
    return { id, why: 'it is not JSON (which takes double quotes alone), so that the connector took all of it for the name of a source' };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { id, why: 'it is neither a mapping in braces nor the name of a source alone' };
  }
  return { id, spec: new Map(Object.entries(json)) };
}

/** Lays one spec over another, key by key. */
export function laidOver(under: FieldSpec | undefined, over: FieldSpec): FieldSpec {
  return new Map([...(under ?? []), ...over]);
}

function parsedJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
