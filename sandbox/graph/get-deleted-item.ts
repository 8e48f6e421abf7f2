import { json, type ServiceAnswer } from '../http/exchange.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { badRequest, GraphError, graphHeaders } from './errors.ts';
import { pick } from './selection.ts';
import type { GraphCall } from './service.ts';
import { DEFAULT_PROPERTIES } from './user-properties.ts';

/**
 * `GET /directory/deletedItems/{id}`: what was deleted and can still be restored. Unlike users, it is known by its id alone, and its
 * principal name begins with that, so that the name is free.
 */
export function getDeletedItem(tenant: EntraTenant, id: string, call: GraphCall, url: string): ServiceAnswer {
  for (const name of call.request.query.keys()) throw badRequest(`The query option '${name}' is not supported.`);
  const user = tenant.deletedUsers.get(id.toLowerCase());
  if (user === undefined) throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`);
  const shown = { '@odata.context': `${url}/v1.0/$metadata#directoryObjects/$entity`, '@odata.type': '#microsoft.graph.user', ...pick(user, DEFAULT_PROPERTIES), userPrincipalName: `${user.id.replaceAll('-', '')}${user.userPrincipalName}` };
  return json('/v1.0/directory/deletedItems/{id}', 200, shown, graphHeaders(call.ids));
}
