import { HttpFailure } from '../http/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { refusal, unanswered, type FailedWrite } from './outcome.ts';

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
 *
 * @returns a function that gives an address, or why there is none for this record
 */
export function createAddressing(oomnitza: Oomnitza): (entry: PlanEntry) => Promise<Address | FailedWrite> {
  let byId: Promise<boolean | FailedWrite> | undefined;
  return async (entry) => {
    const id = entry.oomnitzaId ?? '';
    const asked = (byId ??= answersToId(oomnitza, id));
    const found = await asked;
    if (typeof found === 'boolean') return found ? addressOf(id, true) : addressOf(entry.username ?? '', false);
    // All that waited for this answer fail; whoever comes next asks again.
    if (byId === asked) byId = undefined;
    return found;
  };
}

/** An instance that is out of order for the moment has not said anything about ids. */
async function answersToId(oomnitza: Oomnitza, id: string): Promise<boolean | FailedWrite> {
  try {
    const answer = await oomnitza.call({ method: 'GET', path: pathOf(id), doing: 'reading a person' });
    const { status, json } = answer;
    if (status === 429 || status >= 500) return refusal(answer);
    return status === 200 && typeof json === 'object' && json !== null && String(Reflect.get(json, 'user_id')) === id;
  } catch (thrown) {
    if (thrown instanceof HttpFailure) return unanswered(thrown);
    throw thrown;
  }
}

function addressOf(ident: string, stable: boolean): Address | FailedWrite {
  // Without a name, or with one that is a step through folders, the path would be that of another resource.
  if (/^\.{0,2}$/.test(ident)) return { ok: false, unavailable: false, kind: 'unaddressable', message: 'the record has no user name by which it could be addressed' };
  return { path: pathOf(ident), stable };
}

function pathOf(ident: string): string {
  return `/api/v3/users/${encodeURIComponent(ident)}`;
}
