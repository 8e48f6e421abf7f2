import type { IncomingHttpHeaders } from 'node:http';
import type { ServiceName } from './exchange.ts';

/** One request that reached the sandbox, in the order of arrival. Times are milliseconds of `performance.now()`. */
export interface LoggedRequest {
  readonly service: ServiceName;
  readonly method: string;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** The query, decoded. Of a repeated key the last value. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** The body parsed as JSON or form; undefined when there was none. */
  readonly content: unknown;
  /** The path with its variable parts named; the path itself when no service saw the request. */
  route: string;
  /** The status sent; null as long as, or because, none was sent. */
  status: number | null;
  /** What an injected fault did to this request. */
  fault: string | null;
  readonly startedAt: number;
  /** When the answer was handed to the connection, or the connection ended; null while it is open. */
  endedAt: number | null;
}

/** Which requests are meant; every given property must match. */
export interface RequestMatch {
  readonly service?: ServiceName;
  readonly method?: string;
  /** Start of path and query as sent, or an expression tried on them. */
  readonly path?: string | RegExp;
  readonly route?: string;
}

/** Every request the sandbox received. */
export class RequestLog implements Iterable<LoggedRequest> {
  #entries: LoggedRequest[] = [];
  readonly #listeners = new Set<() => void>();

  get length(): number {
    return this.#entries.length;
  }

  /** All requests so far, oldest first. */
  get all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  [Symbol.iterator](): Iterator<LoggedRequest> {
    return this.#entries[Symbol.iterator]();
  }

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    for (const listener of this.#listeners) listener();
  }

  clear(): void {
    this.#entries = [];
  }

  filter(match: RequestMatch | ((entry: LoggedRequest) => boolean)): LoggedRequest[] {
    return this.#entries.filter(typeof match === 'function' ? match : (entry) => matches(entry, match));
  }

  count(match: RequestMatch | ((entry: LoggedRequest) => boolean) = {}): number {
    return this.filter(match).length;
  }

  /** How many requests of each kind, such as `graph GET /v1.0/users`, in order of first appearance. */
  byKind(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { service, method, route } of this.#entries) {
      const kind = `${service} ${method} ${route}`;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }

  /** Requests that write to Oomnitza. */
  writes(): LoggedRequest[] {
    return this.filter(({ service, method, path }) => service === 'oomnitza' && method !== 'GET' && path !== '/api/request_token');
  }

  /** Calls back after each arrival, until the returned function is called. */
  onArrival(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Parameters that are different in every run. */
const VOLATILE = new Set(['$skiptoken', 'client-request-id', 'se', 'sig']);

/**
 * A request in one line that is the same in every run, such as `graph GET /v1.0/users?$top=999 200`, for snapshots.
 * What was sent in the body is not part of it.
 */
export function describeRequest({ service, method, path, route, query, status, fault }: LoggedRequest): string {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${VOLATILE.has(name) ? '…' : value}`);
  const place = service === 'github' && path.startsWith('/artifact-storage/') ? route : path;
  const ending = status === null ? `no answer (${fault ?? 'gone'})` : String(status);
  return `${service} ${method} ${place}${parameters.length > 0 ? '?' : ''}${parameters.join('&')} ${ending}`;
}

function matches(entry: LoggedRequest, match: RequestMatch): boolean {
  return (
    (match.service === undefined || entry.service === match.service) &&
    (match.method === undefined || entry.method === match.method) &&
    (match.route === undefined || entry.route === match.route) &&
    matchesPath(entry.target, match.path)
  );
}

/** Whether path and query start with the text, or satisfy the expression. */
export function matchesPath(target: string, path: string | RegExp | undefined): boolean {
  if (path === undefined) return true;
  if (typeof path === 'string') return target.startsWith(path);
  path.lastIndex = 0;
  return path.test(target);
}
