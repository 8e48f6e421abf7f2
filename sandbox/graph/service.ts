import { segments, type Service, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import type { DirectoryUser } from '../entra/directory-user.ts';
import { authorize, denied, type Rights } from './authorization.ts';
import { GraphError, graphErrorAnswer, graphIds, type GraphIds } from './errors.ts';
import { UserListing, type GraphPaging } from './list-users.ts';
import { answerBatch } from './batch.ts';
import { getDeletedItem } from './get-deleted-item.ts';
import { findGroup, getGroup } from './get-group.ts';
import { getUser } from './get-user.ts';
import { listDevices } from './list-devices.ts';

/** What a handler of one Graph path gets. */
export interface GraphCall {
  readonly request: ServiceRequest;
  readonly ids: GraphIds;
}

/** Microsoft Graph v1.0 over the users of a tenant. */
export function microsoftGraph(tenant: EntraTenant, paging: GraphPaging, url: () => string): Service {
  const listing = new UserListing(tenant, paging, url);
  const service: Service = (request) => {
    const call: GraphCall = { request, ids: graphIds(request) };
    const [version, ...path] = segments(request.path) ?? [];
    let route = request.path;
    try {
      const answer = (name: string, handle: (rights: Rights) => ServiceAnswer): ServiceAnswer => {
        route = name;
        if (request.method !== (name === '/v1.0/$batch' ? 'POST' : 'GET')) throw new GraphError(405, 'Request_BadRequest', `Specified HTTP method is not allowed for the request target.`);
        return handle(authorize(tenant, request, url()));
      };
      if (version !== 'v1.0') throw new GraphError(400, 'BadRequest', `Invalid version: ${version ?? ''}`);
      const [resource, ident, relationship, cast] = path;
      if (resource === 'users' && path.length === 1) return answer('/v1.0/users', (rights) => listing.page(call, rights));
      if (resource === 'users' && path.length === 2 && ident === '$count') {
        return answer('/v1.0/users/$count', (rights) => listing.count(call, rights));
      }
      if (resource === 'users' && path.length === 2 && ident !== undefined) {
        return answer('/v1.0/users/{id}', (rights) => {
          if (!rights('users')) throw denied();
          return getUser(tenant, ident, call, url());
        });
      }
      if (resource === 'groups' && path.length === 2 && ident !== undefined) {
        return answer('/v1.0/groups/{id}', (rights) => {
          if (!rights('groups')) throw denied();
          return getGroup(tenant, ident, call, url());
        });
      }
      if (resource === 'groups' && path.length === 4 && ident !== undefined && relationship === 'transitiveMembers' && cast === 'microsoft.graph.user') {
        const name = '/v1.0/groups/{id}/transitiveMembers/microsoft.graph.user';
        return answer(name, (rights) => {
          if (!rights('groups')) throw denied();
          const { id } = findGroup(tenant, ident);
          const users = (): DirectoryUser[] => tenant.transitiveUsers(id);
          return listing.page(call, rights, { route: name, path: name.replace('{id}', id), users, members: true });
        });
      }
      if (resource === '$batch' && path.length === 1) return answer('/v1.0/$batch', () => answerBatch(call, service, paging.spoilPart));
      if (resource === 'directory' && ident === 'deletedItems' && path.length === 3 && relationship !== undefined) {
        return answer('/v1.0/directory/deletedItems/{id}', (rights) => {
          if (!rights('users')) throw denied();
          return getDeletedItem(tenant, relationship, call, url());
        });
      }
      if (resource === 'deviceManagement' && ident === 'managedDevices' && path.length === 2) {
        return answer('/v1.0/deviceManagement/managedDevices', (rights) => listDevices(tenant, paging, call, rights, url()));
      }
      throw new GraphError(400, 'BadRequest', `Resource not found for the segment '${path.at(-1) ?? ''}'.`);
    } catch (error) {
      if (error instanceof GraphError) return graphErrorAnswer(route, error, call.ids);
      throw error;
    }
  };
  return service;
}
