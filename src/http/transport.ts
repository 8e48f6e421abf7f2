import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Agent, request, type Dispatcher } from 'undici';

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
}

/** Sends one request. It follows no redirect, since that would carry our own authorization headers to wherever it points. */
export type Transport = (url: URL, request: TransportRequest) => Promise<TransportAnswer>;

/**
 * A transport over connections that are kept and used again. It is undici's own, since `fetch` makes a web stream of
 * every body, and takes whatever dispatcher another library has installed for the whole process.
 */
export function createTransport(): Transport {
  // Time-outs are the exchange's own, for the attempt as a whole.
  const dispatcher = new Agent({ keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });
  return async (url, { headers, ...rest }) => {
    const answer = await request(url, { dispatcher, headers: { 'accept-encoding': 'gzip', ...headers }, ...rest });
    return {
      status: answer.statusCode,
      headers: { get: (name) => joined(answer.headers[name]) },
      text: () => textOf(answer),
    };
  };
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
