import { ClientCertificateFault, readTlsCertificate, type TlsCertificate } from '../src/client-certificate.ts';
import { SyncError } from '../src/errors.ts';
import { originIn } from '../src/inputs/origin.ts';
import type { OomnitzaInputs, OomnitzaSignIn } from '../src/inputs/oomnitza.ts';

/**
 * Reads how to reach Oomnitza from environment variables, which are named as the inputs of the action are.
 *
 * @param onSecret told of what has to stay secret before anything can be wrong with it
 * @throws SyncError `invalid-input`
 */
export function oomnitzaInEnvironment(environment: NodeJS.ProcessEnv, onSecret: (secret: string) => void): OomnitzaInputs {
  const given = (name: string): string => (environment[name] ?? '').trim();
  for (const name of ['OOMNITZA_API_TOKEN', 'OOMNITZA_PASSWORD', 'OOMNITZA_CLIENT_CERTIFICATE']) if (given(name) !== '') onSecret(given(name));
  const url = originIn(given('OOMNITZA_URL'));
  if (!(url instanceof URL)) throw new SyncError('invalid-input', `OOMNITZA_URL is ${url}.`, { hint: 'It takes the address of the instance, such as https://example.oomnitza.com.' });
  return { url, signIn: signInGiven(given), certificate: certificateIn(given('OOMNITZA_CLIENT_CERTIFICATE')) };
}

/** A sentence of the action with these variables in place of its inputs. */
export function namingVariables(sentence: string): string {
  return sentence.replaceAll(/`oomnitza-(?:url|api-token|username|password|client-certificate)`/g, (input) => input.slice(1, -1).toUpperCase().replaceAll('-', '_'));
}

function signInGiven(given: (name: string) => string): OomnitzaSignIn {
  const [token, username, password] = [given('OOMNITZA_API_TOKEN'), given('OOMNITZA_USERNAME'), given('OOMNITZA_PASSWORD')];
  const hint = 'It takes an API token of a user who may read and edit people, or OOMNITZA_USERNAME and OOMNITZA_PASSWORD in its place.';
  if (token === '' && (username === '' || password === '')) {
    const missing = username + password === '' ? 'OOMNITZA_API_TOKEN' : username === '' ? 'OOMNITZA_USERNAME' : 'OOMNITZA_PASSWORD';
    throw new SyncError('invalid-input', `${missing} is empty.`, { hint });
  }
  if (token !== '' && username + password !== '') throw new SyncError('invalid-input', 'OOMNITZA_API_TOKEN is given together with a user name or password.', { hint });
  return token === '' ? { kind: 'password', username, password } : { kind: 'token', token };
}

function certificateIn(pem: string): TlsCertificate | undefined {
  try {
    return pem === '' ? undefined : readTlsCertificate(pem);
  } catch (thrown) {
    throw thrown instanceof ClientCertificateFault ? new SyncError('invalid-input', thrown.message, { cause: thrown }) : thrown;
  }
}
