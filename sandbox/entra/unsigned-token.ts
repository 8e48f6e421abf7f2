import { createHash } from 'node:crypto';

/** A token of the three parts of a JWT. Its signature is made up: nobody but the sandbox has to believe it. */
export function unsignedToken(claims: Readonly<Record<string, unknown>>): string {
  const head = encode({ typ: 'JWT', alg: 'RS256', kid: 'sandbox' });
  const body = encode(claims);
  const signature = createHash('sha512').update(`${head}.${body}`).digest('base64url');
  return `${head}.${body}.${signature}`;
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
