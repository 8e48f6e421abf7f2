import type { KeyObject } from 'node:crypto';
import { isSignedBy, parseJwt, thumbprint, type Jwt } from './jwt.ts';
import type { FederatedCredential, RegisteredApp } from './tenant.ts';

/** The only kind of client assertion there is. */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Why an assertion is refused: the number, and what its words are about. */
export interface AssertionRefusal {
  readonly number: number;
  readonly subject: string;
}

/** What the authority holds an assertion against. */
export interface AssertionBasis {
  readonly app: RegisteredApp;
  /** The authority's own addresses that an application may name as the audience. */
  readonly audiences: readonly string[];
  /** Keys by issuer, then by key id, as the issuers publish them. */
  readonly issuers: ReadonlyMap<string, ReadonlyMap<string, KeyObject>>;
}

/** Clocks may differ by this much. */
const LEEWAY_SECONDS = 300;

/** Verifies a client assertion, the application's own or another issuer's; undefined when nothing is wrong with it. */
export function refuseAssertion(text: string, basis: AssertionBasis): AssertionRefusal | undefined {
  const jwt = parseJwt(text);
  if (jwt === undefined) return { number: 50027, subject: '' };
  const { clientId } = basis.app;
  // An application vouches for itself by its certificate; whoever else does is an issuer that it trusts.
  const isOwn = jwt.claims['iss'] === clientId || 'x5t' in jwt.header || 'x5t#S256' in jwt.header;
  return isOwn ? refuseOwn(jwt, basis) : refuseFederated(jwt, basis);
}

function refuseOwn(jwt: Jwt, { app, audiences }: AssertionBasis): AssertionRefusal | undefined {
  const { header, claims } = jwt;
  if (claims['iss'] !== app.clientId || claims['sub'] !== app.clientId) return { number: 700021, subject: '' };
  const named = textIn(header, 'x5t#S256') || textIn(header, 'x5t');
  const certificate = app.certificates.find((candidate) => [thumbprint(candidate, 'sha256'), thumbprint(candidate, 'sha1')].includes(named));
  if (certificate === undefined) return { number: 700027, subject: `The key was not found., Thumbprint of key used by client: '${hexOf(named)}'` };
  if (Date.parse(certificate.validTo) <= Date.now()) return { number: 700027, subject: `The key used is expired., Thumbprint of key used by client: '${hexOf(named)}'` };
  if (!isSignedBy(jwt, certificate.publicKey)) return { number: 700027, subject: 'The provided signature value did not match the expected signature value.' };
  if (!audiences.includes(textIn(claims, 'aud'))) return { number: 700023, subject: textIn(claims, 'aud') };
  if (!isTimely(claims)) return { number: 700024, subject: '' };
  if (textIn(claims, 'jti') === '') return { number: 50027, subject: '' };
  return undefined;
}

function refuseFederated(jwt: Jwt, { app, issuers }: AssertionBasis): AssertionRefusal | undefined {
  const [issuer, subject, audience] = [textIn(jwt.claims, 'iss'), textIn(jwt.claims, 'sub'), textIn(jwt.claims, 'aud')];
  const presented = `Assertion Issuer: '${issuer}'. Assertion Subject: '${subject}'. Assertion Audience: '${audience}'.`;
  if (app.federatedCredentials.length === 0) return { number: 70021, subject: presented };
  let candidates: readonly FederatedCredential[] = app.federatedCredentials.filter((credential) => credential.issuer === issuer);
  if (candidates.length === 0) return { number: 700211, subject: issuer };
  const alike = candidates.some((credential) => credential.subject.toLowerCase() === subject.toLowerCase());
  candidates = candidates.filter((credential) => credential.subject === subject);
  if (candidates.length === 0) return { number: alike ? 7002138 : 700213, subject };
  if (!candidates.some((credential) => credential.audience === audience)) return { number: 700212, subject: audience };
  const key = issuers.get(issuer)?.get(String(jwt.header['kid']));
  if (key === undefined || !isSignedBy(jwt, key)) return { number: 700027, subject: 'The key was not found.' };
  return isTimely(jwt.claims) ? undefined : { number: 700024, subject: '' };
}

function textIn(part: Jwt['claims'], name: string): string {
  const value = part[name];
  return typeof value === 'string' ? value : '';
}

function isTimely(claims: Jwt['claims']): boolean {
  const now = Date.now() / 1000;
  const [from, until] = [Number(claims['nbf'] ?? 0), Number(claims['exp'])];
  return from <= now + LEEWAY_SECONDS && until > now - LEEWAY_SECONDS;
}

function hexOf(named: string): string {
  return Buffer.from(named, 'base64url').toString('hex').toUpperCase();
}
