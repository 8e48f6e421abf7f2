import { SyncError } from '../errors.ts';
import { HttpFailure, type HttpAnswer } from '../http/index.ts';
import { reserve } from '../reserved.ts';
import { clientCertificateHint, isWebPage } from './stranger.ts';

/** Why Oomnitza gave no answer at all. */
export function unreachable(failure: HttpFailure): SyncError {
  const message = `Oomnitza could not be reached. ${failure.message}.`;
  if (failure.kind === 'client-certificate') return new SyncError('authentication', message, { hint: clientCertificateHint, cause: failure });
  return new SyncError('target-unavailable', message, { hint: failure.hint ?? hintFor(failure), cause: failure });
}

/** Lets an answer through; no answer at all becomes `target-unavailable`. */
export async function orUnavailable(answer: Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await answer;
  } catch (thrown) {
    throw thrown instanceof HttpFailure ? unreachable(thrown) : thrown;
  }
}

function hintFor({ kind, maybeSent }: HttpFailure): string {
  if (kind === 'unknown-host') return '`oomnitza-url` names a host that the runner cannot find. Check how it is written; an instance with a private address takes a runner in that network.';
  if (kind === 'other-host') return '`oomnitza-url` leads to a server that is not the host of that name. Take the address that people see in the browser, such as https://example.oomnitza.com.';
  const usual = 'Check `oomnitza-url`, and that the runner can reach it over HTTPS. If the instance is down, run again later.';
  return kind === 'network' && maybeSent ? `${usual} An instance that demands a client certificate may close connections too: see \`oomnitza-client-certificate\`.` : usual;
}

/**
 * What the server itself says is wrong, reserved, since it may quote the record. The shape of Oomnitza's error bodies is not
 * documented, so the likely places are tried in turn; a page of HTML says nothing that a user could use.
 */
export function serverWords(answer: HttpAnswer): string {
  return reserve(saidIn(answer).slice(0, 500));
}

/** The JSON of an answer as it may be quoted. */
export function quotableJson({ json, text }: HttpAnswer): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function saidIn(answer: HttpAnswer): string {
  const json = quotableJson(answer);
  if (typeof json === 'object' && json !== null) {
    for (const name of ['errors', 'error', 'message', 'detail']) {
      const words = plainWords(Reflect.get(json, name));
      if (words !== '') return words;
    }
    return Object.keys(json).length === 0 ? '' : plainWords(json);
  }
  if (json === null) return '';
  const text = typeof json === 'string' ? json : answer.text;
  return isWebPage({ text }) ? '' : text.trim();
}

/** Whether an answer of success, or a part of one, says that it is none. */
export function saysItFailed(json: unknown): boolean {
  return ['errors', 'error'].some((name) => plainWords(Reflect.get(Object(json), name)) !== '') || Reflect.get(Object(json), 'success') === false;
}

/** The sentence that a part of an answer holds, wherever it is likely to be. */
export function plainWords(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(plainWords).filter((words) => words !== '').join('; ');
  if (typeof value !== 'object' || value === null) return '';
  const named = plainWords(Reflect.get(value, 'message'));
  return named === '' ? JSON.stringify(value) : named;
}
