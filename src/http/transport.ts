import { Agent, request } from 'undici';

/** What an exchange needs of an answer; a `Response` of `fetch` has all of it. */
export interface TransportAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request, the reading of the body included. */
  readonly signal: AbortSignal;
}

/** Sends one request. It follows no redirect, since that would carry our own authorization headers to wherever it points. */
export type Transport = (url: URL, request: TransportRequest) => Promise<TransportAnswer>;

/**
 * A transport over connections that are kept and used again. It is undici's own, since `fetch` makes a web stream of
 * every body, at twice the price, and takes whatever dispatcher another library has installed for the whole process.
 */
export function createTransport(): Transport {
  // Time-outs are the exchange's own, for the attempt as a whole.
  const agent = new Agent({ keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });
  return async (url, { method, headers, body, signal }) => {
    const answer = await request(url, { dispatcher: agent, method, headers, signal, ...(body === undefined ? {} : { body }) });
    return {
      status: answer.statusCode,
      headers: {
        get(name) {
          const value = answer.headers[name];
          return Array.isArray(value) ? value.join(', ') : (value ?? null);
        },
      },
      text: () => answer.body.text(),
    };
  };
}
