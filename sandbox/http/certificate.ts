import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';

/** A key and the certificate for it, both as PEM. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

/**
 * Makes a certificate for `localhost`, and further names, that is valid from now, for a week. Each has a name of its own: in a process that
 * trusts several, one would else be taken for the issuer of another.
 */
export async function makeCertificate(names: readonly string[] = []): Promise<Certificate> {
  const day = 24 * 60 * 60 * 1000;
  const pem = await generate([{ name: 'commonName', value: `sandbox ${randomUUID()}` }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A machine whose clock is a little behind must still find it valid.
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 7 * day),
    extensions: [
      // It is its own authority: a client is told to trust this very certificate.
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
          ...names.map((value) => ({ type: 2 as const, value })),
        ],
      },
    ],
  });
  return { key: pem.private, certificate: pem.cert };
}
