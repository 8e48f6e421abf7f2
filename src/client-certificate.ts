import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

/** A certificate with its private key, and the password of the key where it has one. */
export interface ClientCertificate {
  /** PEM: the private key as it was given, then the certificate that belongs to it. */
  readonly pem: string;
  /** `undefined` where the key is not encrypted. */
  readonly password: string | undefined;
}

/** A certificate with its private key, to be presented in TLS. */
export interface TlsCertificate {
  /** PEM of the private key, which is not encrypted. */
  readonly key: string;
  /** PEM of the certificate that belongs to it, then of those that were given besides: they may vouch for it. */
  readonly cert: string;
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
  const { key, encrypted, privateKey, certificates } = readPem('client-certificate', text, (block) => readEncryptedKey(block, password));
  if (privateKey.asymmetricKeyType !== 'rsa') throw new ClientCertificateFault('`client-certificate` holds a private key that is no RSA key, and Microsoft Entra takes no other.');
  const [own] = ownFirst('client-certificate', privateKey, certificates);
  return { pem: `${key}\n${own.toString()}`, password: encrypted ? password : undefined };
}

/**
 * Reads what the input `oomnitza-client-certificate` holds.
 *
 * @throws {@link ClientCertificateFault}
 */
export function readTlsCertificate(text: string): TlsCertificate {
  const input = 'oomnitza-client-certificate';
  const { key, privateKey, certificates } = readPem(input, text, () => {
    throw new ClientCertificateFault(`\`${input}\` holds a private key that is encrypted; take the password off with \`openssl pkey\`, and keep the result in the repository secret.`);
  });
  const chain = ownFirst(input, privateKey, certificates);
  return { key, cert: chain.map((certificate) => certificate.toString()).join('') };
}

interface Block {
  /** Such as `ENCRYPTED PRIVATE KEY`. */
  readonly label: string;
  readonly pem: string;
}

interface PemContent {
  /** The private key as it was given. */
  readonly key: string;
  readonly encrypted: boolean;
  readonly privateKey: KeyObject;
  /** At least one. */
  readonly certificates: readonly X509Certificate[];
}

/** @param decrypt opens a key that has a password */
function readPem(input: string, text: string, decrypt: (key: Block) => KeyObject): PemContent {
  const blocks = blocksOf(text);
  if (blocks.length === 0) throw new ClientCertificateFault(`\`${input}\` is no PEM text, or one that is cut off; ${expected}.`);
  const key = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (key === undefined) throw new ClientCertificateFault(`\`${input}\` holds no private key; ${expected}.`);
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE').map((block) => readCertificate(input, block));
  if (certificates.length === 0) throw new ClientCertificateFault(`\`${input}\` holds no certificate; ${expected}.`);
  const encrypted = key.label.startsWith('ENCRYPTED') || key.pem.includes('ENCRYPTED');
  return { key: key.pem, encrypted, privateKey: encrypted ? decrypt(key) : readKey(input, key), certificates };
}

/** The certificates, the one that belongs to the key before all others. */
function ownFirst(input: string, key: KeyObject, certificates: readonly X509Certificate[]): readonly [X509Certificate, ...X509Certificate[]] {
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (own === undefined) throw new ClientCertificateFault(`\`${input}\` holds a private key and a certificate that do not belong together.`);
  return [own, ...certificates.filter((certificate) => certificate !== own)];
}

function blocksOf(text: string): Block[] {
  // Editors and workflow files indent, and Windows ends lines in its own way; OpenSSL takes neither everywhere.
  const lines = text.replaceAll(/^[ \t]+|[ \t\r]+$/gm, '');
  return [...lines.matchAll(/^-----BEGIN ([A-Z0-9 ]+)-----$[^]+?^-----END \1-----$/gm)].map(([pem, label = '']) => ({ label, pem }));
}

function readCertificate(input: string, { pem }: Block): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new ClientCertificateFault(`\`${input}\` holds a certificate that cannot be read: its text is damaged.`);
  }
}

function readKey(input: string, { pem }: Block): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new ClientCertificateFault(`\`${input}\` holds a private key that cannot be read: its text is damaged.`);
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
