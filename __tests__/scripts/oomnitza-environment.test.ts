import { describe, expect, test } from '@jest/globals';
import { namingVariables, oomnitzaInEnvironment } from '../../scripts/oomnitza-environment.ts';
import { testCertificate } from '../support/client-certificate.ts';

const url = { OOMNITZA_URL: 'https://example.oomnitza.com' };

describe('how Oomnitza is reached', () => {
  test('is read without the line breaks that files end with, and what is secret is told', async () => {
    const { pem, certificate } = await testCertificate('ec');
    const secrets: string[] = [];
    const read = oomnitzaInEnvironment({ ...url, OOMNITZA_USERNAME: 'ada', OOMNITZA_PASSWORD: 'correct horse\n', OOMNITZA_CLIENT_CERTIFICATE: `${pem}\n` }, (secret) => secrets.push(secret));
    expect(read).toMatchObject({ signIn: { kind: 'password', username: 'ada', password: 'correct horse' }, certificate: { cert: `${certificate}\n` } });
    expect(secrets).toEqual(['correct horse', pem]);
    expect(oomnitzaInEnvironment({ ...url, OOMNITZA_API_TOKEN: 'a token\n' }, () => undefined)).toMatchObject({ signIn: { kind: 'token', token: 'a token' }, certificate: undefined });
  });

  test.each([
    [{ OOMNITZA_API_TOKEN: 't' }, 'OOMNITZA_URL is no valid URL.'],
    [url, 'OOMNITZA_API_TOKEN is empty.'],
    [{ ...url, OOMNITZA_USERNAME: 'ada' }, 'OOMNITZA_PASSWORD is empty.'],
    [{ ...url, OOMNITZA_PASSWORD: 'p' }, 'OOMNITZA_USERNAME is empty.'],
    [{ ...url, OOMNITZA_API_TOKEN: 't', OOMNITZA_USERNAME: 'ada' }, 'OOMNITZA_API_TOKEN is given together with a user name or password.'],
    [{ ...url, OOMNITZA_API_TOKEN: 't', OOMNITZA_CLIENT_CERTIFICATE: 'no PEM' }, '`oomnitza-client-certificate` '],
  ])('is refused where something is missing or wrong: %j', (environment, message) => {
    expect(() => oomnitzaInEnvironment(environment, () => undefined)).toThrow(message);
  });
});

test('sentences about inputs are told with the variables of the same names', () => {
  expect(namingVariables('Check `oomnitza-url` and `oomnitza-client-certificate`, not `oomnitza-api`.')).toBe('Check OOMNITZA_URL and OOMNITZA_CLIENT_CERTIFICATE, not `oomnitza-api`.');
});
