/** Where a Microsoft cloud is, and what it wants to hear. */
export interface Cloud {
  /** Signs in. */
  readonly authorityHost: string;
  /** Domain of Microsoft Graph. */
  readonly graphUrl: string;
  /** Audience of the token with which GitHub vouches for a run. */
  readonly oidcAudience: string;
}

const usGovernment = { authorityHost: 'https://login.microsoftonline.us', oidcAudience: 'api://AzureADTokenExchangeUSGov' };

/**
 * The clouds by the values of the input `cloud`
 * (https://learn.microsoft.com/graph/deployments, https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations).
 */
export const clouds = {
  global: { authorityHost: 'https://login.microsoftonline.com', graphUrl: 'https://graph.microsoft.com', oidcAudience: 'api://AzureADTokenExchange' },
  'us-gov': { ...usGovernment, graphUrl: 'https://graph.microsoft.us' },
  'us-gov-dod': { ...usGovernment, graphUrl: 'https://dod-graph.microsoft.us' },
  china: { authorityHost: 'https://login.chinacloudapi.cn', graphUrl: 'https://microsoftgraph.chinacloudapi.cn', oidcAudience: 'api://AzureADTokenExchangeChina' },
} as const satisfies Readonly<Record<string, Cloud>>;

export type CloudName = keyof typeof clouds;

/**
 * The hosts of authorities that Microsoft's library knows by itself. Of any other host it would ask the global cloud
 * whether to trust it, which a private authority neither needs nor survives.
 */
const knownAuthorities: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login.usgovcloudapi.net',
  'login-us.microsoftonline.com',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
]);

export function isKnownAuthority({ host }: URL): boolean {
  return knownAuthorities.has(host);
}
