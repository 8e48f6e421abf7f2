import { SyncError } from '../errors.ts';
import type { Http, HttpAnswer } from '../http/index.ts';
import { orUnavailable, serverWords } from './failure.ts';
import { strangerIn } from './stranger.ts';

/** Where the token of each call comes from. */
export interface TokenSource {
  /** @throws SyncError where Oomnitza gives none */
  current(): Promise<string>;
  /**
   * Another token in place of one that Oomnitza did not take; `undefined` where there is none.
   *
   * @throws SyncError where Oomnitza gives none any more
   */
  renewed(refused: string): Promise<string | undefined>;
  /** What to do where a token is refused and there is no other. */
  readonly hint: string;
}

/** A token that a person made in Oomnitza: it is good, or it is not. */
export function apiToken(token: string): TokenSource {
  return {
    current: () => Promise.resolve(token),
    renewed: () => Promise.resolve(undefined),
    hint: 'Check the repository secret behind `oomnitza-api-token`: create a new token in Oomnitza under Configuration > Security > API tokens.',
  };
}

interface Password {
  readonly url: URL;
  readonly username: string;
  readonly password: string;
  /** Told of every token before anything can be done with it, so that it can be masked in the log. */
  readonly onSecret: (secret: string) => void;
}

/** Tokens that Oomnitza gives for a user name and password. Calls at the same time share one. */
export function tokenByPassword(access: Password, http: Http): TokenSource {
  let token: Promise<string> | undefined;
  const current = (): Promise<string> => {
    const asked = (token ??= requestToken(access, http));
    asked.catch(() => { if (token === asked) token = undefined; });
    return asked;
  };
  return {
    current,
    async renewed(refused) {
      // Of several calls whose token has ended, the first renews it for all.
      const asked = token;
      if (asked !== undefined && (await asked) === refused && token === asked) token = undefined;
      return await current();
    },
    hint: `Oomnitza takes name and password, yet not the token that it gives for them. See whether the user of \`oomnitza-username\` is suspended or has lost the right to use the API, ${rolesPlace}; or use an API token.`,
  };
}

/** Where Oomnitza says what a user may do. */
export const rolesPlace = 'in Oomnitza under Configuration > Security > Roles > Permissions';

const instead =
  'Where the instance lets people in by single sign-on only (“SSO only” at the SSO integration, Configuration > Integrations) or asks for a second factor, no password will do: create an API token (Configuration > Security > API tokens) and pass it as `oomnitza-api-token` in place of both.';
const wrongHint = `Check the repository secrets behind both inputs: they are the user name and the password with which that user signs in to Oomnitza itself. ${instead}`;
const doing = 'signing in by user name and password';

async function requestToken({ url, username, password, onSecret }: Password, http: Http): Promise<string> {
  const body = new URLSearchParams({ login: username, password }).toString();
  // A server may quote what it was sent, as it was sent.
  onSecret(new URLSearchParams({ password }).toString().slice('password='.length));
  const answer = await orUnavailable(http.send({
    method: 'POST',
    url: new URL('/api/request_token', url),
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'oomnitza-user-sync' },
    body,
    repeatable: true,
  }));
  const token: unknown = Reflect.get(Object(answer.json), 'token');
  if (answer.status < 200 || answer.status > 299 || typeof token !== 'string' || !/^[\u0021-\u007E]+$/.test(token)) throw refusalOf(answer);
  onSecret(token);
  return token;
}

function refusalOf(answer: HttpAnswer): SyncError {
  const { status } = answer;
  const words = `${status} ${serverWords(answer)}`.trimEnd();
  const stranger = strangerIn(answer, doing);
  if (stranger?.reason === 'authentication') return stranger;
  if (status === 403) return new SyncError('permission', `Oomnitza does not let the user of \`oomnitza-username\` sign in by password: ${words}`, { hint: `See what the role of that user may do, ${rolesPlace}. ${instead}` });
  if ([400, 401, 422].includes(status)) return new SyncError('authentication', `Oomnitza did not accept \`oomnitza-username\` and \`oomnitza-password\`: ${words}`, { hint: wrongHint });
  if (stranger !== undefined) return new SyncError(stranger.reason, stranger.message, { hint: `${stranger.hint} ${instead}` });
  if (status >= 200 && status <= 299) return new SyncError('authentication', `Oomnitza answered ${status} while ${doing}, and gave no token.`, { hint: instead });
  return new SyncError('target-unavailable', `Oomnitza answered ${words} while ${doing}.`, {
    hint: status === 404 || status === 405 ? `This address gives no tokens for passwords. Check that \`oomnitza-url\` is the address of your Oomnitza instance; if it is, use \`oomnitza-api-token\`.` : 'Run again later.',
  });
}
