import { json, type ServiceAnswer } from '../http/exchange.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import type { Rights } from './authorization.ts';
import { badRequest, GraphError, graphHeaders } from './errors.ts';
import type { GraphPaging } from './list-users.ts';
import type { GraphCall } from './service.ts';

const ROUTE = '/v1.0/deviceManagement/managedDevices';

/**
 * `GET /deviceManagement/managedDevices`. Intune stands behind Graph with a service of its own: it knows `$select`, `$top`
 * and its own `$skiptoken`, and ignores filters on the user without a word.
 */
export function listDevices(tenant: EntraTenant, paging: GraphPaging, call: GraphCall, rights: Rights, url: string): ServiceAnswer {
  const { query } = call.request;
  if (!tenant.intune) throw new GraphError(400, 'BadRequest', 'Request not applicable to target tenant.');
  if (!rights('devices')) {
    const scopes = 'DeviceManagementManagedDevices.Read.All, DeviceManagementManagedDevices.ReadWrite.All';
    throw new GraphError(403, 'Forbidden', `Application is not authorized to perform this operation. Application must have one of the following scopes: ${scopes}`);
  }
  for (const name of query.keys()) {
    if (!['$select', '$top', '$filter', '$skiptoken'].includes(name)) throw badRequest(`The query option '${name}' is not supported.`);
  }
  const top = Number(query.get('$top') ?? Math.min(1000, paging.devicesPerPage));
  if (!Number.isInteger(top) || top < 1 || top > 1000) throw badRequest('The page size is not valid.');
  const start = Number(query.get('$skiptoken') ?? 0);
  if (!Number.isInteger(start) || start < 0) throw badRequest('The page token is not valid.');
  const names = query.get('$select')?.split(',');
  const value = tenant.devices.slice(start, start + top).map((device) => (names === undefined ? device : Object.fromEntries(names.map((name) => [name, device[name] ?? null]))));
  const kept = [...query].filter(([name]) => name !== '$skiptoken').map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  const next = start + top < tenant.devices.length ? { '@odata.nextLink': `${url}${ROUTE}?${[...kept, `$skiptoken=${start + top}`].join('&')}` } : {};
  return json(ROUTE, 200, { '@odata.context': `${url}/v1.0/$metadata#deviceManagement/managedDevices`, '@odata.count': value.length, ...next, value }, graphHeaders(call.ids));
}
