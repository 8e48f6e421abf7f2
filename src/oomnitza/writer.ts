import type { WriteOutcome, Writer } from '../apply/index.ts';
import type { FieldValue } from '../field-value.ts';
import { HttpFailure } from '../http/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import { createAddressing, type Address } from './addressing.ts';
import type { Oomnitza } from './client.ts';
import { isThere } from './find.ts';
import { outcomeOf, perhapsWritten, unanswered } from './outcome.ts';

const mostCreates = 3;

/**
 * Writes changes through the documented users API (v3), one call a change.
 *
 * @param keyFields the fields by which a person is looked up when it is unknown whether a create was carried out
 */
export function createWriter(oomnitza: Oomnitza, keyFields: readonly string[]): Writer {
  const addressOf = createAddressing(oomnitza);
  return {
    async write(entry) {
      if (entry.action === 'create') return await create(oomnitza, entry, keyFields);
      try {
        const address = await addressOf(entry);
        return 'path' in address ? await update(oomnitza, entry, address) : address;
      } catch (thrown) {
        if (!(thrown instanceof HttpFailure)) throw thrown;
        return thrown.maybeSent ? perhapsWritten(unanswered(thrown)) : unanswered(thrown);
      }
    },
  };
}

/**
 * A create that may have been carried out is looked up before it is tried again, so that no person is ever made twice.
 */
async function create(oomnitza: Oomnitza, entry: PlanEntry, keyFields: readonly string[]): Promise<WriteOutcome> {
  for (let attempt = 1; ; attempt++) {
    const { result, certain } = await createOnce(oomnitza, entry);
    // A further attempt may be refused because an earlier one was carried out after all, only later than it was looked up.
    if (result.ok || (certain && attempt === 1)) return result;
    if (!certain) await oomnitza.pause(attempt);
    const there = await isThere(oomnitza, entry, keyFields);
    if (there === true) return { ok: true };
    if (there === undefined) return perhapsWritten(result);
    if (certain || attempt === mostCreates) return result;
  }
}

/** `certain`: what became of it is known. */
async function createOnce(oomnitza: Oomnitza, entry: PlanEntry): Promise<{ readonly result: WriteOutcome; readonly certain: boolean }> {
  try {
    const answer = await oomnitza.call({ method: 'POST', path: '/api/v3/users', body: bodyOf(entry), repeatable: false, doing: 'creating a person' });
    return { result: outcomeOf(answer), certain: answer.status < 500 };
  } catch (thrown) {
    if (!(thrown instanceof HttpFailure)) throw thrown;
    return { result: unanswered(thrown), certain: !thrown.maybeSent };
  }
}

async function update(oomnitza: Oomnitza, entry: PlanEntry, address: Address): Promise<WriteOutcome> {
  // Under a user name that the change itself takes away, a second attempt could meet another person.
  const repeatable = address.stable || !entry.fields.some(({ field }) => field === 'username');
  return outcomeOf(await oomnitza.call({ method: 'PATCH', path: address.path, body: bodyOf(entry), repeatable, doing: 'updating a person' }));
}

function bodyOf(entry: PlanEntry): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(entry.fields.map(({ field, after }) => [field, after]));
}
