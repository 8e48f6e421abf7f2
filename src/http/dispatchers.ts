import { Agent, ProxyAgent, type Dispatcher } from 'undici';

/** Time-outs are the exchange's own, for the attempt as a whole. */
const settings = { keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0 };
const connect = { timeout: 10_000 };

const direct = new Agent({ ...settings, connect });
const proxied = new Map<string, ProxyAgent>();

/** The connections that a request uses, kept for further ones. @param proxy `undefined` for those straight to the host */
export function dispatcherThrough(proxy: URL | undefined): Dispatcher {
  if (proxy === undefined) return direct;
  const known = proxied.get(proxy.href);
  if (known !== undefined) return known;
  const dispatcher = new ProxyAgent({ ...settings, uri: proxy.href, proxyTls: connect, requestTls: connect });
  proxied.set(proxy.href, dispatcher);
  return dispatcher;
}
