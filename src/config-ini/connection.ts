import type { Confidential } from './confidential.ts';
import type { IniSection } from './ini.ts';
import { keptEntry, keptKey, type Kept } from './kept.ts';
import { isTrue } from './truth.ts';

/** A secret of the repository that the workflow uses. */
export interface RepositorySecret {
  readonly name: string;
  /** What it is to hold, as the end of the sentence "`name` holds …". */
  readonly holds: string;
}

/** How the workflow reaches both sides: inputs of the action, in their order. */
export interface Connection {
  readonly inputs: readonly (readonly [name: string, value: string])[];
  readonly secrets: readonly RepositorySecret[];
  /** Variables of the repository to be made, since the file does not tell their values. */
  readonly variables: readonly RepositorySecret[];
}

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Of an instance; an address may hold quotes and braces by its own rules. */
const plainOrigin = /^https:\/\/[a-z0-9.-]+(?::\d+)?$/;
const domain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

interface ConnectionContext {
  /** What a name of a secret or variable of this section ends with. */
  readonly suffix: string;
  /** Where the instance was asked. */
  readonly url: URL | undefined;
  readonly confidential: Confidential;
}

/**
 * The connection of an `[azureusers…]` section, with that of `[oomnitza]`. Only addresses and ids of the right form are
 * written out; what else stands there may be a secret in the wrong place.
 */
export function connectionOf(section: IniSection, oomnitza: IniSection | undefined, context: ConnectionContext): Connection {
  const { suffix, confidential } = context;
  const variables: RepositorySecret[] = [];
  const secrets: RepositorySecret[] = [];
  const secret = (name: string, holds: string): string => {
    secrets.push({ name, holds });
    return `\${{ secrets.${name} }}`;
  };
  const literal = (value: string, isRight: boolean, name: string, holds: string): string => {
    if (isRight && !confidential.isIn(value)) return value;
    variables.push({ name, holds });
    return `\${{ vars.${name} }}`;
  };
  const tenant = section.entries.get('tenant_id')?.value ?? '';
  const client = section.entries.get('client_id')?.value ?? '';
  const url = context.url ?? originOf(oomnitza?.entries.get('url')?.value ?? '');
  const inputs: [string, string][] = [
    ['tenant-id', literal(tenant, guid.test(tenant) || domain.test(tenant), `ENTRA_TENANT_ID${suffix}`, 'the id of the Entra tenant')],
    ['client-id', literal(client, guid.test(client), `ENTRA_CLIENT_ID${suffix}`, 'the application (client) id of the app registration')],
    ['client-secret', secret(`ENTRA_CLIENT_SECRET${suffix}`, 'the client secret of the app registration, `secret` in config.ini or the vault')],
    ['oomnitza-url', literal(url?.origin ?? '', plainOrigin.test(url?.origin ?? ''), 'OOMNITZA_URL', 'the https address of the Oomnitza instance, without a path')],
  ];
  const credentials = credentialsOf(oomnitza).map(([input, name, holds]) => [input, secret(name, holds)] as const);
  return { inputs: [...inputs, ...credentials], secrets, variables };
}

function originOf(text: string): URL | undefined {
  const url = URL.parse(text);
  return url?.pathname === '/' && url.search + url.hash + url.username + url.password === '' ? url : undefined;
}

type CredentialInput = readonly [input: string, secret: string, holds: string];

/** By token where the connector had one, else by user name and password; where it had neither a token is to be made. */
function credentialsOf(oomnitza: IniSection | undefined): readonly CredentialInput[] {
  const value = (key: string): string => oomnitza?.entries.get(key)?.value ?? '';
  const has = (key: string): boolean => value(key) !== '' || value('vault_keys').split(/\s+/).includes(key);
  const where = (key: string): string => `\`${key}\` in [oomnitza] or the vault`;
  const token = (holds: string): CredentialInput => ['oomnitza-api-token', 'OOMNITZA_API_TOKEN', holds];
  const certificate: CredentialInput = ['oomnitza-client-certificate', 'OOMNITZA_CLIENT_CERTIFICATE', 'the content of the file of `user_pem_file` in [oomnitza]: the private key, without a password, and the certificate'];
  return [
    ...(has('api_token') || !has('username') || !has('password')
      ? [token(has('api_token') ? `an API token of Oomnitza, ${where('api_token')}` : 'an API token of Oomnitza, to be created there for the user of the connector')]
      : ([
          ['oomnitza-username', 'OOMNITZA_USERNAME', `the user name with which the connector signs in to Oomnitza, ${where('username')}`],
          ['oomnitza-password', 'OOMNITZA_PASSWORD', `the password of that user, ${where('password')}`],
        ] as const)),
    ...(value('user_pem_file') === '' ? [] : [certificate]),
  ];
}

/** Settings of `[oomnitza]` that are converted. */
const converted = new Set(['api_token', 'password', 'url', 'user_pem_file', 'username', 'vault_alias', 'vault_backend', 'vault_keys']);

/** What of `[oomnitza]` was not converted. */
export function keptOfOomnitza(oomnitza: IniSection | undefined, confidential: Confidential): Kept[] {
  const checks = 'certificates are always checked; give that of your own authority to the runner with NODE_EXTRA_CA_CERTS';
  const unknown = 'a workflow has no such setting; its value is not shown, since it may be a secret';
  return [...(oomnitza?.entries.values() ?? [])].flatMap((entry) => {
    if (converted.has(entry.key) || entry.value === '') return [];
    if (entry.key === 'verify_ssl') return isTrue(entry.value) ? [] : [keptEntry(entry, checks, confidential)];
    return [keptKey(entry, unknown, confidential)];
  });
}
