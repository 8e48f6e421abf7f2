import { constants, createHash, sign, verify, type KeyObject, type X509Certificate } from 'node:crypto';
import { isRecord } from '../http/exchange.ts';

/** A token in its parts; nothing is known yet of its signature. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** Takes a token apart; undefined when it is none. */
export function parseJwt(text: string): Jwt | undefined {
  const [head = '', body = '', signature = '', ...more] = text.split('.');
  if (more.length > 0 || signature === '') return undefined;
  const [header, claims] = [head, body].map(decode);
  if (!isRecord(header) || !isRecord(claims)) return undefined;
  return { header, claims, signed: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') };
}

/** Whether the key signed the token, by RS256 or PS256. */
export function isSignedBy({ header, signed, signature }: Jwt, key: KeyObject): boolean {
  const paddings: Readonly<Record<string, number>> = { RS256: constants.RSA_PKCS1_PADDING, PS256: constants.RSA_PKCS1_PSS_PADDING };
  const padding = paddings[String(header['alg'])];
  return padding !== undefined && verify('sha256', Buffer.from(signed), { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
}

/** A token signed by RS256. */
export function signJwt(claims: Readonly<Record<string, unknown>>, key: KeyObject, keyId: string): string {
  const signed = [{ typ: 'JWT', alg: 'RS256', kid: keyId }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

/** Digest of a certificate as tokens name it: `x5t` by SHA-1, `x5t#S256` by SHA-256. */
export function thumbprint(certificate: X509Certificate, digest: 'sha1' | 'sha256'): string {
  return createHash(digest).update(certificate.raw).digest('base64url');
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
