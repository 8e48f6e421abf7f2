import { SyncError } from '../errors.ts';

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

/** Codes of MSAL and Node where no answer of the authority is behind the error. */
const unreachable =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|certificate|AbortError|TimeoutError|network_error|Network request failed|REQUEST_SEND_ERROR|socket hang up/i;

/** Turns what `@azure/identity` threw into a failure that says what to change. */
export function signInFailure(thrown: unknown): SyncError {
  const words = wordsOf(thrown);
  const number = Number(/AADSTS(\d+)/.exec(words)?.[1] ?? Number.NaN);
  if (transient.has(number)) {
    return new SyncError('directory-incomplete', `Microsoft Entra could not give a token just now (AADSTS${number}).`, {
      hint: 'This is a passing fault of Microsoft Entra. Run again later.',
      cause: thrown,
    });
  }
  if (Number.isNaN(number) && unreachable.test(words)) {
    return new SyncError('directory-incomplete', `The sign-in service of Microsoft Entra could not be reached: ${firstLine(words)}`, {
      hint: 'Check `authority-host`, and that the runner can reach it over HTTPS.',
      cause: thrown,
    });
  }
  const correlation = /correlation id: ([0-9a-f-]{36})/i.exec(words)?.[1];
  const suffix = correlation === undefined ? '' : ` (correlation id ${correlation})`;
  return new SyncError('authentication', `Microsoft Entra refused the sign-in: ${firstLine(words)}${suffix}`, {
    hint: hints.get(number) ?? 'Check `tenant-id`, `client-id` and the repository secret behind `client-secret`.',
    cause: thrown,
  });
}

/** The messages of an error and its causes; the number is often only in a cause. */
function wordsOf(thrown: unknown): string {
  const words: string[] = [];
  let error: unknown = thrown;
  for (let depth = 0; depth < 5 && error instanceof Error; depth++) {
    const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : '';
    words.push(`${error.name === 'Error' ? '' : `${error.name} `}${code}${error.message}`);
    error = error.cause;
  }
  const aad = words.findIndex((text) => text.includes('AADSTS'));
  return (aad > 0 ? [words[aad], ...words] : words).join('\n');
}

function firstLine(words: string): string {
  const sentence = /AADSTS\d+: [^\r\n]*?(?=\s*Trace ID:|[\r\n]|$)/.exec(words)?.[0] ?? words.split(/[\r\n]/, 1)[0] ?? '';
  return sentence.trim().slice(0, 500);
}
