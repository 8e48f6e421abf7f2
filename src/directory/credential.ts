import type { TokenCredential } from '@azure/identity';
import type { ClientCertificate } from '../client-certificate.ts';
import { isKnownAuthority } from '../clouds.ts';
import type { AuthorityClient } from './authority-client.ts';

/** With what an application proves who it is. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificate: ClientCertificate }
  /** `assertion` gives a token in which somebody whom the application trusts vouches for it. */
  | { readonly kind: 'federated'; readonly assertion: (signal: AbortSignal) => Promise<string> };

/** An application that signs in for itself, without a user. */
export interface ServicePrincipal {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: Credential;
  readonly authorityHost: URL;
}

/** A credential as it is about to be presented: what vouches for the application has been fetched. */
export type Presented = Exclude<Credential, { kind: 'federated' }> | { readonly kind: 'federated'; readonly token: string };

/**
 * A credential of Microsoft's library for the client-credentials flow. It is to be used once: after a refusal it would
 * refuse by itself for a minute, and give the same token again where Graph no longer takes it.
 */
export async function tokenCredential({ tenantId, clientId, authorityHost }: ServicePrincipal, presented: Presented, client: AuthorityClient): Promise<TokenCredential> {
  forgetSettingsOfOthers(process.env);
  // Loaded only here: it is half of what the bundle takes to start, and `validate` without credentials needs none of it.
  const { ClientAssertionCredential, ClientCertificateCredential, ClientSecretCredential } = await import('@azure/identity');
  const options = {
    authorityHost: authorityHost.origin,
    disableInstanceDiscovery: !isKnownAuthority(authorityHost),
    httpClient: client,
    // The client tries again by itself.
    retryOptions: { maxRetries: 0 },
  };
  switch (presented.kind) {
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, presented.secret, options);
    case 'certificate': {
      const { pem, password } = presented.certificate;
      return new ClientCertificateCredential(tenantId, clientId, { certificate: pem, ...(password === undefined ? {} : { certificatePassword: password }) }, options);
    }
    case 'federated':
      return new ClientAssertionCredential(tenantId, clientId, () => Promise.resolve(presented.token), options);
  }
}

/**
 * Takes away what the library would read from the environment: a region to sign in at, a verbosity that prints requests.
 * Such variables are meant for other steps of a job, and no option of the library goes before all of them.
 */
function forgetSettingsOfOthers(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (/^(?:AZURE|MSAL)_/i.test(name)) Reflect.deleteProperty(environment, name);
  }
}
