import { SyncError } from '../errors.ts';

type Environment = Record<string, string | undefined>;

/**
 * The proxy that a request goes through, `undefined` where it goes straight to its host. `HTTPS_PROXY` and `NO_PROXY`
 * are read as curl and the runner read them: the lower-case name first, an entry of `NO_PROXY` for the host, its
 * subdomains, and a port of theirs where it names one.
 */
export function proxyFor(url: URL, environment: Readonly<Environment>): URL | undefined {
  if (url.protocol !== 'https:' || bypassed(url, entriesOf(environment))) return undefined;
  return addressIn(setting(environment, 'HTTPS_PROXY'));
}

/**
 * Makes the settings of the proxy mean the same to every library of the action, some of which read the environment
 * themselves and differ in what they understand.
 *
 * @param environment is changed
 * @param onSecret told of the proxy's password
 * @throws SyncError `invalid-input` where `HTTPS_PROXY` is no address of a proxy
 */
export function settleProxy(environment: Environment, onSecret: (secret: string) => void): void {
  const given = setting(environment, 'HTTPS_PROXY');
  const url = urlIn(given);
  for (const secret of url === null ? [] : secretsOf(url)) onSecret(secret);
  const proxy = addressIn(given);
  if (given !== '' && proxy === undefined) {
    throw new SyncError('invalid-input', 'The environment variable HTTPS_PROXY is no address of a proxy.', {
      hint: 'It takes an address such as http://proxy.example.com:8080, with `user:password@` before the host where the proxy asks for them.',
    });
  }
  const entries = entriesOf(environment);
  // Every address of the action is https, and a proxy for http is none for it.
  for (const name of ['HTTP_PROXY', 'ALL_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    Reflect.deleteProperty(environment, name);
    Reflect.deleteProperty(environment, name.toLowerCase());
  }
  if (proxy === undefined || entries.includes('*')) return;
  set(environment, 'HTTPS_PROXY', proxy.href.replace(/\/$/, ''));
  // Some take `example.com` for the host alone, and `.example.com` for its subdomains.
  set(environment, 'NO_PROXY', entries.flatMap((entry) => (/[:[]/.test(entry) ? [entry] : [entry, `.${entry}`])).join(','));
}

function set(environment: Environment, name: string, value: string): void {
  environment[name] = value;
  environment[name.toLowerCase()] = value;
}

function setting(environment: Readonly<Environment>, name: string): string {
  return (environment[name.toLowerCase()] || environment[name] || '').trim();
}

/** Many leave the scheme out. */
function urlIn(text: string): URL | null {
  return text === '' ? null : URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
}

function addressIn(text: string): URL | undefined {
  const url = urlIn(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}

function secretsOf({ username, password }: URL): string[] {
  // Some proxies take a token for the user, and no password.
  if (password === '') return username.length < 8 ? [] : [username, unescaped(username), Buffer.from(`${unescaped(username)}:`).toString('base64')];
  const plain = unescaped(password);
  return [password, plain, Buffer.from(`${unescaped(username)}:${plain}`).toString('base64')];
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Hosts of `NO_PROXY` in lower case, without the `.` or `*.` that some write before a domain. */
function entriesOf(environment: Readonly<Environment>): string[] {
  const entries = setting(environment, 'NO_PROXY').toLowerCase().split(/[,\s]+/);
  return entries.map((entry) => entry.replace(/^\*?\./, '')).filter((entry) => entry !== '');
}

function bypassed({ hostname, port }: URL, entries: readonly string[]): boolean {
  return entries.some((entry) => {
    if (entry === '*') return true;
    const [, name = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
    if (only !== undefined && only !== (port || '443')) return false;
    return hostname === name || hostname.endsWith(`.${name}`);
  });
}
