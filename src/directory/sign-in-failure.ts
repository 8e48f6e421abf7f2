import { SyncError } from '../errors.ts';
import { httpFailure, untrustedCertificateHint } from '../http/index.ts';
import { SignInFailed } from './sign-in-watch.ts';

/**
 * What to change for an error number of Microsoft Entra's token endpoint
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). Numbers choose words only.
 */
const hints: ReadonlyMap<number, string> = new Map([
  [7000215, 'The client secret is wrong. Check the repository secret behind `client-secret`: it must hold the value of the secret, not its id.'],
  [7000222, 'The client secret has expired. Create a new one in the app registration and store its value as the repository secret behind `client-secret`.'],
  [7000216, 'No credential was sent. Check that the repository secret behind `client-secret` exists and is passed to the action.'],
  [700016, 'The application was not found in this tenant. Check `client-id` and `tenant-id`.'],
  [700011, 'The application was not found in this tenant. Check `client-id` and `tenant-id`.'],
  [90002, 'The tenant was not found. Check `tenant-id`, and `authority-host` where the tenant is in a national cloud.'],
  [900023, '`tenant-id` is neither the id nor a verified domain of a tenant.'],
  [90038, 'The tenant belongs to another national cloud. Set `authority-host` and `graph-url` to that cloud.'],
  [900382, 'The tenant belongs to another national cloud. Set `authority-host` and `graph-url` to that cloud.'],
  [70011, 'The scope is not valid. Check `graph-scope`, or leave it out.'],
  [500011, 'This cloud does not know the Graph domain. Check `graph-url` and `graph-scope`.'],
  [53003, 'A conditional access policy blocks the application. Ask the tenant’s administrator for an exception for workload identities.'],
  [530032, 'A security policy of the tenant blocks the application. Ask the tenant’s administrator.'],
  [530035, 'A security policy of the tenant blocks the application. Ask the tenant’s administrator.'],
]);

/** Numbers by which Entra says that the fault is its own and passing. */
const transient = new Set([90055, 90033, 90012, 50033, 90006]);

/** Turns what a credential threw into a failure that says what to change. */
export function signInFailure(thrown: unknown): SyncError {
  const words = wordsOf(thrown);
  const number = Number(/AADSTS(\d+)/.exec(words)?.[1] ?? Number.NaN);
  if (transient.has(number)) {
    return new SyncError('directory-incomplete', `Microsoft Entra could not give a token just now (AADSTS${number}).`, {
      hint: 'This is a passing fault of Microsoft Entra. Run again later.',
      cause: thrown,
    });
  }
  if (thrown instanceof SignInFailed && thrown.status === undefined && httpFailure(thrown.cause, '').kind === 'certificate') {
    return new SyncError('directory-incomplete', 'The certificate of the sign-in service of Microsoft Entra is not trusted.', {
      hint: untrustedCertificateHint,
      cause: thrown,
    });
  }
  const outage = Number.isNaN(number) && thrown instanceof SignInFailed ? outageOf(thrown) : undefined;
  if (outage !== undefined) {
    return new SyncError('directory-incomplete', `The sign-in service of Microsoft Entra ${outage}`, {
      hint: 'Check `authority-host`, and that the runner can reach it over HTTPS. If Microsoft Entra is down, run again later.',
      cause: thrown,
    });
  }
  const correlation = /correlation id: ([0-9a-f-]{36})/i.exec(words)?.[1];
  const suffix = correlation === undefined ? '' : ` (correlation id ${correlation})`;
  return new SyncError('authentication', `Microsoft Entra refused the sign-in: ${sentenceIn(words, thrown)}${suffix}`, {
    hint: hints.get(number) ?? 'Check `tenant-id`, `client-id`, `authority-host` and the repository secret behind `client-secret`.',
    cause: thrown,
  });
}

/** What kept the authority from deciding at all; `undefined` where it refused. */
function outageOf({ status, message }: SignInFailed): string | undefined {
  if (status === undefined) return `could not be reached: ${message}.`;
  if (status === 408 || status === 429 || status >= 500) return `answered ${status}.`;
  return status < 400 ? `answered ${status} with something that is no token.` : undefined;
}

/** The messages of an error and its causes; the number is often only in a cause. */
function wordsOf(thrown: unknown): string {
  const words: string[] = [];
  for (let error: unknown = thrown; error instanceof Error && words.length < 5; error = error.cause) words.push(error.message);
  return words.join('\n');
}

function sentenceIn(words: string, thrown: unknown): string {
  const numbered = /AADSTS\d+: [^\r\n]*?(?=\s*Trace ID:|[\r\n]|$)/.exec(words)?.[0];
  if (numbered !== undefined) return numbered.trim().slice(0, 500);
  if (thrown instanceof SignInFailed) return `it answered ${thrown.status} without saying why`;
  return words.replace(/[\r\n].*/s, '').slice(0, 500);
}
