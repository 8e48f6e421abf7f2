import { SyncError } from '../errors.ts';
import { HttpFailure, type Http, type HttpAnswer } from '../http/index.ts';

/** One call of Oomnitza's API. */
export interface OomnitzaCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** From the root of the instance, percent-encoded. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** See {@link HttpRequest}: `false` for a call that must not be carried out twice. */
  readonly repeatable?: boolean;
  /** What the call is for, as in "reading people". */
  readonly doing: string;
}

/** An Oomnitza instance that answers. */
export interface Oomnitza {
  /**
   * Any answer but a refusal of the token, whatever its status; passing faults have been retried.
   *
   * @throws SyncError `authentication` (401) or `permission` (403); {@link HttpFailure} where there is no answer.
   */
  call(call: OomnitzaCall): Promise<HttpAnswer>;
  /** Waits as before a further attempt. */
  pause(attempt: number): Promise<void>;
}

export interface OomnitzaAccess {
  readonly url: URL;
  readonly token: string;
  /** Fields that the instance marks as not editable are to be written nevertheless. */
  readonly ignoreMetaRestriction: boolean;
}

export function connectOomnitza({ url, token, ignoreMetaRestriction }: OomnitzaAccess, http: Http): Oomnitza {
  /** Some instances give a token against forged requests and refuse writes without it. */
  let csrfToken: string | undefined;
  return {
    async call({ method, path, parameters, body, repeatable, doing }) {
      const target = new URL(path, url);
      for (const [name, value] of Object.entries(parameters ?? {})) target.searchParams.set(name, value);
      const answer = await http.send({
        method,
        url: target,
        headers: {
          accept: 'application/json',
          // Oomnitza's own header: it takes the bare token, without a scheme.
          authorization2: token,
          'user-agent': 'oomnitza-user-sync',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'GET' || !ignoreMetaRestriction ? {} : { 'oomnitza-ignore-meta-restriction': '1' }),
          ...(csrfToken === undefined ? {} : { 'x-csrf-token': csrfToken }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        repeatable: repeatable ?? true,
      });
      csrfToken = answer.headers.get('x-csrf-token') ?? csrfToken;
      if (answer.status === 401) {
        throw new SyncError('authentication', `Oomnitza did not accept the token while ${doing}: 401 ${serverWords(answer)}`.trimEnd(), {
          hint: 'Check the repository secret behind `oomnitza-api-token`: create a new token in Oomnitza under Configuration > Security > API Tokens.',
        });
      }
      if (answer.status === 403) {
        throw new SyncError('permission', `Oomnitza refused ${doing}: 403 ${serverWords(answer)}`.trimEnd(), {
          hint: 'Give the role of the token’s user the right to read, create and edit people in Oomnitza.',
        });
      }
      return answer;
    },
    pause: (attempt) => http.pause(attempt),
  };
}

/** A call whose answer is needed to go on: anything but success ends the run. */
export async function callForAnswer(oomnitza: Oomnitza, call: OomnitzaCall): Promise<HttpAnswer> {
  const answer = await orUnavailable(oomnitza.call(call));
  if (answer.status < 200 || answer.status > 299) throw unexpectedAnswer(answer, call.doing);
  return answer;
}

/** Lets an answer through; no answer at all becomes `target-unavailable`. */
export async function orUnavailable(answer: Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await answer;
  } catch (thrown) {
    if (!(thrown instanceof HttpFailure)) throw thrown;
    throw new SyncError('target-unavailable', `Oomnitza could not be reached. ${thrown.message}.`, {
      hint: thrown.hint ?? 'Check `oomnitza-url`, and that the runner can reach it over HTTPS. If the instance is down, run again later.',
      cause: thrown,
    });
  }
}

/** An answer that Oomnitza's API does not give for `doing`. */
export function unexpectedAnswer(answer: HttpAnswer, doing: string): SyncError {
  const location = answer.headers.get('location');
  const target = location === null ? null : URL.parse(location);
  const what = target === null ? '' : ` with a redirect to ${target.host}`;
  return unexpected(answer, what, doing);
}

function unexpected(answer: HttpAnswer, what: string, doing: string): SyncError {
  return new SyncError('target-unavailable', `Oomnitza answered ${answer.status}${what} while ${doing}. ${serverWords(answer)}`.trimEnd(), {
    hint: 'Check that `oomnitza-url` is the address of your Oomnitza instance; if it is, run again later.',
  });
}

/**
 * What the server itself says is wrong. The shape of Oomnitza's error bodies is not documented, so the likely places
 * are tried in turn; a page of HTML says nothing that a user could use.
 */
export function serverWords(answer: HttpAnswer): string {
  const { json } = answer;
  if (typeof json === 'object' && json !== null) {
    for (const name of ['errors', 'error', 'message']) {
      const words = plainWords(Reflect.get(json, name));
      if (words !== '') return words.slice(0, 500);
    }
    return '';
  }
  const text = typeof json === 'string' ? json : answer.text;
  return isWebPage(text) ? '' : text.trim().slice(0, 500);
}

function isWebPage(text: string): boolean {
  return /^\s*</.test(text);
}

/** The sentence that a part of an answer holds, wherever it is likely to be. */
export function plainWords(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(plainWords).filter((words) => words !== '').join('; ');
  if (typeof value !== 'object' || value === null) return '';
  const named = plainWords(Reflect.get(value, 'message'));
  return named === '' ? JSON.stringify(value) : named;
}

/**
 * Asks whether the address is an Oomnitza instance and the token is good, with the call that the vendor's own
 * connector uses for that.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function probe(oomnitza: Oomnitza): Promise<void> {
  const doing = 'checking the token';
  const answer = await callForAnswer(oomnitza, { method: 'GET', path: '/api/v2/mappings', parameters: { name: 'AuthTest' }, doing });
  // Any site may answer any address with a page to log in.
  if (isWebPage(answer.text)) throw unexpected(answer, ' with a web page', doing);
}
