import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fetch, request, type Dispatcher, type RequestInit, type Response } from 'undici';
import { dispatcherOnce, dispatcherThrough, type ClientIdentity } from './dispatchers.ts';
import { httpFailure } from './failure.ts';
import { proxyFor } from './proxy.ts';

/** What an exchange needs of an answer. */
export interface TransportAnswer {
  readonly status: number;
  /** @param name in lower case */
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request, the reading of the body included. */
  readonly signal: AbortSignal;
  /** Whether it gets a new connection, which nothing uses after it. */
  readonly apart?: boolean;
}

/** Sends one request. It follows no redirect, since that would carry our own authorization headers to wherever it points. */
export type Transport = (url: URL, request: TransportRequest) => Promise<TransportAnswer>;

/**
 * A transport over connections that are kept and used again. It is undici's own, since `fetch` makes a web stream of
 * every body, and takes whatever dispatcher another library has installed for the whole process. Where the environment
 * names a proxy it goes through that.
 */
export const transport: Transport = transportAs(undefined);

/**
 * The same, presenting a certificate to each server that asks for one.
 *
 * @param connections the most at a time to one host, of all transports together that are made so; any number without it
 */
export function transportAs(identity: ClientIdentity | undefined, connections?: number): Transport {
  return async (url, { headers, apart = false, ...rest }) => {
    const proxy = proxyFor(url, process.env);
    const dispatcher = apart ? dispatcherOnce(proxy, identity) : dispatcherThrough(proxy, identity, connections);
    const answer = await request(url, { dispatcher, reset: apart, headers: { 'accept-encoding': 'gzip', ...headers }, ...rest });
    return {
      status: answer.statusCode,
      headers: { get: (name) => joined(answer.headers[name]) },
      text: () => textOf(answer),
    };
  };
}

/**
 * `fetch` over the same connections and through the same proxy, for libraries that want one.
 *
 * @throws {@link HttpFailure} where a proxy stands between, since the library's own words would not tell
 */
export async function webFetch(address: string | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(address);
  const proxy = proxyFor(url, process.env);
  try {
    return await fetch(url, { ...init, dispatcher: dispatcherThrough(proxy) });
  } catch (thrown) {
    init.signal?.throwIfAborted();
    throw proxy === undefined ? thrown : httpFailure(thrown, url.host, proxy);
  }
}

/** Far above any page of people, and far below what would exhaust the runner. */
const mostBytes = 256 * 1024 * 1024;
const unzip = promisify(gunzip);

async function textOf({ headers, body }: Dispatcher.ResponseData): Promise<string> {
  if (joined(headers['content-encoding'])?.toLowerCase() !== 'gzip') return await body.text();
  const bytes = await unzip(await body.bytes(), { maxOutputLength: mostBytes });
  return bytes.toString('utf8');
}

function joined(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value : (value?.join(', ') ?? null);
}
