import { randomBytes } from 'node:crypto';
import type { ServiceAnswer, ServiceRequest } from '../http/exchange.ts';
import type { DirectoryUser } from '../entra/directory-user.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { badRequest, GraphError, graphHeaders, unsupportedQuery } from './errors.ts';
import { compileFilter, type UserFilter } from './filter.ts';
import { compareUsers, readOrder, type UserOrder } from './order.ts';
import { pick, readSelect, type Selection } from './selection.ts';
import type { GraphCall } from './service.ts';

/** How the list of users is paged; may be changed at any time. */
export interface GraphPaging {
  /** Page tokens older than this are refused with `Directory_ExpiredPageToken`. */
  tokenLifetimeMs: number;
  /** Puts a page without users, but with a next link, in front of every n-th page; 0: none. */
  emptyPageEvery: number;
}

interface Query {
  readonly select: string | null;
  readonly selection: Selection;
  readonly top: number;
  readonly filter: UserFilter | null;
  readonly order: UserOrder | null;
  readonly counted: boolean;
  /** What the request said, canonically: a next link must say the same. */
  readonly key: string;
}

interface Walk {
  readonly query: Query;
  /** Users at the start of the walk; who is removed meanwhile is missing from the later pages. */
  readonly ids: readonly string[];
  readonly revision: number;
}

interface PageToken {
  readonly walk: Walk;
  readonly offset: number;
  readonly page: number;
  readonly empty: boolean;
  readonly issuedAt: number;
}

const OPTIONS = new Set(['$select', '$top', '$filter', '$count', '$orderby', '$skiptoken']);

/** `GET /users`: selection, filter, order and pages. */
export class UserListing {
  readonly #tenant: EntraTenant;
  readonly #paging: GraphPaging;
  readonly #url: () => string;
  readonly #tokens = new Map<string, PageToken>();
  #pages = new Map<string, string>();
  #pagesRevision = -1;

  constructor(tenant: EntraTenant, paging: GraphPaging, url: () => string) {
    this.#tenant = tenant;
    this.#paging = paging;
    this.#url = url;
  }

  page(call: GraphCall): ServiceAnswer {
    const query = this.#readQuery(call.request);
    const token = call.request.query.get('$skiptoken');
    const at = token === null ? this.#start(query) : this.#resume(token, query);
    const { walk } = at;
    const end = at.empty ? at.offset : Math.min(at.offset + query.top, walk.ids.length);

    const parts = [`{"@odata.context":${JSON.stringify(this.#context(query))}`];
    if (query.counted && token === null) parts.push(`,"@odata.count":${walk.ids.length}`);
    if (end < walk.ids.length) {
      const page = at.page + 1;
      const every = this.#paging.emptyPageEvery;
      const empty = !at.empty && every > 0 && page % every === 0;
      const next = this.#issue({ walk, offset: end, page, empty, issuedAt: Date.now() });
      parts.push(`,"@odata.nextLink":${JSON.stringify(this.#nextLink(call.request, next))}`);
    }
    parts.push(`,"value":[${this.#users(walk, at.offset, end)}]}`);
    return {
      route: '/v1.0/users',
      status: 200,
      headers: {
        'Content-Type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
        ...graphHeaders(call.ids),
      },
      body: parts.join(''),
    };
  }

  /** `GET /users/$count`. */
  count(call: GraphCall): ServiceAnswer {
    if (!isEventual(call.request)) throw badRequest('$count is not currently supported.');
    const { filter } = this.#readQuery(call.request);
    const count = filter === null ? this.#tenant.users.size : [...this.#tenant.users.values()].filter(filter.holds).length;
    const headers = { 'Content-Type': 'text/plain', ...graphHeaders(call.ids) };
    return { route: '/v1.0/users/$count', status: 200, headers, body: String(count) };
  }

  #readQuery(request: ServiceRequest): Query {
    const { query } = request;
    for (const name of query.keys()) {
      if (!OPTIONS.has(name)) throw badRequest(`The query option '${name}' is not supported.`);
    }
    const select = query.get('$select');
    const counted = readBoolean('$count', query.get('$count'));
    const advanced = isEventual(request) && (counted || request.path.endsWith('/$count'));
    const filterText = query.get('$filter');
    const filter = filterText === null ? null : compileFilter(filterText, this.#tenant);
    if (filter?.advancedFor !== undefined && !advanced) throw unsupportedQuery(filter.advancedFor);
    const order = readOrder(query.get('$orderby'));
    if (order !== null && filter !== null && !advanced) throw unsupportedQuery('Sorting not supported for current query.');
    return {
      select,
      selection: readSelect(this.#tenant, select, true),
      top: readTop(query.get('$top')),
      filter,
      order,
      counted: counted && isEventual(request),
      key: JSON.stringify([select, query.get('$top'), filterText, query.get('$orderby'), counted]),
    };
  }

  #start(query: Query): PageToken {
    let users: DirectoryUser[] | undefined;
    if (query.filter !== null) users = [...this.#tenant.users.values()].filter(query.filter.holds);
    if (query.order !== null) users = (users ?? [...this.#tenant.users.values()]).sort(compareUsers(query.order));
    const ids = users?.map(({ id }) => id) ?? [...this.#tenant.users.keys()];
    const walk: Walk = { query, ids, revision: this.#tenant.revision };
    return { walk, offset: 0, page: 0, empty: false, issuedAt: Date.now() };
  }

  #resume(token: string, query: Query): PageToken {
    const at = this.#tokens.get(token);
    if (at === undefined || at.walk.query.key !== query.key) {
      throw badRequest('The specified page token value is invalid or does not belong to this query.');
    }
    if (Date.now() - at.issuedAt > this.#paging.tokenLifetimeMs) {
      throw new GraphError(
        400,
        'Directory_ExpiredPageToken',
        'The specified page token value has expired and can no longer be included in your request.',
      );
    }
    return at;
  }

  #issue(at: PageToken): string {
    const token = `RFNwdAIAAQAAA${randomBytes(48).toString('base64url')}`;
    this.#tokens.set(token, at);
    return token;
  }

  #nextLink(request: ServiceRequest, token: string): string {
    const kept = [...request.query].filter(([name]) => name !== '$skiptoken');
    const query = [...kept, ['$skiptoken', token] as const].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `${this.#url()}/v1.0/users?${query.join('&')}`;
  }

  #context(query: Query): string {
    return `${this.#url()}/v1.0/$metadata#users${query.select === null ? '' : `(${query.selection.join(',')})`}`;
  }

  /** The users of a page as JSON without the brackets; kept until a user changes, for the next walk alike. */
  #users(walk: Walk, offset: number, end: number): string {
    if (this.#pagesRevision !== this.#tenant.revision) {
      this.#pages = new Map();
      this.#pagesRevision = this.#tenant.revision;
    }
    const key = `${walk.query.key} ${walk.revision} ${offset} ${end}`;
    let users = this.#pages.get(key);
    if (users === undefined) {
      users = walk.ids
        .slice(offset, end)
        .flatMap((id) => this.#tenant.users.get(id) ?? [])
        .map((user) => JSON.stringify(pick(user, walk.query.selection)))
        .join(',');
      this.#pages.set(key, users);
    }
    return users;
  }
}

function readTop(text: string | null): number {
  if (text === null) return 100;
  const top = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(top)) throw badRequest(`Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`);
  if (top < 1 || top > 999) throw unsupportedQuery(`Invalid page size specified: '${text}'. Must be between 1 and 999 inclusive.`);
  return top;
}

function readBoolean(name: string, text: string | null): boolean {
  if (text === null || text === 'false') return false;
  if (text === 'true') return true;
  throw badRequest(`Invalid value '${text}' for ${name} query option found.`);
}

function isEventual(request: ServiceRequest): boolean {
  const header = request.headers['consistencylevel'];
  return typeof header === 'string' && header.toLowerCase() === 'eventual';
}
