import type { WriteOutcome } from '../apply/index.ts';
import { HttpFailure } from '../http/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import { pathOf, type Address } from './addressing.ts';
import { bodyOf } from './body.ts';
import type { Oomnitza } from './client.ts';
import { attempt, lookingUp, perhapsWritten, type FailedWrite } from './outcome.ts';
import { currentRecord } from './record.ts';
import type { StoredCheck } from './stored.ts';

const mostAttempts = 3;

/**
 * An update that may have been carried out is looked up before it is tried again: under a user name that the change
 * itself takes away, a second attempt could meet another person.
 */
export async function update(oomnitza: Oomnitza, entry: PlanEntry, address: Address, stored: StoredCheck): Promise<WriteOutcome> {
  let { path } = address;
  for (let attempts = 1; ; attempts++) {
    const call = oomnitza.call({ method: 'PATCH', path, body: bodyOf(entry), repeatable: false, doing: 'updating a person' });
    const { result, certain, isClaimed } = await attempt(call, (record) => stored.outcomeOf(entry, record));
    if (!result.ok && /^404\b/.test(result.kind)) return { ...result, kind: 'gone', message: `the record is not there any more, or has another user name by now (${result.message})` };
    if (certain || result.ok) return result;
    if (isClaimed !== true) await oomnitza.pause(attempts);
    const found = await lookingUp(readAgain(oomnitza, entry, { ...address, path }));
    if (found === 'unknown') return perhapsWritten(result);
    if (found === 'gone') return { ...result, kind: 'gone', unavailable: false, message: `${result.message}; the record is not there any more` };
    if (stored.holds(entry, found.record)) return stored.outcomeOf(entry, found.record);
    if (isClaimed === true) return claimed(entry, result, found.record, stored);
    if (attempts === mostAttempts) return stored.isUntouched(entry, found.record) ? result : perhapsWritten(result);
    ({ path } = found);
  }
}

/** What was answered as a success, though without the record, and left it as it is now. */
function claimed(entry: PlanEntry, result: FailedWrite, record: unknown, stored: StoredCheck): WriteOutcome {
  const outcome = stored.outcomeOf(entry, record);
  return outcome.ok ? outcome : { ...outcome, message: `${outcome.message} (${result.message})` };
}

interface FoundAgain {
  readonly path: string;
  readonly record: unknown;
}

/** Reads the record of a change that may have renamed it; one that answers to its name but is another's does not count. */
async function readAgain(oomnitza: Oomnitza, entry: PlanEntry, { path, stable }: Address): Promise<FoundAgain | 'gone' | 'unknown'> {
  const renamed = stable ? [] : entry.fields.flatMap(({ field, after }) => (field === 'username' ? [pathOf(String(after))] : []));
  for (const candidate of new Set([path, ...renamed])) {
    try {
      const { status, json } = await oomnitza.call({ method: 'GET', path: candidate, doing: 'looking a person up' });
      if (status === 404) continue;
      const person = status === 200 ? currentRecord(json, []) : undefined;
      if (person === undefined) return 'unknown';
      if (person.userId === entry.oomnitzaId) return { path: candidate, record: json };
    } catch (thrown) {
      if (thrown instanceof HttpFailure) return 'unknown';
      throw thrown;
    }
  }
  return 'gone';
}
