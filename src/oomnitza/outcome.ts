import type { WriteOutcome } from '../apply/index.ts';
import { HttpFailure, type HttpAnswer } from '../http/index.ts';
import { SyncError } from '../errors.ts';
import { saysItFailed, serverWords } from './failure.ts';
import { currentRecord } from './record.ts';
import { revealed } from '../reserved.ts';
import { isForeignSuccess, strangerIn } from './stranger.ts';

export type FailedWrite = Extract<WriteOutcome, { readonly ok: false }>;

/** How an attempt to write ended. */
export interface Attempt {
  readonly result: WriteOutcome;
  /** It is known whether the change was carried out. */
  readonly certain: boolean;
  /** The call was answered as a success, only not with what it should be answered with. */
  readonly isClaimed?: boolean;
  /** What the answer held, where there is one. */
  readonly json?: unknown;
}

/**
 * Makes one attempt to write a record. A 2xx with the record is success; one without, one of somebody else, a gateway's 5xx and an answer that is
 * lost leave open what happened.
 *
 * @param outcomeOf what a record that answers the write means
 * @throws whatever is no {@link HttpFailure}
 */
export async function attempt(call: Promise<HttpAnswer>, outcomeOf: (record: unknown) => WriteOutcome): Promise<Attempt> {
  return await attemptAt(call, (answer) => {
    if (currentRecord(answer.json, []) !== undefined) return { result: outcomeOf(answer.json), certain: true, json: answer.json };
    return { result: withoutRecord(answer), certain: false, isClaimed: true };
  });
}

/**
 * Makes one attempt to write something of which it is not known what answers it.
 *
 * @param outcomeOf what an answer of success means
 * @throws whatever is no {@link HttpFailure}
 */
export async function attemptAt(call: Promise<HttpAnswer>, outcomeOf: (answer: HttpAnswer) => Attempt): Promise<Attempt> {
  try {
    const answer = await call;
    if (isForeignSuccess(answer)) return { result: foreign(answer), certain: false };
    if (answer.status >= 200 && answer.status <= 299) return outcomeOf(answer);
    return { result: refusal(answer), certain: answer.status < 500 };
  } catch (thrown) {
    if (!(thrown instanceof HttpFailure)) throw thrown;
    return { result: unanswered(thrown), certain: !thrown.maybeSent };
  }
}

export function refusal(answer: HttpAnswer): FailedWrite {
  const stranger = strangerIn(answer, doing);
  const isRedirect = answer.status >= 300 && answer.status <= 399;
  // A page with 4xx may be about this record alone: a firewall does not like what is in it.
  if (stranger !== undefined) return { ok: false, unavailable: isRedirect, kind: String(answer.status), message: withoutStop(stranger.message) };
  const words = serverWords(answer);
  const unavailable = answer.status >= 500 || answer.status === 429;
  return { ok: false, unavailable, kind: `${answer.status}${unavailable || words === '' ? '' : ` ${sentenceOf(revealed(words))}`}`, message: `Oomnitza answered ${answer.status}${words === '' ? '' : `: ${words}`}` };
}

/** The words of a server without what they say of one record, so that those that differ by nothing else are alike. */
function sentenceOf(words: string): string {
  return words
    .replaceAll(/"[^"]*"|“[^”]*”|‘[^’]*’|`[^`]*`|(?<!\w)'[^']*'/g, '…')
    .replaceAll(/[^\s<>()]+@[^\s<>()]+/g, '…')
    .replaceAll(/[\w-]*\d[\w-]*/g, '…')
    .toLowerCase();
}

function withoutRecord(answer: HttpAnswer): FailedWrite {
  const words = serverWords(answer);
  return { ok: false, unavailable: false, kind: saysItFailed(answer.json) ? 'refused' : 'no record', message: `Oomnitza answered ${answer.status}, but not with the record${words === '' ? '' : `: ${words}`}` };
}

function foreign(answer: HttpAnswer): FailedWrite {
  const message = strangerIn(answer, doing)?.message ?? `Oomnitza answered ${answer.status} with something that is not its API’s while ${doing}.`;
  return { ok: false, unavailable: true, kind: 'foreign', message: withoutStop(message) };
}

const doing = 'writing a change';

/** Messages of single changes end without one, as more may follow. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

export function unanswered(failure: HttpFailure): FailedWrite {
  const failed = { ok: false, kind: failure.kind, message: failure.message } as const;
  return failure.kind === 'ended' ? { ...failed, unavailable: false, notBegun: true } : { ...failed, unavailable: true };
}

/** A failure that leaves open whether the change was carried out. */
export function perhapsWritten(outcome: WriteOutcome): WriteOutcome {
  return outcome.ok ? outcome : { ...outcome, message: `${outcome.message}; ${perhaps}` };
}

const perhaps = 'the change may or may not have been written';

/**
 * Looks up what became of a write. Where the token is refused only now, that does not hide what is not known of the write.
 *
 * @throws SyncError
 */
export async function lookingUp<Found>(lookUp: Promise<Found>): Promise<Found> {
  try {
    return await lookUp;
  } catch (thrown) {
    if (!(thrown instanceof SyncError) || !['authentication', 'permission'].includes(thrown.reason)) throw thrown;
    throw new SyncError(thrown.reason, `${thrown.message} (Of the change that was looked up: ${perhaps}.)`, { hint: thrown.hint, cause: thrown });
  }
}
