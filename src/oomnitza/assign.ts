import type { WriteOutcome } from '../apply/index.ts';
import { SyncError } from '../errors.ts';
import type { SaasAssignment } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { plainWords } from './failure.ts';
import { attempt, perhapsWritten } from './outcome.ts';
import { pathOfSaasUsers, readAssigned, saasRight } from './saas-users.ts';

const mostAttempts = 3;

/**
 * Assigns a person to a SaaS application, and stores what the person is called there. An assignment that may have been
 * carried out is looked up before it is tried again.
 *
 * @param userId Oomnitza's id of the record
 */
export async function assign(oomnitza: Oomnitza, userId: string, saas: SaasAssignment): Promise<WriteOutcome> {
  const named = `SaaS application ${saas.application}`;
  const assigned = await assignOnce(oomnitza, userId, saas);
  if (!assigned.ok) return { ...assigned, kind: `saas ${assigned.kind}`, message: `the person could not be assigned to ${named}: ${assigned.message}` };
  const stored = await storeExternalId(oomnitza, userId, saas);
  if (stored.ok) return stored;
  const rest = 'enter it there by hand, or take the assignment away, since people who are assigned are left alone';
  return { ...stored, kind: `saas ${stored.kind}`, message: `the person was assigned to ${named}, but the external id could not be stored (${rest}): ${stored.message}` };
}

async function assignOnce(oomnitza: Oomnitza, userId: string, { application }: SaasAssignment): Promise<WriteOutcome> {
  for (let attempts = 1; ; attempts++) {
    const call = oomnitza.call({
      method: 'POST',
      path: pathOfSaasUsers(application),
      body: [{ user_id: userId, assign: true }],
      repeatable: false,
      doing: 'assigning a person to a SaaS application',
      right: saasRight,
    });
    const { result, certain } = await attempt(call, outcomeOf);
    // A further attempt may be refused because an earlier one was carried out after all.
    if (result.ok || (certain && attempts === 1)) return result;
    if (!certain) await oomnitza.pause(attempts);
    const found = await isAssigned(oomnitza, userId, application);
    if (found === 'unknown') return perhapsWritten(result);
    if (found) return { ok: true };
    if (certain || attempts === mostAttempts) return result;
  }
}

async function isAssigned(oomnitza: Oomnitza, userId: string, application: string): Promise<boolean | 'unknown'> {
  try {
    return (await readAssigned(oomnitza, application))?.has(userId) ?? 'unknown';
  } catch (thrown) {
    if (thrown instanceof SyncError && thrown.reason === 'target-unavailable') return 'unknown';
    throw thrown;
  }
}

/** Storing the same id twice does no harm. */
async function storeExternalId(oomnitza: Oomnitza, userId: string, { application, externalId }: SaasAssignment): Promise<WriteOutcome> {
  const call = oomnitza.call({
    method: 'POST',
    path: `${pathOfSaasUsers(application)}/${encodeURIComponent(userId)}`,
    body: { user_external_id: externalId },
    doing: 'storing a person’s id in a SaaS application',
    right: saasRight,
  });
  const { result, certain } = await attempt(call, outcomeOf);
  return certain ? result : perhapsWritten(result);
}

/**
 * What an answer of success means. What it holds is not documented; of another call for several SaaS users it is known to
 * tell by a 2xx what became of each, with an `error` at those that were refused.
 */
function outcomeOf(json: unknown): WriteOutcome {
  const elements: readonly unknown[] = Array.isArray(json) ? json : [json];
  const words = elements.map((element) => plainWords(Reflect.get(Object(element), 'error'))).filter((text) => text !== '');
  return words.length === 0 ? { ok: true } : { ok: false, unavailable: false, kind: 'refused', message: `Oomnitza answered: ${words.join('; ').slice(0, 500)}` };
}
