import type { Oomnitza } from '../../src/oomnitza/index.ts';
import { apiToken, connectOomnitza } from '../../src/oomnitza/index.ts';
import type { FieldChange, PlanEntry } from '../../src/plan/index.ts';
import { FakeHttp, type Handler } from './http.ts';

/** An instance that answers as told, and its requests. */
export function instance(handle: Handler, { ignoreMetaRestriction = false } = {}): { readonly oomnitza: Oomnitza; readonly http: FakeHttp } {
  const http = new FakeHttp(handle);
  return { oomnitza: connectOomnitza({ url: new URL('https://example.oomnitza.com'), token: apiToken('the-token'), ignoreMetaRestriction }, http), http };
}

const nothing = { entraId: null, userPrincipalName: null, syncKey: null, reason: null, message: '' } as const;

function changes(fields: Readonly<Record<string, FieldChange['after']>>): FieldChange[] {
  return Object.entries(fields).map(([field, after]) => ({ field, before: null, after }));
}

/** The creation of a person with these values. */
export function creation(fields: Readonly<Record<string, FieldChange['after']>>): PlanEntry {
  return { ...nothing, action: 'create', oomnitzaId: null, username: null, fields: changes(fields) };
}

/** A change of the person with this id and user name. */
export function update(oomnitzaId: string, username: string | null, fields: Readonly<Record<string, FieldChange['after']>>): PlanEntry {
  return { ...nothing, action: 'update', oomnitzaId, username, fields: changes(fields) };
}
