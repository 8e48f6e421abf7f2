import type { TokenCredential } from '@azure/identity';
import { SignInWatch } from './sign-in-watch.ts';

/** How the action proves to Microsoft Entra who it is. */
export interface ServicePrincipal {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authorityHost: URL;
}

/** The hosts that MSAL knows by itself: asking them for discovery would only cost a call. */
const knownAuthorities = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
]);

/**
 * A credential for the client-credentials flow. The authority is passed on explicitly, since `@azure/identity` would
 * otherwise take one from the runner's environment.
 */
export async function clientSecretCredential(principal: ServicePrincipal): Promise<TokenCredential> {
  // Loaded only here: it is half of what the bundle takes to start, and `validate` without credentials needs none of it.
  const { ClientSecretCredential } = await import('@azure/identity');
  const watch = new SignInWatch();
  const credential = new ClientSecretCredential(principal.tenantId, principal.clientId, principal.clientSecret, {
    authorityHost: principal.authorityHost.origin,
    disableInstanceDiscovery: !knownAuthorities.has(principal.authorityHost.hostname),
    additionalPolicies: [{ policy: watch.policy, position: 'perCall' }],
  });
  return watch.over(credential);
}
