import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

/** A certificate with its private key, and the password of the key where it has one. */
export interface ClientCertificate {
  /** PEM: the private key as it was given, then the certificate that belongs to it. */
  readonly pem: string;
  /** `undefined` where the key is not encrypted. */
  readonly password: string | undefined;
}

/** What is wrong with a certificate, as a sentence that quotes nothing of it. */
export class ClientCertificateFault extends Error {}

const expected = 'it takes PEM text with the private key and the certificate';

/**
 * Reads what the inputs `client-certificate` and `client-certificate-password` hold, so that no mistake in them needs
 * Microsoft to be found.
 *
 * @throws {@link ClientCertificateFault}
 */
export function readClientCertificate(text: string, password: string): ClientCertificate {
  const blocks = blocksOf(text);
  if (blocks.length === 0) throw new ClientCertificateFault(`\`client-certificate\` is no PEM text, or one that is cut off; ${expected}.`);
  const key = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (key === undefined) throw new ClientCertificateFault(`\`client-certificate\` holds no private key; ${expected}.`);
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE').map(readCertificate);
  if (certificates.length === 0) throw new ClientCertificateFault(`\`client-certificate\` holds no certificate; ${expected}.`);
  const encrypted = key.label.startsWith('ENCRYPTED') || key.pem.includes('ENCRYPTED');
  const privateKey = encrypted ? readEncryptedKey(key, password) : readKey(key);
  if (privateKey.asymmetricKeyType !== 'rsa') throw new ClientCertificateFault('`client-certificate` holds a private key that is no RSA key, and Microsoft Entra takes no other.');
  const own = certificates.find((certificate) => certificate.checkPrivateKey(privateKey));
  if (own === undefined) throw new ClientCertificateFault('`client-certificate` holds a private key and a certificate that do not belong together.');
  return { pem: `${key.pem}\n${own.toString()}`, password: encrypted ? password : undefined };
}

interface Block {
  /** Such as `ENCRYPTED PRIVATE KEY`. */
  readonly label: string;
  readonly pem: string;
}

function blocksOf(text: string): Block[] {
  // Editors and workflow files indent, and Windows ends lines in its own way; OpenSSL takes neither everywhere.
  const lines = text.replaceAll(/^[ \t]+|[ \t\r]+$/gm, '');
  return [...lines.matchAll(/^-----BEGIN ([A-Z0-9 ]+)-----$[^]+?^-----END \1-----$/gm)].map(([pem, label = '']) => ({ label, pem }));
}

function readCertificate({ pem }: Block): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new ClientCertificateFault('`client-certificate` holds a certificate that cannot be read: its text is damaged.');
  }
}

function readKey({ pem }: Block): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new ClientCertificateFault('`client-certificate` holds a private key that cannot be read: its text is damaged.');
  }
}

function readEncryptedKey({ pem }: Block, passphrase: string): KeyObject {
  if (passphrase === '') throw new ClientCertificateFault('`client-certificate-password` is missing: the private key in `client-certificate` is encrypted.');
  try {
    return createPrivateKey({ key: pem, passphrase });
  } catch {
    throw new ClientCertificateFault('`client-certificate-password` does not open the private key in `client-certificate`.');
  }
}
