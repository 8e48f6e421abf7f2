import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { tokenSource, type TokenSource } from '../../src/directory/index.ts';

afterEach(() => {
  jest.useRealTimers();
});

const minute = 60_000;

interface Asked {
  readonly token: TokenSource;
  readonly scopes: (string | string[])[];
  readonly secrets: string[];
}

/** A token source over a credential that gives `token 1`, `token 2` … or does what it is told. */
function asking(getToken?: (number: number) => Promise<AccessToken | null>, signal = new AbortController().signal): Asked {
  const scopes: (string | string[])[] = [];
  const secrets: string[] = [];
  const credential: TokenCredential = {
    getToken: (scope) => {
      scopes.push(scope);
      return (getToken ?? ((number) => Promise.resolve({ token: `token ${number}`, expiresOnTimestamp: Date.now() + 60 * minute })))(scopes.length);
    },
  };
  return { token: tokenSource(credential, { scope: 'https://graph.microsoft.com/.default', signal, onSecret: (secret) => secrets.push(secret) }), scopes, secrets };
}

describe('a token', () => {
  test('is asked for once, however many ask at the same time', async () => {
    const { token, scopes } = asking();
    expect(await Promise.all([token(), token(), token()])).toEqual(['token 1', 'token 1', 'token 1']);
    expect(await token()).toBe('token 1');
    expect(scopes).toEqual(['https://graph.microsoft.com/.default']);
  });

  test('is told to be masked before it is given out', async () => {
    const { token, secrets } = asking();
    const given = token().then((text) => [text, [...secrets]]);
    expect(await given).toEqual(['token 1', ['token 1']]);
  });

  test('is renewed five minutes before it ends, and not earlier', async () => {
    jest.useFakeTimers({ now: 0 });
    const { token } = asking();
    expect(await token()).toBe('token 1');
    jest.setSystemTime(54.9 * minute);
    expect(await token()).toBe('token 1');
    jest.setSystemTime(55 * minute);
    expect(await token()).toBe('token 2');
    expect(await token()).toBe('token 2');
  });
});

describe('a failure', () => {
  test('reaches all who wait, and is not kept for those who come later', async () => {
    const { token, scopes } = asking((number) =>
      number === 1 ? Promise.reject(new Error('AADSTS7000215: Invalid client secret provided.')) : Promise.resolve({ token: 'good', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
    );
    const both = await Promise.allSettled([token(), token()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(scopes).toHaveLength(1);
    expect(await token()).toBe('good');
  });

  test('is not kept either where the credential fails on the spot', async () => {
    const { token } = asking((number) => {
      if (number === 1) throw new Error('AADSTS7000215: Invalid client secret provided.');
      return Promise.resolve({ token: 'good', expiresOnTimestamp: Number.MAX_SAFE_INTEGER });
    });
    await expect(token()).rejects.toMatchObject({ reason: 'authentication' });
    expect(await token()).toBe('good');
  });

  test('is what no token at all is', async () => {
    const { token } = asking(() => Promise.resolve(null));
    await expect(token()).rejects.toMatchObject({ reason: 'authentication', message: 'Microsoft Entra refused the sign-in: the credential gave no token' });
  });

  test('ends with the reason of the end where the run was stopped', async () => {
    const reason = new Error('the run was cancelled');
    const { token } = asking(() => Promise.reject(new Error('aborted')), AbortSignal.abort(reason));
    await expect(token()).rejects.toBe(reason);
  });
});
