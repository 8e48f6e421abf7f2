import type { PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';

/** How a record is named in the path of a call. */
export interface Address {
  /** Percent-encoded, from the root of the instance. */
  readonly path: string;
  /** Whether it stays the same when the change itself renames the person. */
  readonly stable: boolean;
}

/**
 * Finds out how the instance wants people to be addressed. The documentation calls the last part of
 * `/api/v3/users/{ident}` an identifier without saying which; the one public client uses the user name. The id is the
 * safer one, as nobody can take it over, so it is tried once, and used where the right record answers to it.
 */
export function createAddressing(oomnitza: Oomnitza): (entry: PlanEntry) => Promise<Address> {
  let byId: Promise<boolean> | undefined;
  return async (entry) => {
    const id = entry.oomnitzaId ?? '';
    byId ??= answersToId(oomnitza, id).catch((thrown: unknown) => {
      byId = undefined;
      throw thrown;
    });
    return (await byId) ? { path: pathOf(id), stable: true } : { path: pathOf(entry.username ?? ''), stable: false };
  };
}

async function answersToId(oomnitza: Oomnitza, id: string): Promise<boolean> {
  const { status, json } = await oomnitza.call({ method: 'GET', path: pathOf(id), doing: 'reading a person' });
  return status === 200 && typeof json === 'object' && json !== null && String(Reflect.get(json, 'user_id')) === id;
}

function pathOf(ident: string): string {
  return `/api/v3/users/${encodeURIComponent(ident)}`;
}
