import type { WriteOutcome } from '../apply/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { findCreated } from './find.ts';
import { attempt, perhapsWritten } from './outcome.ts';
import type { StoredCheck } from './stored.ts';
import { bodyOf } from './body.ts';

const mostAttempts = 3;

/** How the write of a record ended. */
export interface Written {
  readonly outcome: WriteOutcome;
  /** Of a new one: the record, as far as Oomnitza answered with it. */
  readonly record?: unknown;
}

/**
 * A create that may have been carried out is looked up before it is tried again, so that no person is ever made twice.
 *
 * @param keyFields the fields by which the person is looked up
 */
export async function create(oomnitza: Oomnitza, entry: PlanEntry, keyFields: readonly string[], stored: StoredCheck): Promise<Written> {
  for (let attempts = 1; ; attempts++) {
    const call = oomnitza.call({ method: 'POST', path: '/api/v3/users', body: bodyOf(entry), repeatable: false, doing: 'creating a person' });
    const { result, certain, json } = await attempt(call, (record) => stored.outcomeOf(entry, record));
    // A further attempt may be refused because an earlier one was carried out after all, only later than it was looked up.
    if (result.ok || (certain && attempts === 1)) return { outcome: result, record: json };
    if (!certain) await oomnitza.pause(attempts);
    const found = await findCreated(oomnitza, entry, keyFields);
    if (found === 'unknown') return { outcome: perhapsWritten(result) };
    if (found !== 'nobody') return { outcome: stored.outcomeOf(entry, found), record: found };
    if (certain || attempts === mostAttempts) return { outcome: result };
  }
}
