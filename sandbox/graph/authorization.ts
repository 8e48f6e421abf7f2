import type { ServiceRequest } from '../http/exchange.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { GraphError } from './errors.ts';

const EVERYTHING = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** What can be read, with the application permissions each of which allows it. */
const ALLOWED_BY = {
  users: ['User.Read.All', 'User.ReadWrite.All', ...EVERYTHING],
  groups: ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', 'Group.Read.All', 'Group.ReadWrite.All', ...EVERYTHING],
  devices: ['DeviceManagementManagedDevices.Read.All', 'DeviceManagementManagedDevices.ReadWrite.All'],
  signIns: ['AuditLog.Read.All'],
  securityAttributes: ['CustomSecAttributeAssignment.Read.All', 'CustomSecAttributeAssignment.ReadWrite.All'],
} as const;

/** What an application may read. */
export type Rights = (what: keyof typeof ALLOWED_BY) => boolean;

/** Refuses a request whose token is missing, unknown, for another resource or expired; else tells what it is good for. */
export function authorize(tenant: EntraTenant, request: ServiceRequest, audience: string): Rights {
  const header = request.headers.authorization ?? '';
  const token = /^Bearer (.+)$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('Access token is empty.');
  const access = tenant.tokens.get(token);
  if (access === undefined) throw unauthenticated('IDX14100: JWT is not well formed, or its signature is invalid.');
  if (access.audience !== audience) throw unauthenticated('Access token validation failure. Invalid audience.');
  if (access.expiresAt <= Date.now()) throw unauthenticated('Lifetime validation failed, the token is expired.');
  return (what) => ALLOWED_BY[what].some((permission) => access.roles.includes(permission));
}

/** The refusal of the directory for want of a permission. */
export function denied(): GraphError {
  return new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/** Refuses a selection of sign-ins for want of a licence or a permission. */
export function authorizeSelection(tenant: EntraTenant, selection: readonly string[], rights: Rights): void {
  if (!selection.includes('signInActivity')) return;
  if (!tenant.premium) {
    throw new GraphError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'Neither tenant is B2C or tenant doesn\'t have premium license');
  }
  if (!rights('signIns')) throw denied();
}

function unauthenticated(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message);
}
