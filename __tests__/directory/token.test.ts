import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { AccessToken } from '@azure/identity';
import { tokenSource, type SignIn, type TokenSource } from '../../src/directory/index.ts';
import { SyncError } from '../../src/errors.ts';

afterEach(() => {
  jest.useRealTimers();
});

const minute = 60_000;

interface Asked {
  readonly token: TokenSource;
  /** How often somebody signed in. */
  readonly signIns: () => number;
  readonly secrets: string[];
}

/** A token source over a sign-in that gives `token 1`, `token 2` … or does what it is told. */
function asking(answer?: (number: number) => Promise<AccessToken>, signal = new AbortController().signal): Asked {
  let signIns = 0;
  const secrets: string[] = [];
  const signIn: SignIn = () => {
    signIns += 1;
    return (answer ?? ((number) => Promise.resolve({ token: `token ${number}`, expiresOnTimestamp: Date.now() + 60 * minute })))(signIns);
  };
  return { token: tokenSource(signIn, { signal, onSecret: (secret) => secrets.push(secret) }), signIns: () => signIns, secrets };
}

const refusal = new SyncError('authentication', 'Microsoft Entra refused the sign-in');

describe('a token', () => {
  test('is asked for once, however many ask at the same time', async () => {
    const { token, signIns } = asking();
    expect(await Promise.all([token(), token(), token()])).toEqual(['token 1', 'token 1', 'token 1']);
    expect(await token()).toBe('token 1');
    expect(signIns()).toBe(1);
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

  test('that was refused is renewed, once for all whom it failed', async () => {
    const { token, signIns } = asking();
    const first = await token();
    expect(await Promise.all([token(first), token(first)])).toEqual(['token 2', 'token 2']);
    expect(await token(first)).toBe('token 2');
    expect(await token()).toBe('token 2');
    expect(signIns()).toBe(2);
  });
});

describe('a failure', () => {
  test('reaches all who wait, and is not kept for those who come later', async () => {
    const { token, signIns } = asking((number) => (number === 1 ? Promise.reject(refusal) : Promise.resolve({ token: 'good', expiresOnTimestamp: Number.MAX_SAFE_INTEGER })));
    const both = await Promise.allSettled([token(), token()]);
    expect(both).toEqual([{ status: 'rejected', reason: refusal }, { status: 'rejected', reason: refusal }]);
    expect(signIns()).toBe(1);
    expect(await token()).toBe('good');
  });

  test('ends with the reason of the end where the run was stopped', async () => {
    const reason = new Error('the run was cancelled');
    const { token } = asking(() => Promise.reject(new Error('aborted')), AbortSignal.abort(reason));
    await expect(token()).rejects.toBe(reason);
  });
});
