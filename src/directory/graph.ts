import { randomUUID } from 'node:crypto';
import { Client, ResponseType, type Context, type GraphRequest, type Middleware, type MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import { HttpFailure, type Http, type HttpAnswer } from '../http/index.ts';
import { graphUnreachable } from './graph-failure.ts';
import { rolesIn } from './permissions.ts';
import type { TokenSource } from './token.ts';

/** A `GET` of Microsoft Graph v1.0: a path with query parameters, or the link of a next page exactly as Graph gave it. */
export type GraphQuery =
  | { readonly path: string; readonly parameters: Readonly<Record<string, string>>; readonly headers?: Readonly<Record<string, string>> }
  | { readonly link: URL; readonly headers?: Readonly<Record<string, string>> };

/** One question of several. */
export interface BatchRequest {
  /** By which its answer is known among the others. */
  readonly id: string;
  readonly method: 'GET';
  /** From behind the version on. */
  readonly url: string;
}

export interface Graph {
  /** Scheme, host and port of Graph, without a closing slash. */
  readonly origin: string;
  /**
   * Any answer that Graph gave, whatever its status; passing faults have been retried, and a token that it did not take
   * was replaced once.
   *
   * @throws SyncError `directory-incomplete` where Graph could not be reached, or what the token source throws.
   */
  get(query: GraphQuery): Promise<HttpAnswer>;
  /**
   * Asks several questions at once (https://learn.microsoft.com/graph/json-batching). The answer's own status says nothing of
   * its parts.
   *
   * @throws as `get` does
   */
  batch(requests: readonly BatchRequest[]): Promise<HttpAnswer>;
  /** The application permissions that the token carries; `undefined` where it cannot be read. */
  roles(): Promise<readonly string[] | undefined>;
}

/**
 * What one call carries through the client and back. The client would rebuild a link (and corrupt one whose filter
 * holds `https://`) and would lose an error's cause, so link, answer and error travel here instead.
 */
class Call implements MiddlewareOptions {
  readonly link: URL | undefined;
  /** Of a `POST`. */
  readonly body: string | undefined;
  answer: HttpAnswer | undefined;
  thrown: unknown;

  constructor(link: URL | undefined, body?: string) {
    this.link = link;
    this.body = body;
  }
}

/**
 * The end of the client's middleware chain: token, time-out, retries. The client's own retry handler is not used: it
 * leaves out network errors, 500 and 502, and nothing in it ends a request that hangs.
 */
class Transport implements Middleware {
  readonly #http: Http;
  readonly #token: TokenSource;

  constructor(http: Http, token: TokenSource) {
    this.#http = http;
    this.#token = token;
  }

  async execute(context: Context): Promise<void> {
    const call: unknown = context.middlewareControl?.getMiddlewareOptions(Call);
    if (!(call instanceof Call)) throw new TypeError('a Graph request must carry its Call');
    try {
      call.answer = await this.#send(call, context);
    } catch (thrown) {
      call.thrown = thrown instanceof HttpFailure ? graphUnreachable(thrown) : thrown;
      throw thrown;
    }
    context.response = new Response(null, { status: 204 });
  }

  async #send(call: Call, context: Context): Promise<HttpAnswer> {
    const token = await this.#token();
    const answer = await this.#sendWith(token, call, context);
    // A token can be revoked long before it ends; a new one that is refused as well will not get better.
    return answer.status === 401 ? await this.#sendWith(await this.#token(token), call, context) : answer;
  }

  async #sendWith(token: string, call: Call, context: Context): Promise<HttpAnswer> {
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'client-request-id': randomUUID(),
      ...stringsOf(context.options?.headers),
    };
    const built: unknown = context.request;
    const url = call.link ?? new URL(String(built));
    const { body } = call;
    if (body === undefined) return await this.#http.send({ method: 'GET', url, headers, repeatable: true });
    return await this.#http.send({ method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, body, repeatable: true });
  }
}

function stringsOf(headers: unknown): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (typeof value === 'string' && name.toLowerCase() !== 'content-type') strings[name] = value;
  }
  return strings;
}

/** @param graphUrl scheme and host of Graph, such as `https://graph.microsoft.com` */
export function connectGraph(graphUrl: URL, token: TokenSource, http: Http): Graph {
  const client = Client.initWithMiddleware({ baseUrl: `${graphUrl.origin}/`, defaultVersion: 'v1.0', middleware: new Transport(http, token) });
  return {
    origin: graphUrl.origin,
    roles: async () => rolesIn(await token()),
    async get(query) {
      const call = new Call('link' in query ? query.link : undefined);
      const path = 'link' in query ? '/' : `${query.path}?${queryString(query.parameters)}`;
      return await answerTo(call, () => requestFor(client, path, call).headers({ ...query.headers }).get());
    },
    async batch(requests) {
      const body = JSON.stringify({ requests });
      const call = new Call(undefined, body);
      return await answerTo(call, () => requestFor(client, '/$batch', call).post(body));
    },
  };
}

function requestFor(client: Client, path: string, call: Call): GraphRequest {
  return client.api(path).middlewareOptions([call]).responseType(ResponseType.RAW);
}

async function answerTo(call: Call, send: () => Promise<unknown>): Promise<HttpAnswer> {
  try {
    await send();
  } catch (thrown) {
    throw call.thrown ?? thrown;
  }
  if (call.answer === undefined) throw new TypeError('the Graph client gave neither an answer nor an error');
  return call.answer;
}

/** Percent-encodes every value; the client itself encodes nothing. */
function queryString(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
