import type { AccessToken, TokenCredential } from '@azure/identity';
import { signInFailure } from './sign-in-failure.ts';
import { SignInFailed } from './sign-in-watch.ts';

/** Gives an access token for Microsoft Graph, cached as long as it is good. */
export type TokenSource = () => Promise<string>;

/** A token that ends sooner than this is replaced before it is used: a walk's next page must not meet an expired one. */
const renewBeforeMs = 5 * 60_000;
/** For a whole sign-in, its retries included. */
const usualTimeoutMs = 60_000;

interface TokenOptions {
  readonly scope: string;
  readonly signal: AbortSignal;
  /** Told of every token before anything can be done with it, so that it can be masked in the log. */
  readonly onSecret: (secret: string) => void;
  readonly timeoutMs?: number;
}

/**
 * Wraps a credential so that callers at the same time share one request and a token is asked for again only when it
 * is about to expire.
 *
 * @throws SyncError `authentication`, `permission` or `directory-incomplete` (from the returned function)
 */
export function tokenSource(credential: TokenCredential, options: TokenOptions): TokenSource {
  const { timeoutMs = usualTimeoutMs } = options;
  let current: AccessToken | undefined;
  let underway: Promise<AccessToken> | undefined;

  const ask = async (): Promise<AccessToken> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const token: AccessToken | null = await credential.getToken(options.scope, { abortSignal: AbortSignal.any([options.signal, deadline]) });
      if (token === null) throw new Error('the credential gave no token');
      options.onSecret(token.token);
      current = token;
      return token;
    } catch (thrown) {
      options.signal.throwIfAborted();
      throw signInFailure(deadline.aborted ? new SignInFailed(undefined, `no answer within ${timeoutMs / 1000} s`, thrown) : thrown);
    }
  };

  return async () => {
    if (current !== undefined && current.expiresOnTimestamp - Date.now() > renewBeforeMs) return current.token;
    underway ??= ask().finally(() => { underway = undefined; });
    return (await underway).token;
  };
}
