import { Agent, ProxyAgent, type Dispatcher } from 'undici';

/** A certificate with its key, both PEM, that is presented to a server that asks for one. */
export interface ClientIdentity {
  readonly key: string;
  readonly cert: string;
}

/** Time-outs are the exchange's own, for the attempt as a whole. */
const settings = { keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0 };
const connect = { timeout: 10_000 };

/** How connections are made that may be used for one another's requests. */
interface Kind {
  /** All present the same certificate, or none. */
  readonly identity: ClientIdentity | undefined;
  /** The most to one host. */
  readonly most: number | undefined;
}

/** Connections that are kept and used again. */
class Connections {
  readonly #settings: typeof settings & { readonly connections?: number };
  readonly #requestTls: typeof connect & Partial<ClientIdentity>;
  readonly #direct: Agent;
  readonly #proxied = new Map<string, ProxyAgent>();

  constructor({ identity, most }: Kind) {
    this.#settings = most === undefined ? settings : { ...settings, connections: most };
    // A proxy is another server: the certificate is none of its business.
    this.#requestTls = { ...connect, ...(identity === undefined ? {} : { key: identity.key, cert: identity.cert }) };
    this.#direct = new Agent({ ...this.#settings, connect: this.#requestTls });
  }

  through(proxy: URL | undefined): Dispatcher {
    if (proxy === undefined) return this.#direct;
    const known = this.#proxied.get(proxy.href);
    if (known !== undefined) return known;
    const dispatcher = new ProxyAgent({ ...this.#settings, uri: proxy.href, proxyTls: connect, requestTls: this.#requestTls });
    this.#proxied.set(proxy.href, dispatcher);
    return dispatcher;
  }
}

const anonymous = new Map<number | undefined, Connections>();
const identified = new WeakMap<ClientIdentity, Map<number | undefined, Connections>>();

/**
 * The connections that a request uses, kept for further ones.
 *
 * @param proxy `undefined` for those straight to the host
 * @param identity who is presented to the host; no request without it ever uses these connections
 * @param most to one host at a time; requests that ask for another number do not share them
 */
export function dispatcherThrough(proxy: URL | undefined, identity?: ClientIdentity, most?: number): Dispatcher {
  const kept = identity === undefined ? anonymous : (identified.get(identity) ?? new Map<number | undefined, Connections>());
  if (identity !== undefined) identified.set(identity, kept);
  const connections = kept.get(most) ?? new Connections({ identity, most });
  kept.set(most, connections);
  return connections.through(proxy);
}

/** A connection for one request, which has to end it. */
export function dispatcherOnce(proxy: URL | undefined, identity?: ClientIdentity): Dispatcher {
  return new Connections({ identity, most: undefined }).through(proxy);
}
