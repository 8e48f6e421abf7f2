import { randomBytes } from 'node:crypto';
import type { ServiceAnswer, ServiceRequest } from '../http/exchange.ts';
import type { DirectoryUser, DirectoryValue } from '../entra/directory-user.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import type { SpoiltPart } from './batch.ts';
import { authorizeSelection, denied, type Rights } from './authorization.ts';
import { badRequest, GraphError, graphHeaders, unsupportedQuery } from './errors.ts';
import { readExpand, type Expansion } from './expand.ts';
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
  /** Devices on a page. */
  devicesPerPage: number;
  /** Requests for sign-ins that are answered in any minute. */
  signInsPerMinute: number;
  /** What to answer to a part of a batch, by its url, in place of the part's own answer. */
  spoilPart: (url: string) => SpoiltPart | undefined;
}

/** Users that can be listed: all of the tenant, or some of them. */
export interface UserCollection {
  /** What requests are counted by. */
  readonly route: string;
  /** From the root of the service. */
  readonly path: string;
  readonly users: () => Iterable<DirectoryUser>;
  /** Members of a group: they are listed in the advanced mode alone, and without what other services know of them. */
  readonly members: boolean;
}

interface Query {
  readonly select: string | null;
  readonly selection: Selection;
  readonly top: number;
  readonly filter: UserFilter | null;
  readonly expansion: Expansion | null;
  /** Whether users are shown with more than their ids. */
  readonly full: boolean;
  readonly order: UserOrder | null;
  readonly counted: boolean;
  /** Properties that come as null. */
  readonly hidden: ReadonlySet<string>;
  /** What the request said, canonically: a next link must say the same. */
  readonly key: string;
}

interface Walk {
  readonly collection: UserCollection;
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

const OPTIONS = new Set(['$select', '$top', '$filter', '$expand', '$count', '$orderby', '$skiptoken']);
/** What a list of members has null for: it is not documented to give them. */
const NOT_OF_MEMBERS = new Set(['customSecurityAttributes', 'signInActivity']);
const MINUTE_MS = 60_000;

/** `GET /users` and the users of groups: selection, relationships, filter, order and pages. */
export class UserListing {
  readonly #tenant: EntraTenant;
  readonly #paging: GraphPaging;
  readonly #url: () => string;
  readonly #tokens = new Map<string, PageToken>();
  #pages = new Map<string, string>();
  #pagesRevision = -1;
  #signIns: number[] = [];

  constructor(tenant: EntraTenant, paging: GraphPaging, url: () => string) {
    this.#tenant = tenant;
    this.#paging = paging;
    this.#url = url;
  }

  /** All users of the tenant. */
  everybody(): UserCollection {
    return { route: '/v1.0/users', path: '/v1.0/users', users: () => this.#tenant.users.values(), members: false };
  }

  page(call: GraphCall, rights: Rights, collection = this.everybody()): ServiceAnswer {
    const query = this.#readQuery(call.request, rights, collection);
    const token = call.request.query.get('$skiptoken');
    const at = token === null ? this.#start(query, collection) : this.#resume(token, query);
    const { walk } = at;
    const end = at.empty ? at.offset : Math.min(at.offset + query.top, walk.ids.length);

    const parts = [`{"@odata.context":${JSON.stringify(this.#context(query))}`];
    if (query.counted && token === null) parts.push(`,"@odata.count":${walk.ids.length}`);
    if (end < walk.ids.length) {
      const page = at.page + 1;
      const every = this.#paging.emptyPageEvery;
      const empty = !at.empty && every > 0 && page % every === 0;
      const next = this.#issue({ walk, offset: end, page, empty, issuedAt: Date.now() });
      parts.push(`,"@odata.nextLink":${JSON.stringify(this.#nextLink(collection.path, call.request, next))}`);
    }
    parts.push(`,"value":[${this.#users(walk, at.offset, end)}]}`);
    return {
      route: collection.route,
      status: 200,
      headers: {
        'Content-Type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
        ...graphHeaders(call.ids),
      },
      body: parts.join(''),
    };
  }

  /** `GET /users/$count`. */
  count(call: GraphCall, rights: Rights): ServiceAnswer {
    if (!isEventual(call.request)) throw badRequest('$count is not currently supported.');
    const { filter } = this.#readQuery(call.request, rights, this.everybody());
    const count = filter === null ? this.#tenant.users.size : [...this.#tenant.users.values()].filter(filter.holds).length;
    const headers = { 'Content-Type': 'text/plain', ...graphHeaders(call.ids) };
    return { route: '/v1.0/users/$count', status: 200, headers, body: String(count) };
  }

  #readQuery(request: ServiceRequest, rights: Rights, collection: UserCollection): Query {
    const { query } = request;
    // Members come without the permission as well, but nothing of them does.
    if (!collection.members && !rights('users')) throw denied();
    for (const name of query.keys()) {
      if (!OPTIONS.has(name)) throw badRequest(`The query option '${name}' is not supported.`);
    }
    const select = query.get('$select');
    const counted = readBoolean('$count', query.get('$count'));
    const advanced = isEventual(request) && (counted || request.path.endsWith('/$count'));
    const resumes = query.has('$skiptoken');
    if (collection.members && !advanced) throw badRequest('The OData cast is only supported with $count=true and the ConsistencyLevel header.');
    if (query.get('$count') === 'true' && resumes && !isEventual(request)) throw badRequest('The next page of an advanced query needs the ConsistencyLevel header.');
    const filterText = query.get('$filter');
    const filter = filterText === null ? null : compileFilter(filterText, this.#tenant);
    if (filter?.advancedFor !== undefined && !advanced) throw unsupportedQuery(filter.advancedFor);
    const expansion = readExpand(this.#tenant, query.get('$expand'), advanced || collection.members);
    const selection = readSelect(this.#tenant, select, true);
    const top = readTop(query.get('$top'));
    if (!collection.members) this.#limitSignIns(selection, top, rights);
    const order = readOrder(query.get('$orderby'));
    if (order !== null && filter !== null && !advanced) throw unsupportedQuery('Sorting not supported for current query.');
    return {
      select,
      selection,
      top,
      filter,
      expansion,
      full: rights('users'),
      order,
      counted: counted && isEventual(request),
      key: JSON.stringify([collection.path, select, query.get('$top'), filterText, query.get('$expand'), query.get('$orderby'), counted, rights('users'), rights('securityAttributes')]),
      hidden: new Set([...(collection.members ? NOT_OF_MEMBERS : []), ...(rights('securityAttributes') ? [] : ['customSecurityAttributes'])]),
    };
  }

  /** Sign-ins come from the service of the audit logs, which has a licence, a permission, a page size and a limit of its own. */
  #limitSignIns(selection: Selection, top: number, rights: Rights): void {
    authorizeSelection(this.#tenant, selection, rights);
    if (!selection.includes('signInActivity')) return;
    if (top > 500) throw unsupportedQuery(`Invalid page size specified: '${top}'. Must be between 1 and 500 inclusive.`);
    const now = Date.now();
    this.#signIns = [...this.#signIns.filter((at) => now - at < MINUTE_MS), now];
    if (this.#signIns.length > this.#paging.signInsPerMinute) throw new GraphError(429, 'TooManyRequests', 'Too many requests for sign-in activity.');
  }

  #start(query: Query, collection: UserCollection): PageToken {
    let users = [...collection.users()];
    if (query.filter !== null) users = users.filter(query.filter.holds);
    if (query.order !== null) users = users.sort(compareUsers(query.order));
    const walk: Walk = { collection, query, ids: users.map(({ id }) => id), revision: this.#tenant.revision };
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

  #nextLink(path: string, request: ServiceRequest, token: string): string {
    const kept = [...request.query].filter(([name]) => name !== '$skiptoken');
    const query = [...kept, ['$skiptoken', token] as const].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `${this.#url()}${path}?${query.join('&')}`;
  }

  #context(query: Query): string {
    return `${this.#url()}/v1.0/$metadata#users${query.select === null ? '' : `(${query.selection.join(',')})`}`;
  }

  /** The users of a page as JSON without the brackets; of the whole directory kept until a user changes, for the next walk alike. */
  #users(walk: Walk, offset: number, end: number): string {
    const { collection, query } = walk;
    if (collection.members || query.expansion !== null) return this.#shown(walk, offset, end);
    if (this.#pagesRevision !== this.#tenant.revision) {
      this.#pages = new Map();
      this.#pagesRevision = this.#tenant.revision;
    }
    const key = `${query.key} ${walk.revision} ${offset} ${end}`;
    let users = this.#pages.get(key);
    if (users === undefined) {
      users = this.#shown(walk, offset, end);
      this.#pages.set(key, users);
    }
    return users;
  }

  #shown({ ids, query }: Walk, offset: number, end: number): string {
    return ids
      .slice(offset, end)
      .flatMap((id) => this.#tenant.users.get(id) ?? [])
      .map((user) => JSON.stringify(shown(user, query)))
      .join(',');
  }
}

function shown(user: DirectoryUser, { selection, expansion, full, hidden }: Query): Record<string, DirectoryValue> {
  if (!full) return Object.fromEntries(selection.map((name) => [name, name === 'id' ? user.id : null]));
  const properties = pick(user, selection);
  for (const name of hidden) if (name in properties) properties[name] = null;
  const related = expansion?.read(user);
  return related === undefined || expansion === null ? properties : { ...properties, [expansion.name]: related };
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
