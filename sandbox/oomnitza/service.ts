import { createHash } from 'node:crypto';
import { json, segments, type Service, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { BulkApi } from './bulk.ts';
import { OomnitzaError, refusalAnswer } from './errors.ts';
import type { OomnitzaInstance, Right } from './instance.ts';
import { RecordListing } from './list.ts';
import { describeFields } from './metadata.ts';
import type { OomnitzaRecord } from './record.ts';
import { requestToken } from './request-token.ts';
import { saasCallFor } from './saas.ts';
import { recordWriter } from './values.ts';
import { changeRecord, createRecord } from './write.ts';

/** Each token has one of its own. */
function csrfTokenOf({ headers }: ServiceRequest): string {
  return createHash('sha256').update(String(headers['authorization2'])).digest('hex').slice(0, 16);
}

/** The API of an Oomnitza instance. */
export function oomnitzaApi(instance: OomnitzaInstance): Service {
  const listing = new RecordListing(instance);
  const bulk = new BulkApi(instance);
  return (request) => {
    let route = request.path;
    const answer = (name: string, right: Right, handle: () => ServiceAnswer): ServiceAnswer => {
      route = name;
      authorize(instance, request, right);
      return handle();
    };
    try {
      const path = (segments(request.path) ?? []).join('/');
      const kind = `${request.method} /${path}`;
      if (kind === 'POST /api/request_token') {
        route = `/${path}`;
        return requestToken(instance, request);
      }
      if (kind === 'GET /api/v2/mappings') return answer('/api/v2/mappings', 'read', () => mappings(instance, request));
      if (kind === 'GET /api/v3/locations') return answer('/api/v3/locations', 'read', () => locations(instance, request));
      if (kind === 'GET /api/v3/users') return answer('/api/v3/users', 'read', () => listing.page(request));
      if (kind === 'POST /api/v3/users') return answer('/api/v3/users', 'write', () => create(instance, request));
      if (kind === 'GET /api/v3/users/meta') return answer('/api/v3/users/meta', 'read', () => metadata(instance));
      const bulkCall = bulk.callFor(request, path);
      if (bulkCall !== undefined) return answer(bulkCall.route, bulkCall.right, bulkCall.handle);
      const saasCall = saasCallFor(instance, request);
      if (saasCall !== undefined) return answer(saasCall.route, saasCall.right, saasCall.handle);
      const [api, version, users, ident, ...deeper] = segments(request.path) ?? [];
      if (api === 'api' && version === 'v3' && users === 'users' && ident !== undefined && deeper.length === 0) {
        const named = '/api/v3/users/{ident}';
        if (request.method === 'GET') return answer(named, 'read', () => show(instance, named, 200, find(instance, ident)));
        if (request.method === 'PATCH') return answer(named, 'write', () => change(instance, named, ident, request));
        throw new OomnitzaError(405, 'Method not allowed.');
      }
      throw new OomnitzaError(404, 'Not found.');
    } catch (error) {
      if (error instanceof OomnitzaError) return refusalAnswer(route, error, instance.behaviour.errors);
      throw error;
    }
  };
}

function authorize(instance: OomnitzaInstance, request: ServiceRequest, right: Right): void {
  const token = request.headers['authorization2'];
  const rights = typeof token === 'string' ? instance.useToken(token) : undefined;
  if (rights === undefined) throw new OomnitzaError(401, 'Authentication failed.');
  if (!rights.has(right)) throw new OomnitzaError(403, 'You have no permission for this.');
  if (right === 'write' && instance.behaviour.csrf && request.headers['x-csrf-token'] !== csrfTokenOf(request)) {
    throw new OomnitzaError(403, 'The CSRF token is missing or incorrect.');
  }
}

/**
 * Fields that the instance maps for a service of the connector, by source. Nothing is known of the service AuthTest: the
 * connector asks for it to see whether it may ask at all.
 */
function mappings(instance: OomnitzaInstance, request: ServiceRequest): ServiceAnswer {
  const headers = instance.behaviour.csrf ? { 'X-CSRF-Token': csrfTokenOf(request) } : {};
  return json('/api/v2/mappings', 200, Object.fromEntries(instance.mappings.get(request.query.get('name') ?? '') ?? []), headers);
}

function locations({ locations: all, behaviour }: OomnitzaInstance, { query }: ServiceRequest): ServiceAnswer {
  const skip = Number(query.get('skip') ?? 0);
  const page = all.slice(skip, skip + Math.min(Number(query.get('limit') ?? 200), behaviour.pageLimit));
  return json('/api/v3/locations', 200, page, behaviour.totals ? { 'X-Total-Count': String(all.length) } : {});
}

function metadata(instance: OomnitzaInstance): ServiceAnswer {
  if (!instance.behaviour.metadata) throw new OomnitzaError(404, 'Not found.');
  return json('/api/v3/users/meta', 200, describeFields(instance));
}

function create(instance: OomnitzaInstance, request: ServiceRequest): ServiceAnswer {
  const record = createRecord(instance, contentOf(request), ignoresRestriction(request));
  return show(instance, '/api/v3/users', 201, record);
}

function change(instance: OomnitzaInstance, route: string, ident: string, request: ServiceRequest): ServiceAnswer {
  const record = find(instance, ident);
  return show(instance, route, 200, changeRecord(instance, record, contentOf(request), ignoresRestriction(request)));
}

function find(instance: OomnitzaInstance, ident: string): OomnitzaRecord {
  const { address } = instance.behaviour;
  const byId = address === 'username' ? undefined : instance.records.get(ident);
  const [byName] = address === 'user_id' ? [] : instance.holders('username', ident);
  const record = byId ?? byName;
  if (record === undefined) throw new OomnitzaError(404, `User '${ident}' not found.`);
  return record;
}

function show(instance: OomnitzaInstance, route: string, status: number, record: OomnitzaRecord): ServiceAnswer {
  const body = recordWriter(instance.fields.values(), instance.behaviour)(record);
  return { route, status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body };
}

function contentOf(request: ServiceRequest): unknown {
  if (request.malformed) throw new OomnitzaError(400, 'The body is not JSON.');
  return request.content;
}

function ignoresRestriction(request: ServiceRequest): boolean {
  return request.headers['oomnitza-ignore-meta-restriction'] === '1';
}
