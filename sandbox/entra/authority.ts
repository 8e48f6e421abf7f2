import { randomUUID, type KeyObject } from 'node:crypto';
import { isRecord, json, segments, type Service, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { ASSERTION_TYPE, refuseAssertion, type AssertionRefusal } from './assertion.ts';
import { authorityError } from './authority-errors.ts';
import { unsignedToken } from './unsigned-token.ts';
import type { EntraTenant, RegisteredApp } from './tenant.ts';

const TOKEN_ROUTE = '/{tenant}/oauth2/v2.0/token';
const DISCOVERY_ROUTE = '/{tenant}/v2.0/.well-known/openid-configuration';

/** What the authority knows of the world around it. */
export interface AuthorityPlaces {
  /** Its own URLs, the first of which is its usual one. */
  readonly authority: () => readonly [string, ...string[]];
  /** Resources (URLs without a closing slash) that tokens can be asked for. */
  readonly resources: () => readonly string[];
  /** Keys by issuer, then by key id, as the issuers publish them. */
  readonly issuers: () => ReadonlyMap<string, ReadonlyMap<string, KeyObject>>;
}

/** The token endpoint of Entra, and the discovery document that leads to it. */
export function entraAuthority(tenant: EntraTenant, places: AuthorityPlaces): Service {
  return (request) => {
    const [tenantName = '', ...rest] = segments(request.path) ?? [];
    const path = rest.join('/');
    if (path === 'v2.0/.well-known/openid-configuration' && request.method === 'GET') {
      return tenant.isCalled(tenantName) || tenant.discoverableForAll
        ? json(DISCOVERY_ROUTE, 200, discovery(tenant, tenantName, places.authority()[0]))
        : refuse(DISCOVERY_ROUTE, request, 90002, tenantName);
    }
    if (path === 'oauth2/v2.0/token') {
      if (request.method === 'POST') return issue(tenant, tenantName, places, request);
      return refuse(TOKEN_ROUTE, request, 900561, request.method);
    }
    return { route: request.path, status: 404, headers: { 'Content-Type': 'text/html' }, body: '<html>Not Found</html>' };
  };
}

function discovery(tenant: EntraTenant, tenantName: string, authority: string): unknown {
  return {
    token_endpoint: `${authority}/${tenantName}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${authority}/${tenantName}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${authority}/${tenant.tenantId}/v2.0`,
    authorization_endpoint: `${authority}/${tenantName}/oauth2/v2.0/authorize`,
    tenant_region_scope: 'EU',
  };
}

function issue(tenant: EntraTenant, tenantName: string, places: AuthorityPlaces, request: ServiceRequest): ServiceAnswer {
  const refused = (number: number, subject = ''): ServiceAnswer => refuse(TOKEN_ROUTE, request, number, subject);
  const form = isRecord(request.content) ? request.content : {};
  const field = (name: string): string => (typeof form[name] === 'string' ? form[name] : '');

  if (!tenant.isCalled(tenantName)) return refused(90002, tenantName);
  for (const name of ['grant_type', 'client_id', 'scope']) if (!field(name)) return refused(900144, name);
  if (field('grant_type') !== 'client_credentials') return refused(70003, field('grant_type'));
  const app = tenant.apps.get(field('client_id'));
  if (app === undefined) return refused(700016, field('client_id'));
  const refusal = field('client_assertion') ? refuseAsserted(app, field, places, [tenantName, tenant.tenantId]) : refuseSecret(app, field('client_secret'));
  if (refusal !== undefined) return refused(refusal.number, refusal.subject);
  // MSAL asks for the OpenID scopes too; what counts is the one scope of a resource.
  const scopes = field('scope').split(' ').filter((scope) => !['openid', 'profile', 'offline_access'].includes(scope));
  const [scope = ''] = scopes;
  if (scopes.length !== 1 || !scope.endsWith('/.default')) return refused(70011, field('scope'));
  const resource = scope.slice(0, -'/.default'.length).replace(/\/$/, '');
  if (!places.resources().includes(resource)) return refused(500011, resource);

  const lifetime = tenant.tokenLifetimeSeconds;
  return json(
    TOKEN_ROUTE,
    200,
    { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: accessToken(tenant, app, resource) },
    { 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache' },
  );
}

function refuseSecret(app: RegisteredApp, secret: string): AssertionRefusal | undefined {
  if (!secret) return { number: 7000216, subject: '' };
  const expiry = app.secrets.get(secret);
  if (expiry === undefined) return { number: 7000215, subject: app.clientId };
  return expiry.getTime() <= Date.now() ? { number: 7000222, subject: app.clientId } : undefined;
}

function refuseAsserted(app: RegisteredApp, field: (name: string) => string, places: AuthorityPlaces, tenants: readonly string[]): AssertionRefusal | undefined {
  if (field('client_assertion_type') !== ASSERTION_TYPE) return { number: 900144, subject: 'client_assertion_type' };
  const audiences = places.authority().flatMap((url) => tenants.flatMap((name) => [`${url}/${name}/oauth2/v2.0/token`, `${url}/${name}/v2.0`]));
  return refuseAssertion(field('client_assertion'), { app, audiences, issuers: places.issuers() });
}

function accessToken(tenant: EntraTenant, app: RegisteredApp, audience: string): string {
  const now = Math.floor(Date.now() / 1000);
  const roles = [...app.appRoles];
  const token = unsignedToken({
    aud: audience,
    iss: `https://sts.windows.net/${tenant.tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + tenant.tokenLifetimeSeconds,
    appid: app.clientId,
    app_displayname: app.displayName,
    idtyp: 'app',
    roles,
    tid: tenant.tenantId,
    uti: randomUUID(),
    ver: '1.0',
  });
  tenant.tokens.set(token, { app, roles, audience, expiresAt: (now + tenant.tokenLifetimeSeconds) * 1000 });
  return token;
}

function refuse(route: string, request: ServiceRequest, number: number, subject: string): ServiceAnswer {
  const correlation = request.headers['client-request-id'];
  const refusal = authorityError(number, subject, typeof correlation === 'string' ? correlation : undefined);
  return json(route, refusal.status, refusal.body, { 'x-ms-request-id': refusal.body.trace_id });
}
