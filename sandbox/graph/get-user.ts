import { json, type ServiceAnswer } from '../http/exchange.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { badRequest, GraphError, graphHeaders } from './errors.ts';
import { pick, readSelect } from './selection.ts';
import type { GraphCall } from './service.ts';

/** `GET /users/{id or userPrincipalName}`. */
export function getUser(tenant: EntraTenant, ident: string, call: GraphCall, url: string): ServiceAnswer {
  const { query } = call.request;
  for (const name of query.keys()) {
    if (name !== '$select') throw badRequest(`The query option '${name}' is not supported.`);
  }
  const select = query.get('$select');
  const selection = readSelect(tenant, select, false);
  const user = tenant.findUser(ident);
  if (user === undefined) {
    throw new GraphError(
      404,
      'Request_ResourceNotFound',
      `Resource '${ident}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  const context = `${url}/v1.0/$metadata#users${select === null ? '' : `(${selection.join(',')})`}/$entity`;
  return json('/v1.0/users/{id}', 200, { '@odata.context': context, ...pick(user, selection) }, graphHeaders(call.ids));
}
