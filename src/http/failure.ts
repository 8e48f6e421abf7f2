/** How a request failed without an answer that could be used. */
export type FailureKind = 'network' | 'certificate' | 'timeout' | 'truncated';

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

/** What to do about a failure of the kind `certificate`, whichever service it is. */
export const untrustedCertificateHint =
  'If a proxy with its own certificate authority stands between, give its certificate to the runner with NODE_EXTRA_CA_CERTS.';

/** Classifies what a transport threw; libraries often keep the reason in a chain of causes. */
export function httpFailure(thrown: unknown, host: string): HttpFailure {
  const { code, neverSent } = reasonOf(thrown);
  if (untrusted.test(code)) {
    return new HttpFailure('certificate', host, false, `its certificate is not trusted (${code})`, thrown);
  }
  const detail = sentences[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
  return new HttpFailure('network', host, !neverSent, detail, thrown);
}

function reasonOf(thrown: unknown): { readonly code: string; readonly neverSent: boolean } {
  let error: unknown = thrown;
  for (let depth = 0; depth < 5 && error instanceof Error; depth++) {
    // A host with several addresses fails once for each; they were all tried in vain, so the first tells enough.
    if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
      error = error.errors[0];
    } else if ('code' in error && typeof error.code === 'string') {
      const syscall = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : '';
      return { code: error.code, neverSent: beforeSending.has(syscall) || error.code === 'UND_ERR_CONNECT_TIMEOUT' };
    } else {
      error = error.cause;
    }
  }
  return { code: '', neverSent: false };
}
