import { createPrivateKey, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A self-signed certificate of an application, as an administrator makes one. */
export interface TestCertificate {
  /** Private key and certificate in one text. */
  readonly pem: string;
  readonly key: string;
  readonly certificate: string;
  /** What is uploaded to the app registration. */
  readonly x509: X509Certificate;
  /** The same with the key encrypted. */
  encrypted(password: string): string;
}

export async function testCertificate(keyType: 'rsa' | 'ec' = 'rsa'): Promise<TestCertificate> {
  const { private: key, cert: certificate } = await generate([{ name: 'commonName', value: 'oomnitza-user-sync' }], { keyType, keySize: 2048, algorithm: 'sha256' });
  return {
    pem: `${key.trim()}\n${certificate.trim()}`,
    key: key.trim(),
    certificate: certificate.trim(),
    x509: new X509Certificate(certificate),
    encrypted(passphrase) {
      const pem = createPrivateKey(key).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase });
      return `${String(pem).trim()}\n${certificate.trim()}`;
    },
  };
}
