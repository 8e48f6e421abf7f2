import { SyncError } from '../errors.ts';
import type { Http, HttpAnswer } from '../http/index.ts';
import { CsrfTokens } from './csrf.ts';
import { orUnavailable, serverWords } from './failure.ts';
import { isWebPage, strangerIn } from './stranger.ts';
import { rolesPlace, type TokenSource } from './token.ts';

/** One call of Oomnitza's API. */
export interface OomnitzaCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** From the root of the instance, percent-encoded. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>> | readonly unknown[];
  /** See {@link HttpRequest}: `false` for a call that must not be carried out twice. */
  readonly repeatable?: boolean;
  /** See {@link HttpRequest}; calls that write are. */
  readonly quotable?: boolean;
  /** What the call is for, as in "reading people". */
  readonly doing: string;
  /** What the role of the token's user has to allow, where it is more than to read and write people. */
  readonly right?: string;
}

/** An Oomnitza instance that answers. */
export interface Oomnitza {
  /**
   * Any answer but a refusal of the token, whatever its status; passing faults have been retried. A token that Oomnitza
   * does not take is replaced once where there is another, and the call made again: what is answered by 401 was not done.
   *
   * @throws SyncError `authentication` (401) or `permission` (403); `HttpFailure` where there is no answer.
   */
  call(call: OomnitzaCall): Promise<HttpAnswer>;
  /** Waits as before a further attempt. */
  pause(attempt: number): Promise<void>;
}

export interface OomnitzaAccess {
  readonly url: URL;
  readonly token: TokenSource;
  /** Fields that the instance marks as not editable are to be written nevertheless. */
  readonly ignoreMetaRestriction: boolean;
  /** Told of what else has to stay secret, before it is used. */
  readonly onSecret?: (secret: string) => void;
}

export function connectOomnitza({ url, token: tokens, ignoreMetaRestriction, onSecret = () => undefined }: OomnitzaAccess, http: Http): Oomnitza {
  const csrf = new CsrfTokens(onSecret);
  const sendOnce = async (token: string, csrfToken: string | undefined, { method, path, parameters, body, repeatable, quotable }: OomnitzaCall): Promise<HttpAnswer> => {
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
      quotable: quotable ?? method !== 'GET',
    });
    csrf.keep(token, answer);
    return answer;
  };
  const send = async (token: string, call: OomnitzaCall): Promise<HttpAnswer> => {
    const ask = (): Promise<HttpAnswer> => sendOnce(token, csrf.known(token), authTest);
    await csrf.renew(token, ask);
    for (let attempt = 1; ; attempt++) {
      const sent = csrf.known(token);
      const answer = await sendOnce(token, sent, call);
      // What is refused for that was not carried out; where each write brings a new token, others may be faster several times.
      if (!isForged(answer) || attempt === mostForged || !(await csrf.replace(token, sent, ask))) return answer;
    }
  };
  return {
    async call(call) {
      const { doing, right = 'read, create and edit people' } = call;
      const token = await tokens.current();
      const first = await send(token, call);
      const other = first.status === 401 ? await tokens.renewed(token) : undefined;
      const answer = other === undefined ? first : await send(other, call);
      const stranger = strangerIn(answer, doing);
      if (stranger?.reason === 'authentication') throw stranger;
      if (answer.status === 401) {
        throw new SyncError('authentication', `Oomnitza did not accept the token while ${doing}: 401 ${serverWords(answer)}`.trimEnd(), { hint: tokens.hint });
      }
      // A page is that of a firewall, to which roles mean nothing.
      if (answer.status === 403 && !isWebPage(answer)) {
        throw new SyncError('permission', `Oomnitza refused ${doing}: 403 ${serverWords(answer)}`.trimEnd(), {
          hint: isForged(answer) ? 'The instance, or a proxy before it, takes none of the tokens that it gives against forged requests. Tell the administrator of the instance; with `concurrency: 1` fewer are needed.' : `Give the role of the token’s user the right to ${right}, ${rolesPlace}.`,
        });
      }
      return answer;
    },
    pause: (attempt) => http.pause(attempt),
  };
}

/** With this call the vendor's own connector tries its token; its answer may carry the token against forged requests. */
const authTest: OomnitzaCall = { method: 'GET', path: '/api/v2/mappings', parameters: { name: 'AuthTest' }, doing: 'checking the token' };

const mostForged = 10;

/** Whether a call was refused for its token against forged requests. */
function isForged(answer: HttpAnswer): boolean {
  return answer.status === 403 && !isWebPage(answer) && /csrf/i.test(answer.text);
}

/** A call whose answer is needed to go on: anything but success ends the run. */
export async function callForAnswer(oomnitza: Oomnitza, call: OomnitzaCall): Promise<HttpAnswer> {
  const answer = await orUnavailable(oomnitza.call(call));
  if (answer.status < 200 || answer.status > 299) throw unexpectedAnswer(answer, call.doing);
  return answer;
}

/** An answer that Oomnitza's API does not give for `doing`. */
export function unexpectedAnswer(answer: HttpAnswer, doing: string): SyncError {
  const stranger = strangerIn(answer, doing);
  if (stranger !== undefined) return stranger;
  return new SyncError('target-unavailable', `Oomnitza answered ${answer.status} while ${doing}. ${serverWords(answer)}`.trimEnd(), {
    hint: 'Check that `oomnitza-url` is the address of your Oomnitza instance; if it is, run again later.',
  });
}

/**
 * Asks whether the address is an Oomnitza instance and the token is good.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function probe(oomnitza: Oomnitza): Promise<void> {
  const answer = await callForAnswer(oomnitza, authTest);
  // Any site may answer any address with a page to log in.
  const stranger = strangerIn(answer, authTest.doing);
  if (stranger !== undefined) throw stranger;
}
