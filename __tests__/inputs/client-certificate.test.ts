import { beforeAll, describe, expect, test } from '@jest/globals';
import { createPrivateKey } from 'node:crypto';
import { ClientCertificateFault, readClientCertificate, readTlsCertificate } from '../../src/client-certificate.ts';
import { testCertificate, type TestCertificate } from '../support/client-certificate.ts';
import '../support/one-realm.ts';

let own: TestCertificate;
let other: TestCertificate;
let elliptic: TestCertificate;
beforeAll(async () => {
  [own, other, elliptic] = await Promise.all([testCertificate(), testCertificate(), testCertificate('ec')]);
});

/** What is wrong, having made sure that nothing of the text is quoted. */
function faultOf(text: string, password = ''): string {
  try {
    readClientCertificate(text, password);
  } catch (thrown) {
    if (!(thrown instanceof ClientCertificateFault)) throw thrown;
    for (const line of text.split('\n').filter((candidate) => candidate.length > 8)) expect(thrown.message).not.toContain(line);
    if (password !== '') expect(thrown.message).not.toContain(password);
    return thrown.message;
  }
  throw new Error('nothing is wrong');
}

describe('a certificate with its key is taken', () => {
  const isWhole = (text: string, password = ''): void => {
    const read = readClientCertificate(text, password);
    expect(read.pem).toContain(own.certificate);
    expect(read.pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
    expect(createPrivateKey({ key: read.pem, passphrase: read.password }).asymmetricKeyType).toBe('rsa');
  };

  test('in either order, whatever the lines begin and end with', () => {
    isWhole(own.pem);
    isWhole(`${own.certificate}\n\n${own.key}\n`);
    isWhole(own.pem.replaceAll('\n', '\r\n'));
    isWhole(own.pem.replaceAll(/^/gm, '    '));
    isWhole(`Bag Attributes\n    localKeyID: 01\n${own.pem}`);
  });

  test('as PKCS #1', () => {
    isWhole(`${String(createPrivateKey(own.key).export({ format: 'pem', type: 'pkcs1' }))}${own.certificate}`);
  });

  test('with a password, also one that nothing needs', () => {
    isWhole(own.encrypted('open sesame'), 'open sesame');
    isWhole(own.pem, 'open sesame');
  });

  test('and its own certificate is found in a chain', () => {
    isWhole(`${own.key}\n${other.certificate}\n${own.certificate}`);
  });
});

describe('what is wrong is said without Microsoft, and without a word of the secret:', () => {
  test('no PEM text', () => {
    for (const text of ['hunter2-not-a-pem', own.pem.slice(0, 200), own.pem.replaceAll('\n', '\\n')]) {
      expect(faultOf(text)).toBe('`client-certificate` is no PEM text, or one that is cut off; it takes PEM text with the private key and the certificate.');
    }
  });

  test('only one of the two', () => {
    expect(faultOf(own.certificate)).toContain('`client-certificate` holds no private key');
    expect(faultOf(own.key)).toContain('`client-certificate` holds no certificate');
  });

  test('damaged text', () => {
    const damage = (pem: string): string => pem.replace(/\n.{60}/, '\nnonsense');
    expect(faultOf(`${damage(own.key)}\n${own.certificate}`)).toBe('`client-certificate` holds a private key that cannot be read: its text is damaged.');
    expect(faultOf(`${own.key}\n${damage(own.certificate)}`)).toBe('`client-certificate` holds a certificate that cannot be read: its text is damaged.');
  });

  test('the key of another certificate', () => {
    expect(faultOf(`${own.key}\n${other.certificate}`)).toBe('`client-certificate` holds a private key and a certificate that do not belong together.');
  });

  test('a key that is no RSA key', () => {
    expect(faultOf(elliptic.pem)).toContain('no RSA key');
  });

  test('a password that is missing or wrong', () => {
    const encrypted = own.encrypted('open sesame');
    expect(faultOf(encrypted)).toBe('`client-certificate-password` is missing: the private key in `client-certificate` is encrypted.');
    expect(faultOf(encrypted, 'open barley')).toBe('`client-certificate-password` does not open the private key in `client-certificate`.');
  });
});

describe('a certificate for TLS', () => {
  test('is taken with those that vouch for it, its own first', () => {
    expect(readTlsCertificate(`${other.certificate}\n${own.pem}`)).toEqual({ key: own.key, cert: `${own.certificate}\n${other.certificate}\n` });
  });

  test.each([
    ['encrypted', () => own.encrypted('open sesame'), 'holds a private key that is encrypted; take the password off with `openssl pkey`'],
    ['of two pairs', () => `${own.key}\n${other.certificate}`, 'holds a private key and a certificate that do not belong together.'],
    ['without a key', () => own.certificate, 'holds no private key; it takes PEM text'],
  ])('is refused where it is %s', (_name, text, expected) => {
    expect(() => readTlsCertificate(text())).toThrow(`\`oomnitza-client-certificate\` ${expected}`);
  });
});
