import { json, type ServiceAnswer } from '../http/exchange.ts';
import type { DirectoryGroup } from '../entra/group.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { badRequest, GraphError, graphHeaders } from './errors.ts';
import type { GraphCall } from './service.ts';

/** `GET /groups/{id}` with its id and name. */
export function getGroup(tenant: EntraTenant, id: string, call: GraphCall, url: string): ServiceAnswer {
  for (const [name, value] of call.request.query) {
    if (name !== '$select' || value !== 'id,displayName') throw badRequest(`The query option '${name}=${value}' is not supported.`);
  }
  const group = findGroup(tenant, id);
  const context = `${url}/v1.0/$metadata#groups(id,displayName)/$entity`;
  return json('/v1.0/groups/{id}', 200, { '@odata.context': context, id: group.id, displayName: group.displayName }, graphHeaders(call.ids));
}

/** @throws GraphError 404 for a group that is not there */
export function findGroup(tenant: EntraTenant, id: string): DirectoryGroup {
  const group = tenant.groups.get(id.toLowerCase());
  if (group !== undefined) return group;
  throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`);
}
