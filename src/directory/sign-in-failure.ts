import { SyncError } from '../errors.ts';
import { errorNumberIn, isTransient, type AuthorityResult } from './authority-client.ts';
import type { Presented } from './credential.ts';
import { reserve } from '../reserved.ts';
import { signInHints } from './sign-in-hints.ts';

const unreachableHint = 'Check `authority-host`, and that the runner can reach it over HTTPS. If Microsoft Entra is down, run again later.';

const usualHints: Readonly<Record<Presented['kind'], string>> = {
  secret: 'Check `tenant-id`, `client-id`, `cloud`, `authority-host` and the repository secret behind `client-secret`.',
  certificate: 'Check `tenant-id`, `client-id`, `cloud`, `authority-host` and the repository secret behind `client-certificate`.',
  federated: 'Check `tenant-id`, `client-id`, `cloud`, `authority-host` and the federated credentials of the app registration.',
};

/**
 * Turns what Microsoft's library threw into a failure that says what to change.
 *
 * @param result what the authority did at last; without one the library failed by itself
 */
export function signInFailure(thrown: unknown, result: AuthorityResult | undefined, presented: Presented): SyncError {
  if (result !== undefined && 'failure' in result) {
    const { failure } = result;
    const hint = failure.hint ?? unreachableHint;
    const message = failure.kind === 'certificate' ? 'The certificate of the sign-in service of Microsoft Entra is not trusted.' : `The sign-in service of Microsoft Entra could not be reached. ${failure.message}.`;
    return new SyncError('directory-incomplete', message, { hint, cause: thrown });
  }
  const words = `${result?.description ?? ''}\n${wordsOf(thrown)}`;
  const number = errorNumberIn(words);
  const correlation = /correlation id: ([0-9a-f-]{36})/i.exec(words)?.[1];
  if (isTransient(number)) {
    const id = correlation === undefined ? '' : `, correlation id ${correlation}`;
    return new SyncError('directory-incomplete', `Microsoft Entra could not give a token just now (AADSTS${number}${id}).`, {
      hint: 'This is a passing fault of Microsoft Entra. Run again later.',
      cause: thrown,
    });
  }
  const outage = number === undefined && result !== undefined ? outageOf(result.status) : undefined;
  if (outage !== undefined) {
    return new SyncError('directory-incomplete', `The sign-in service of Microsoft Entra ${outage}`, { hint: unreachableHint, cause: thrown });
  }
  const suffix = correlation === undefined ? '' : ` (correlation id ${correlation})`;
  const sentence = sentenceIn(words, result?.status);
  return new SyncError('authentication', `Microsoft Entra refused the sign-in: ${sentence}${suffix}${claimsOf(presented)}`, {
    hint: (number === undefined ? undefined : signInHints.get(number)) ?? usualHints[presented.kind],
    cause: thrown,
  });
}

/** What kept the authority from deciding at all; `undefined` where it refused. */
function outageOf(status: number): string | undefined {
  if (status === 408 || status === 429 || status >= 500) return `answered ${status}.`;
  return status < 400 ? `answered ${status} with something that is no token.` : undefined;
}

/** The messages of an error and its causes; the number is often only in a cause. */
function wordsOf(thrown: unknown): string {
  const words: string[] = [];
  for (let error: unknown = thrown; error instanceof Error && words.length < 5; error = error.cause) words.push(error.message);
  return words.join('\n');
}

function sentenceIn(words: string, status: number | undefined): string {
  const [, number, numbered] = /(AADSTS\d+): ([^\r\n]*?)(?=\s*Trace ID:|[\r\n]|$)/.exec(words) ?? [];
  if (number !== undefined && numbered !== undefined) return `${number}: ${reserve(numbered.trim().slice(0, 500))}`;
  if (status !== undefined) return `it answered ${status} without saying why`;
  return reserve(words.trim().replace(/[\r\n].*/s, '').slice(0, 500));
}

/** What a federated credential has to match letter by letter; nothing of it is secret. */
function claimsOf(presented: Presented): string {
  if (presented.kind !== 'federated') return '';
  const { iss, sub, aud } = claimsIn(presented.token);
  return `; presented were the issuer ${iss}, the subject ${sub} and the audience ${aud}`;
}

function claimsIn(token: string): { readonly iss: string; readonly sub: string; readonly aud: string } {
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    // It is not ours to judge; the authority has said what it thinks of it.
  }
  const claim = (name: string): string => JSON.stringify(Reflect.get(Object(claims), name) ?? null);
  return { iss: claim('iss'), sub: claim('sub'), aud: claim('aud') };
}
