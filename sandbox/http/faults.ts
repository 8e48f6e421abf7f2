import type { ServiceName, ServiceRequest } from './exchange.ts';
import { matchesPath } from './request-log.ts';

/** What goes wrong. Several effects of one fault hold together where that makes sense (`delayMs` with any). */
export interface FaultEffect {
  /** Answers this status instead of handling the request. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body of the answer: a text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** With `status` or `hang`: the request takes effect all the same, as behind a gateway that gave up too early. */
  readonly commit?: boolean;
  /** Ends the connection without an answer: before the request takes effect, or after. */
  readonly drop?: 'before' | 'after';
  /** Never answers, until the client gives up or the sandbox closes. */
  readonly hang?: boolean;
  /**
   * Sends half of the body. `connection`: announces all of it, then ends the connection.
   * `json`: well-formed HTTP around JSON that is cut off.
   */
  readonly truncate?: 'connection' | 'json';
  /** Answers this much later, on top of the latency. */
  readonly delayMs?: number;
  /** Rewrites the JSON that the service answers. */
  readonly replace?: (body: unknown, request: ServiceRequest) => unknown;
}

/** An effect, and the requests it meets. */
export interface Fault extends FaultEffect {
  readonly service?: ServiceName;
  readonly method?: string;
  /** Start of path and query as sent, or an expression tried on them. */
  readonly path?: string | RegExp;
  /** Any further condition. */
  readonly match?: (request: ServiceRequest) => boolean;
  /** Lets this many matching requests pass first. */
  readonly after?: number;
  /** How many requests it meets. Default 1; `Infinity` for all. */
  readonly times?: number;
}

interface Armed {
  readonly fault: Fault;
  passing: number;
  left: number;
}

/** The faults waiting to happen. The first that matches a request meets it. */
export class Faults {
  #armed: Armed[] = [];

  /** Adds a fault; the returned function takes it away again. */
  add(fault: Fault): () => void {
    const armed: Armed = { fault, passing: fault.after ?? 0, left: fault.times ?? 1 };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** Faults that have not met all their requests yet. */
  get pending(): number {
    return this.#armed.filter(({ left }) => left > 0 && left !== Infinity).length;
  }

  /** The fault that meets this request, counted down. */
  take(request: ServiceRequest): Fault | undefined {
    for (const armed of this.#armed) {
      if (armed.left <= 0 || !meets(armed.fault, request)) continue;
      if (armed.passing > 0) {
        armed.passing -= 1;
        continue;
      }
      armed.left -= 1;
      return armed.fault;
    }
    return undefined;
  }
}

function meets(fault: Fault, request: ServiceRequest): boolean {
  return (
    (fault.service === undefined || fault.service === request.service) &&
    (fault.method === undefined || fault.method === request.method) &&
    matchesPath(request.target, fault.path) &&
    (fault.match?.(request) ?? true)
  );
}

/** A short name of what a fault does, for the request log. */
export function describeFault(fault: Fault): string {
  const commit = fault.commit ? ' after commit' : '';
  if (fault.hang) return `hang${commit}`;
  if (fault.drop !== undefined) return `drop ${fault.drop}`;
  if (fault.truncate !== undefined) return `truncate ${fault.truncate}`;
  if (fault.status !== undefined) return `status ${fault.status}${commit}`;
  return fault.replace === undefined ? 'delay' : 'replace';
}
