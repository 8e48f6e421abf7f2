import type { WriteOutcome } from '../apply/index.ts';
import { HttpFailure, type HttpAnswer } from '../http/index.ts';
import { serverWords } from './failure.ts';

export type FailedWrite = Extract<WriteOutcome, { readonly ok: false }>;

/** How an attempt to write ended. */
export interface Attempt {
  readonly result: WriteOutcome;
  /** It is known whether the change was carried out. */
  readonly certain: boolean;
}

/**
 * Makes one attempt to write. Any 2xx is success; a gateway's 5xx and an answer that is lost leave open what happened.
 *
 * @param outcomeOf what an answer of success means
 * @throws whatever is no {@link HttpFailure}
 */
export async function attempt(call: Promise<HttpAnswer>, outcomeOf: (json: unknown) => WriteOutcome): Promise<Attempt> {
  try {
    const answer = await call;
    const succeeded = answer.status >= 200 && answer.status <= 299;
    return { result: succeeded ? outcomeOf(answer.json) : refusal(answer), certain: answer.status < 500 };
  } catch (thrown) {
    if (!(thrown instanceof HttpFailure)) throw thrown;
    return { result: unanswered(thrown), certain: !thrown.maybeSent };
  }
}

export function refusal(answer: HttpAnswer): FailedWrite {
  const words = serverWords(answer);
  const unavailable = answer.status >= 500 || answer.status === 429;
  return { ok: false, unavailable, kind: String(answer.status), message: `Oomnitza answered ${answer.status}${words === '' ? '' : `: ${words}`}` };
}

export function unanswered(failure: HttpFailure): FailedWrite {
  const failed = { ok: false, kind: failure.kind, message: failure.message } as const;
  return failure.kind === 'ended' ? { ...failed, unavailable: false, notBegun: true } : { ...failed, unavailable: true };
}

/** A failure that leaves open whether the change was carried out. */
export function perhapsWritten(outcome: WriteOutcome): WriteOutcome {
  return outcome.ok ? outcome : { ...outcome, message: `${outcome.message}; the change may or may not have been written` };
}
