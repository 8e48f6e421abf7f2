import type { AccessToken } from '@azure/identity';
import type { Http } from '../http/index.ts';
import { AuthorityClient } from './authority-client.ts';
import { tokenCredential, type Credential, type Presented, type ServicePrincipal } from './credential.ts';
import { signInFailure } from './sign-in-failure.ts';

/**
 * Gets a new access token from the authority, whatever was got before.
 *
 * @throws SyncError `authentication` or `directory-incomplete`; the signal's reason where that ended it
 */
export type SignIn = (signal: AbortSignal) => Promise<AccessToken>;

/** Signs an application in for a scope. */
export function signInAs(principal: ServicePrincipal, scope: string, http: Http): SignIn {
  return async (signal) => {
    const presented = await present(principal.credential, signal);
    const client = new AuthorityClient(http, signal);
    try {
      const credential = await tokenCredential(principal, presented, client);
      const token: AccessToken | null = await credential.getToken(scope);
      if (token === null) throw new Error('the credential gave no token');
      return token;
    } catch (thrown) {
      signal.throwIfAborted();
      throw signInFailure(thrown, client.result, presented);
    }
  };
}

/** What can go wrong here is a matter of whoever vouches, and not to be mixed with refusals of the authority. */
async function present(credential: Credential, signal: AbortSignal): Promise<Presented> {
  return credential.kind === 'federated' ? { kind: 'federated', token: await credential.assertion(signal) } : credential;
}
