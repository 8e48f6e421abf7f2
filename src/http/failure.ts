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

/** Node's and undici's codes for a connection that was never made. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

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
const untrusted = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF))/;

/** Classifies what `fetch` threw; `fetch` says only "fetch failed" and keeps the reason in a chain of causes. */
export function httpFailure(thrown: unknown, host: string): HttpFailure {
  if (thrown instanceof HttpFailure) return thrown;
  const code = codeOf(thrown);
  if (untrusted.test(code)) {
    return new HttpFailure('certificate', host, false, `its certificate is not trusted (${code})`, thrown);
  }
  const detail = sentences[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
  return new HttpFailure('network', host, !neverConnected.has(code), detail, thrown);
}

function codeOf(thrown: unknown): string {
  let error: unknown = thrown;
  for (let depth = 0; depth < 5 && error instanceof Error; depth++) {
    if ('code' in error && typeof error.code === 'string') return error.code;
    error = error instanceof AggregateError ? (error.errors[0] ?? error.cause) : error.cause;
  }
  return '';
}
