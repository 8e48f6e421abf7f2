import type { WriteOutcome } from '../apply/index.ts';
import { SyncError } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import type { SaasAssignment } from '../plan/index.ts';
import { reserve } from '../reserved.ts';
import type { Oomnitza } from './client.ts';
import { plainWords, quotableJson, saysItFailed } from './failure.ts';
import { attemptAt, lookingUp, perhapsWritten, type Attempt } from './outcome.ts';
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
  if (!assigned.ok) return { ...assigned, kind: `saas ${assigned.kind}`, ofAssignment: true, message: `the person could not be assigned to ${named}: ${assigned.message}` };
  const stored = await storeExternalId(oomnitza, userId, saas);
  if (stored.ok) return stored;
  const rest = 'enter it there by hand, unless the next run plans it again, as it does where the instance tells that none is stored';
  return { ...stored, kind: `saas ${stored.kind}`, ofAssignment: true, message: `the person was assigned to ${named}, but the external id could not be stored (${rest}): ${stored.message}` };
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
    const { result, certain } = await attemptAt(call, outcomeOf);
    if (result.ok) return result;
    if (!certain) await oomnitza.pause(attempts);
    // A refusal may say no more than that the person is assigned: by an earlier attempt, or by somebody else meanwhile.
    const found = await lookingUp(isAssigned(oomnitza, userId, application));
    if (found === 'unknown') return certain && attempts === 1 ? result : perhapsWritten(result);
    if (found) return { ok: true };
    if (certain || attempts === mostAttempts) return result;
  }
}

async function isAssigned(oomnitza: Oomnitza, userId: string, application: string): Promise<boolean | 'unknown'> {
  try {
    return (await readAssigned(oomnitza, application))?.everybody.has(userId) ?? 'unknown';
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
  const { result, certain } = await attemptAt(call, outcomeOf);
  return certain ? result : perhapsWritten(result);
}

/**
 * What an answer of success means. What it holds is not documented; of another call for several SaaS users it is known to
 * tell by a 2xx what became of each, with an `error` at those that were refused.
 */
function outcomeOf(answer: HttpAnswer): Attempt {
  const json = quotableJson(answer);
  const elements: readonly unknown[] = Array.isArray(json) ? json : [json];
  const refused = elements.filter(saysItFailed);
  if (refused.length === 0) return { result: { ok: true }, certain: true };
  const told = refused.flatMap((element) => ['error', 'errors', 'message'].map((name) => plainWords(Reflect.get(Object(element), name))).find((text) => text !== '') ?? []);
  const words = told.join('; ').slice(0, 500);
  return { result: { ok: false, unavailable: false, kind: 'refused', message: `Oomnitza answered${words === '' ? ' that it did not do it' : `: ${reserve(words)}`}` }, certain: true };
}
