import type { AccessToken } from '@azure/identity';
import { SyncError } from '../errors.ts';
import type { SignIn } from './sign-in.ts';

/**
 * Gives an access token for Microsoft Graph, cached as long as it is good.
 *
 * @param refused a token that Graph did not take: it is given to nobody any more
 */
export type TokenSource = (refused?: string) => Promise<string>;

/** A token that ends sooner than this is replaced before it is used: a walk's next page must not meet an expired one. */
const renewBeforeMs = 5 * 60_000;
/** For a whole sign-in, its further attempts included. */
const usualTimeoutMs = 120_000;

interface TokenOptions {
  readonly signal: AbortSignal;
  /** Told of every token before anything can be done with it, so that it can be masked in the log. */
  readonly onSecret: (secret: string) => void;
  readonly timeoutMs?: number;
}

/**
 * Wraps a sign-in so that callers at the same time share one, and a further one is made only when the token is about to
 * expire or was refused.
 *
 * @throws SyncError `authentication` or `directory-incomplete` (from the returned function)
 */
export function tokenSource(signIn: SignIn, options: TokenOptions): TokenSource {
  const { timeoutMs = usualTimeoutMs } = options;
  let current: AccessToken | undefined;
  let underway: Promise<AccessToken> | undefined;

  const ask = async (): Promise<AccessToken> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const token = await signIn(AbortSignal.any([options.signal, deadline]));
      options.onSecret(token.token);
      current = token;
      return token;
    } catch (thrown) {
      options.signal.throwIfAborted();
      if (thrown instanceof SyncError || !deadline.aborted) throw thrown;
      throw new SyncError('directory-incomplete', `The sign-in service of Microsoft Entra gave no token within ${timeoutMs / 1000} s.`, {
        hint: 'Check `authority-host`, and that the runner can reach it over HTTPS. If Microsoft Entra is down, run again later.',
        cause: thrown,
      });
    }
  };

  return async (refused) => {
    // Of several calls that a token failed, the first renews it for all.
    if (refused !== undefined && current?.token === refused) current = undefined;
    if (current !== undefined && current.expiresOnTimestamp - Date.now() > renewBeforeMs) return current.token;
    underway ??= ask().finally(() => { underway = undefined; });
    return (await underway).token;
  };
}
