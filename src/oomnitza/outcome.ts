import type { WriteOutcome } from '../apply/index.ts';
import type { HttpAnswer, HttpFailure } from '../http/index.ts';
import { serverWords } from './failure.ts';

export type FailedWrite = Extract<WriteOutcome, { readonly ok: false }>;

/** What the answer to a write means: any 2xx is success. */
export function outcomeOf(answer: HttpAnswer): WriteOutcome {
  return answer.status >= 200 && answer.status <= 299 ? { ok: true } : refusal(answer);
}

export function refusal(answer: HttpAnswer): FailedWrite {
  const words = serverWords(answer);
  const unavailable = answer.status >= 500 || answer.status === 429;
  return { ok: false, unavailable, kind: String(answer.status), message: `Oomnitza answered ${answer.status}${words === '' ? '' : `: ${words}`}` };
}

export function unanswered(failure: HttpFailure): FailedWrite {
  return { ok: false, unavailable: true, kind: failure.kind, message: failure.message };
}

/** A failure that leaves open whether the change was carried out. */
export function perhapsWritten(failed: FailedWrite): FailedWrite {
  return { ...failed, message: `${failed.message}; the change may or may not have been written` };
}
