import { segments, type Service, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { authorize } from './authorization.ts';
import { GraphError, graphErrorAnswer, graphIds, type GraphIds } from './errors.ts';
import { UserListing, type GraphPaging } from './list-users.ts';
import { getUser } from './get-user.ts';

/** What a handler of one Graph path gets. */
export interface GraphCall {
  readonly request: ServiceRequest;
  readonly ids: GraphIds;
}

/** Microsoft Graph v1.0 over the users of a tenant. */
export function microsoftGraph(tenant: EntraTenant, paging: GraphPaging, url: () => string): Service {
  const listing = new UserListing(tenant, paging, url);
  return (request) => {
    const call: GraphCall = { request, ids: graphIds(request) };
    const [version, ...path] = segments(request.path) ?? [];
    let route = request.path;
    try {
      const answer = (name: string, handle: () => ServiceAnswer): ServiceAnswer => {
        route = name;
        if (request.method !== 'GET') throw new GraphError(405, 'Request_BadRequest', `Specified HTTP method is not allowed for the request target.`);
        authorize(tenant, request, url());
        return handle();
      };
      if (version !== 'v1.0') throw new GraphError(400, 'BadRequest', `Invalid version: ${version ?? ''}`);
      const [resource, ident] = path;
      if (resource === 'users' && path.length === 1) return answer('/v1.0/users', () => listing.page(call));
      if (resource === 'users' && path.length === 2 && ident === '$count') {
        return answer('/v1.0/users/$count', () => listing.count(call));
      }
      if (resource === 'users' && path.length === 2 && ident !== undefined) {
        return answer('/v1.0/users/{id}', () => getUser(tenant, ident, call, url()));
      }
      throw new GraphError(400, 'BadRequest', `Resource not found for the segment '${path.at(-1) ?? ''}'.`);
    } catch (error) {
      if (error instanceof GraphError) return graphErrorAnswer(route, error, call.ids);
      throw error;
    }
  };
}
