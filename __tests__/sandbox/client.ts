import { Agent, request as send } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { isRecord } from '../../sandbox/http/exchange.ts';
import { CREDENTIALS, type Sandbox, type ServiceName } from '../../sandbox/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, seen as an object. */
  readonly body: Record<string, unknown>;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is, parameters as a form, anything else as JSON. */
  readonly body?: unknown;
}

/** A client that trusts the sandbox and keeps its connections. Close it, or the tests do not end. */
export class Client {
  readonly sandbox: Sandbox;
  readonly #agent: Agent;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.#agent = new Agent({ ca: sandbox.ca, keepAlive: true });
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Calls a path of a service, or an absolute URL. */
  async call(service: ServiceName, path: string, call: Call = {}): Promise<Answer> {
    const url = new URL(path, this.sandbox.urls[service]);
    const { content, type } = encode(call.body);
    const headers = { ...(type === undefined ? {} : { 'Content-Type': type }), ...call.headers };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const outgoing = send(url, { agent: this.#agent, method: call.method ?? 'GET', headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: parse(text) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(content);
    return promise;
  }

  /** Asks the authority for a token. */
  async token(changes: Readonly<Record<string, string>> = {}, tenant = this.sandbox.tenant.tenantId): Promise<Answer> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CREDENTIALS.clientId,
      client_secret: CREDENTIALS.clientSecret,
      scope: `${this.sandbox.urls.graph}/.default`,
      ...changes,
    });
    return this.call('authority', `/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: form });
  }

  /** Calls Graph with a token of its own, and the advanced parameters' header if wanted. */
  async graph(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const token = await this.token();
    const authorization = `Bearer ${String(token.body['access_token'])}`;
    return this.call('graph', path, { headers: { Authorization: authorization, ...headers } });
  }

  /** Calls Oomnitza with the API token. */
  async oomnitza(path: string, call: Call = {}): Promise<Answer> {
    return this.call('oomnitza', path, { ...call, headers: { Authorization2: CREDENTIALS.apiToken, ...call.headers } });
  }
}

function encode(body: unknown): { content: string | undefined; type: string | undefined } {
  if (body === undefined) return { content: undefined, type: undefined };
  if (body instanceof URLSearchParams) return { content: body.toString(), type: 'application/x-www-form-urlencoded' };
  return { content: typeof body === 'string' ? body : JSON.stringify(body), type: 'application/json' };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** The objects of a list. */
export function objects(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value) || !value.every(isRecord)) throw new Error(`no list of objects: ${JSON.stringify(value)}`);
  return value;
}
