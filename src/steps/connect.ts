import { clientSecretCredential, connectGraph, tokenSource, type Graph, type TokenSource } from '../directory/index.ts';
import { SyncError } from '../errors.ts';
import { logLine } from '../github/index.ts';
import { createHttp, httpDefaults, type Http, type HttpOptions } from '../http/index.ts';
import type { Inputs } from '../inputs.ts';
import { connectOomnitza, type Oomnitza } from '../oomnitza/index.ts';
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

/** @param onSecret told of every token before it is used */
export async function toMicrosoft({ inputs, signal, run }: Connecting, onSecret: (secret: string) => void): Promise<Microsoft> {
  const microsoft = given(inputs.microsoft);
  const credential = await clientSecretCredential({ ...microsoft, authorityHost: inputs.authorityHost });
  const token = tokenSource(credential, { scope: inputs.graphScope, signal, onSecret });
  return { token, graph: connectGraph(inputs.graphUrl, token, http(signal, run)) };
}

export function toOomnitza({ inputs, signal, run }: Connecting): Oomnitza {
  const { url, apiToken } = given(inputs.oomnitza);
  return connectOomnitza({ url, token: apiToken, ignoreMetaRestriction: inputs.ignoreMetaRestriction }, http(signal, run, { concurrency: inputs.concurrency }));
}

function http(signal: AbortSignal, { secrets }: Run, limits: Pick<HttpOptions, 'concurrency'> = {}): Http {
  return createHttp({ ...httpDefaults, ...limits, signal, redact: secrets.redact, onRetry: logLine });
}

/** Inputs of a side are optional for `validate` alone, which asks before it connects. */
function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new SyncError('internal', 'a connection was asked for without its inputs');
  return value;
}
