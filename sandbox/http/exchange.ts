import type { IncomingHttpHeaders } from 'node:http';

/** The simulated services, each on its own port. */
export type ServiceName = 'authority' | 'graph' | 'oomnitza' | 'github';

/** A request as a service sees it: complete, its body read. */
export interface ServiceRequest {
  readonly service: ServiceName;
  readonly method: string;
  /** Path and query as they were sent, percent-encoding included. */
  readonly target: string;
  /** The path as it was sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body parsed by its content type (JSON or form); undefined when empty or neither. */
  readonly content: unknown;
  /** The body says it is JSON, and is not. */
  readonly malformed: boolean;
}

/** What a service answers. */
export interface ServiceAnswer {
  /** The path with its variable parts named, such as `/api/v3/users/{ident}`: what requests are counted by. */
  readonly route: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A service is a function: it computes, and never waits. */
export type Service = (request: ServiceRequest) => ServiceAnswer;

/** An answer with a JSON body. */
export function json(
  route: string,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): ServiceAnswer {
  return {
    route,
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** The segments of a path, percent-decoded; undefined when the encoding is broken. */
export function segments(path: string): string[] | undefined {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Narrows to an object that can be read by key. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
