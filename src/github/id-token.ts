import { SyncError } from '../errors.ts';
import { HttpFailure, type Http, type HttpAnswer } from '../http/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Gives a token with which GitHub vouches for the run. */
export type IdTokenSource = (signal?: AbortSignal) => Promise<string>;

interface IdTokenOptions {
  readonly environment: Environment;
  readonly audience: string;
  readonly http: Http;
  /** Told of every token before it is given out. */
  readonly onSecret: (secret: string) => void;
}

/** A token that ends sooner than this is not given out any more: it has to reach its reader and be read. */
const renewBeforeMs = 60_000;

/**
 * The OpenID Connect tokens of the run
 * (https://docs.github.com/actions/reference/security/oidc), each kept as long as it is good.
 *
 * @returns `undefined` where GitHub offers the run none. The source throws SyncError `authentication` where GitHub
 * refuses, and `directory-incomplete` where it cannot be asked.
 */
export function idTokenSource({ environment, audience, http, onSecret }: IdTokenOptions): IdTokenSource | undefined {
  const requestToken = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  const url = URL.parse(environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
  if (requestToken === '' || url === null) return undefined;
  onSecret(requestToken);
  url.searchParams.set('audience', audience);
  const headers = { accept: 'application/json', authorization: `Bearer ${requestToken}`, 'user-agent': 'oomnitza-user-sync' };
  let current: { readonly token: string; readonly expiresAt: number } | undefined;
  return async (signal) => {
    if (current !== undefined && current.expiresAt - Date.now() > renewBeforeMs) return current.token;
    const answer = await orUnreachable(http.send({ method: 'GET', url, headers, repeatable: true, ...(signal === undefined ? {} : { signal }) }));
    const token = tokenIn(answer);
    onSecret(token);
    current = { token, expiresAt: expiryOf(token) };
    return token;
  };
}

async function orUnreachable(answer: Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await answer;
  } catch (thrown) {
    if (!(thrown instanceof HttpFailure)) throw thrown;
    throw new SyncError('directory-incomplete', `GitHub could not be asked for an OIDC token. ${thrown.message}.`, {
      hint: thrown.hint ?? 'Run again later.',
      cause: thrown,
    });
  }
}

function tokenIn({ status, json }: HttpAnswer): string {
  const token: unknown = Reflect.get(Object(json), 'value');
  if (status === 200 && typeof token === 'string' && token !== '') return token;
  if (status === 429 || status >= 500) {
    throw new SyncError('directory-incomplete', `GitHub gave no OIDC token: it answered ${status}.`, { hint: 'Run again later.' });
  }
  throw new SyncError('authentication', `GitHub gave no OIDC token: it answered ${status}${status === 200 ? ' without one' : ''}.`, {
    hint: 'Check that the job has the permission `id-token: write`, and that `oidc-audience`, where it is given, is what the tenant expects.',
  });
}

/** Milliseconds since 1970; a token that cannot be read is good for nothing but to be used at once. */
function expiryOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return Number(Reflect.get(Object(claims), 'exp') ?? 0) * 1000;
  } catch {
    return 0;
  }
}
