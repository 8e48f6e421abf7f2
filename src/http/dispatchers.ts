import { Agent, ProxyAgent, type Dispatcher } from 'undici';

/** A certificate with its key, both PEM, that is presented to a server that asks for one. */
export interface ClientIdentity {
  readonly key: string;
  readonly cert: string;
}

/** Time-outs are the exchange's own, for the attempt as a whole. */
const settings = { keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0 };
const connect = { timeout: 10_000 };

/** Connections that are kept and used again, all of which present the same certificate or none. */
class Connections {
  readonly #requestTls: typeof connect & Partial<ClientIdentity>;
  readonly #direct: Agent;
  readonly #proxied = new Map<string, ProxyAgent>();

  constructor(identity: ClientIdentity | undefined) {
    // A proxy is another server: the certificate is none of its business.
    this.#requestTls = { ...connect, ...(identity === undefined ? {} : { key: identity.key, cert: identity.cert }) };
    this.#direct = new Agent({ ...settings, connect: this.#requestTls });
  }

  through(proxy: URL | undefined): Dispatcher {
    if (proxy === undefined) return this.#direct;
    const known = this.#proxied.get(proxy.href);
    if (known !== undefined) return known;
    const dispatcher = new ProxyAgent({ ...settings, uri: proxy.href, proxyTls: connect, requestTls: this.#requestTls });
    this.#proxied.set(proxy.href, dispatcher);
    return dispatcher;
  }
}

const anonymous = new Connections(undefined);
const identified = new WeakMap<ClientIdentity, Connections>();

/**
 * The connections that a request uses, kept for further ones.
 *
 * @param proxy `undefined` for those straight to the host
 * @param identity who is presented to the host; no request without it ever uses these connections
 */
export function dispatcherThrough(proxy: URL | undefined, identity?: ClientIdentity): Dispatcher {
  if (identity === undefined) return anonymous.through(proxy);
  const connections = identified.get(identity) ?? new Connections(identity);
  identified.set(identity, connections);
  return connections.through(proxy);
}

/** A connection for one request, which has to end it. */
export function dispatcherOnce(proxy: URL | undefined, identity?: ClientIdentity): Dispatcher {
  return new Connections(identity).through(proxy);
}
