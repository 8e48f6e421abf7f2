import { connectGraph, signInAs, tokenSource, type Credential, type Graph, type TokenSource } from '../directory/index.ts';
import { SyncError } from '../errors.ts';
import { idTokenSource, logLine } from '../github/index.ts';
import { createHttp, httpDefaults, transportAs, type Http, type HttpOptions } from '../http/index.ts';
import type { CredentialInputs, Inputs } from '../inputs/index.ts';
import { apiToken, connectOomnitza, tokenByPassword, type Oomnitza } from '../oomnitza/index.ts';
import type { Run } from './run.ts';

/** The Microsoft side, ready to be asked; nothing has been sent yet. */
export interface Microsoft {
  readonly graph: Graph;
  readonly token: TokenSource;
}

/** What both connections need of a run. */
interface Connecting {
  readonly inputs: Inputs;
  /** Aborted: whatever is under way on the connection ends. */
  readonly signal: AbortSignal;
  readonly run: Run;
}

/**
 * @param onSecret told of every token before it is used
 * @throws SyncError `authentication` where there is nothing to sign in with
 */
export function toMicrosoft({ inputs, signal, run }: Connecting, onSecret: (secret: string) => void): Microsoft {
  const { tenantId, clientId, credential } = given(inputs.microsoft);
  const connection = http(signal, run);
  const principal = { tenantId, clientId, credential: usable(credential, connection, onSecret), authorityHost: inputs.authorityHost };
  const token = tokenSource(signInAs(principal, inputs.graphScope, connection), { signal, onSecret });
  return { token, graph: connectGraph(inputs.graphUrl, token, connection) };
}

function usable(credential: CredentialInputs, connection: Http, onSecret: (secret: string) => void): Credential {
  if (credential.kind !== 'federated') return credential;
  const assertion = idTokenSource({ environment: process.env, audience: credential.audience, http: connection, onSecret });
  if (assertion !== undefined) return { kind: 'federated', assertion };
  const message = 'There is nothing to sign in to Microsoft Entra with: `client-secret` and `client-certificate` are empty, and GitHub offers this run no token for OIDC federation.';
  const hint = 'Give the job the permission `id-token: write` for OIDC federation, or pass one of the two inputs from a repository secret that exists.';
  throw new SyncError('authentication', message, { hint });
}

/**
 * An Oomnitza instance, ready to be asked; nothing has been sent yet.
 *
 * @param onSecret told of every token before it is used
 */
export function toOomnitza({ inputs, signal, run }: Connecting, onSecret: (secret: string) => void): Oomnitza {
  const { url, signIn, certificate } = given(inputs.oomnitza);
  const connection = http(signal, run, { transport: transportAs(certificate, inputs.concurrency), concurrency: inputs.concurrency });
  const token = signIn.kind === 'token' ? apiToken(signIn.token) : tokenByPassword({ url, ...signIn, onSecret }, connection);
  return connectOomnitza({ url, token, ignoreMetaRestriction: inputs.ignoreMetaRestriction, onSecret }, connection);
}

function http(signal: AbortSignal, { secrets, signal: beginUntil }: Run, more: Pick<Partial<HttpOptions>, 'concurrency' | 'transport'> = {}): Http {
  return createHttp({ ...httpDefaults, ...more, signal, beginUntil, redact: secrets.redact, onRetry: logLine });
}

/** Inputs of a side are optional for `validate` alone, which asks before it connects. */
function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new SyncError('internal', 'a connection was asked for without its inputs');
  return value;
}
