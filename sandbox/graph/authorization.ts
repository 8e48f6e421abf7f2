import type { ServiceRequest } from '../http/exchange.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { GraphError } from './errors.ts';

/** Application permissions each of which lets an application read users. */
const READS_USERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];

/** Refuses a request whose token is missing, unknown, for another resource, expired, or without the permission. */
export function authorize(tenant: EntraTenant, request: ServiceRequest, audience: string): void {
  const header = request.headers.authorization ?? '';
  const token = /^Bearer (.+)$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('Access token is empty.');
  const access = tenant.tokens.get(token);
  if (access === undefined) throw unauthenticated('IDX14100: JWT is not well formed, or its signature is invalid.');
  if (access.audience !== audience) throw unauthenticated('Access token validation failure. Invalid audience.');
  if (access.expiresAt <= Date.now()) throw unauthenticated('Lifetime validation failed, the token is expired.');
  if (!access.roles.some((role) => READS_USERS.includes(role))) {
    throw new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  }
}

function unauthenticated(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message);
}
