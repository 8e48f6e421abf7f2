/** How a request failed without an answer that could be used. */
export type FailureKind =
  | 'network'
  | 'unknown-host'
  /** The server shows a certificate that nobody vouches for. */
  | 'certificate'
  /** The server shows a certificate of another host. */
  | 'other-host'
  /** The server does not go on without a client certificate, or not with the one that it was shown. */
  | 'client-certificate'
  | 'proxy'
  | 'proxy-refusal'
  | 'timeout'
  | 'truncated'
  /** The run ended before the request was sent. */
  | 'ended';

/** What a further attempt only repeats. */
const lasting: ReadonlySet<FailureKind> = new Set(['certificate', 'other-host', 'client-certificate', 'proxy-refusal', 'ended']);

const proxyHint =
  'Check the environment variable HTTPS_PROXY: the address of the proxy, and the user and password where it asks for them. Hosts that are reached without it belong in NO_PROXY.';

const hints: Readonly<Partial<Record<FailureKind, string>>> = {
  certificate: 'If a proxy with its own certificate authority stands between, give its certificate to the runner with NODE_EXTRA_CA_CERTS.',
  proxy: proxyHint,
  'proxy-refusal': proxyHint,
};

/** A request that got no usable answer, after every attempt that was allowed. */
export class HttpFailure extends Error {
  readonly kind: FailureKind;
  /** Host and port that were asked. */
  readonly host: string;
  /** `false` only where it is certain that the server never saw the request. */
  readonly maybeSent: boolean;

  constructor(kind: FailureKind, host: string, maybeSent: boolean, detail: string, cause?: unknown) {
    super(`${host}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'HttpFailure';
    this.kind = kind;
    this.host = host;
    this.maybeSent = maybeSent;
  }

  /** Whether a further attempt would only repeat it. */
  get isLasting(): boolean {
    return lasting.has(this.kind);
  }

  /** What to do about it, whichever service was asked; `undefined` where that depends on the service. */
  get hint(): string | undefined {
    return hints[this.kind];
  }
}

/**
 * What Node was doing when a connection could not be made. The code alone does not tell: Linux reports an unreachable
 * host on established connections as well, when the request may long have arrived.
 */
const beforeSending = new Set(['connect', 'getaddrinfo']);

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'no such host name',
  EAI_AGAIN: 'the host name could not be looked up',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be made in time',
  ECONNRESET: 'closed the connection in mid-request',
  UND_ERR_SOCKET: 'closed the connection in mid-request',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'closed the connection in mid-answer',
};

/** Node's codes for a server whose certificate cannot be trusted; trying again cannot help. */
const untrusted = /^(?:CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF))/;

/** The alerts by which a server turns a client away for its certificate (RFC 8446, 6.2), in Node's spelling. */
const clientRefused = /^ERR_SSL_.*ALERT_(?:(?:NO|BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_(?:REQUIRED|REVOKED|EXPIRED|UNKNOWN)|UNKNOWN_CA|ACCESS_DENIED)$/;

/**
 * Classifies what a transport threw; libraries often keep the reason in a chain of causes.
 *
 * @param proxy which the request went through
 */
export function httpFailure(thrown: unknown, host: string, proxy?: URL): HttpFailure {
  const { code, neverSent, refusal } = reasonOf(thrown);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return new HttpFailure('other-host', host, false, 'its certificate is that of another host', thrown);
  }
  if (clientRefused.test(code)) {
    return new HttpFailure('client-certificate', host, false, `it refuses the connection without a client certificate that it trusts (${code})`, thrown);
  }
  if (untrusted.test(code)) {
    return new HttpFailure('certificate', host, false, `its certificate is not trusted (${code})`, thrown);
  }
  if (proxy !== undefined && refusal !== undefined) {
    const detail = `the proxy ${proxy.host} answered ${refusal} and made no connection`;
    // A proxy answers 5xx as well where it cannot reach the host just now.
    return new HttpFailure(refusal < 500 ? 'proxy-refusal' : 'proxy', host, false, detail, thrown);
  }
  const detail = sentences[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
  // Behind a proxy the only connection that this machine itself makes is the one to the proxy.
  if (proxy !== undefined && neverSent) return new HttpFailure('proxy', host, false, `the proxy ${proxy.host} could not be reached: ${detail}`, thrown);
  const kind = code === 'ENOTFOUND' ? 'unknown-host' : 'network';
  return new HttpFailure(kind, host, !neverSent, `${detail}${throughProxy(proxy)}`, thrown);
}

/** Names the proxy at the end of a sentence, so that nobody looks for a fault of the host alone. */
export function throughProxy(proxy: URL | undefined): string {
  return proxy === undefined ? '' : ` (through the proxy ${proxy.host})`;
}

interface Reason {
  readonly code: string;
  readonly neverSent: boolean;
  /** The status by which a proxy refused to make a connection. */
  readonly refusal: number | undefined;
}

function reasonOf(thrown: unknown): Reason {
  let error: unknown = thrown;
  for (let depth = 0; depth < 5 && typeof error === 'object' && error !== null; depth++) {
    // A host with several addresses fails once for each; they were all tried in vain, so the first tells enough.
    if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
      error = error.errors[0];
    } else if ('code' in error && typeof error.code === 'string') {
      const syscall = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : '';
      // undici has no error of its own for it.
      const refused = /^Proxy response \((\d+)\)/.exec('message' in error ? String(error.message) : '')?.[1];
      return {
        code: error.code,
        neverSent: beforeSending.has(syscall) || error.code === 'UND_ERR_CONNECT_TIMEOUT',
        refusal: refused === undefined ? undefined : Number(refused),
      };
    } else {
      error = 'cause' in error ? error.cause : undefined;
    }
  }
  return { code: '', neverSent: false, refusal: undefined };
}
