import type { WriteOutcome } from '../apply/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { findCreated, type Found } from './find.ts';
import { attempt, lookingUp, perhapsWritten, type Attempt } from './outcome.ts';
import type { StoredCheck } from './stored.ts';
import { bodyOf } from './body.ts';

const mostAttempts = 3;
/** With the waits of {@link Oomnitza.pause}, that is some ten seconds. */
const looksForALateOne = 5;
/** Kinds of failures after which the instance may be at work on the create still. */
const late = new Set(['502', '504', 'timeout', 'network', 'truncated', 'no record']);

/** How the write of a record ended. */
export interface Written {
  readonly outcome: WriteOutcome;
  /** Of a new one: the record, as far as Oomnitza answered with it. */
  readonly record?: unknown;
}

/**
 * A create that may have been carried out is looked up before it is tried again, so that no person is ever made twice.
 * That takes some time where whoever stands between gave up waiting for the instance. How long an instance can take is not
 * known: one that is slower still can make the person a second time, unless it keeps keys or user names unique.
 *
 * @param keyFields the fields by which the person is looked up
 */
export async function create(oomnitza: Oomnitza, entry: PlanEntry, keyFields: readonly string[], stored: StoredCheck): Promise<Written> {
  for (let attempts = 1; ; attempts++) {
    const call = oomnitza.call({ method: 'POST', path: '/api/v3/users', body: bodyOf(entry), repeatable: false, doing: 'creating a person' });
    const attempted = await attempt(call, (record) => stored.outcomeOf(entry, record));
    const { result, certain, isClaimed, json } = attempted;
    // A further attempt may be refused because an earlier one was carried out after all, only later than it was looked up.
    if (result.ok || (certain && attempts === 1)) return { outcome: result, record: json };
    const found = await lookingUp(lookUp(oomnitza, entry, keyFields, attempted, attempts));
    if (found === 'unknown') return { outcome: perhapsWritten(result) };
    if (found === 'other') return { outcome: { ...result, message: `${result.message}; somebody with another user name has the same key by now` } };
    if (found !== 'nobody') return { outcome: stored.outcomeOf(entry, found), record: found };
    // An index that lags behind may be all that is wrong with a create that was answered as a success.
    const isOpen = result.kind === 'no record' || (certain && /^409\b/.test(result.kind));
    if (isClaimed === true || certain || attempts === mostAttempts) return { outcome: isOpen ? perhapsWritten(result) : result };
  }
}

async function lookUp(oomnitza: Oomnitza, entry: PlanEntry, keyFields: readonly string[], { result, certain }: Attempt, attempts: number): Promise<Found> {
  const looks = !certain && !result.ok && late.has(result.kind) ? looksForALateOne : 1;
  for (let look = 1; ; look++) {
    if (!certain) await oomnitza.pause(looks === 1 ? attempts : look);
    const found = await findCreated(oomnitza, entry, keyFields, look === looks);
    if (found !== 'nobody' || look === looks) return found;
  }
}
