import { CREDENTIALS, type Sandbox } from '../../sandbox/index.ts';
import { signInAs, type Credential, type ServicePrincipal, type SignIn } from '../../src/directory/index.ts';
import type { Http } from '../../src/http/index.ts';

/** The sandbox's own secret. */
export const secret: Credential = { kind: 'secret', secret: CREDENTIALS.clientSecret };

/** A sign-in at the sandbox, for real. */
export function signInTo(sandbox: Sandbox, http: Http, changes: Partial<ServicePrincipal> = {}, scope = `${sandbox.urls.graph}/.default`): SignIn {
  const principal = { tenantId: sandbox.tenant.tenantId, clientId: CREDENTIALS.clientId, credential: secret, authorityHost: new URL(sandbox.urls.authority), ...changes };
  return signInAs(principal, scope, http);
}
