import { getInput } from '@actions/core';
import { readClientCertificate, type ClientCertificate } from '../client-certificate.ts';
import { clouds, type Cloud, type CloudName } from '../clouds.ts';
import { certificateIn } from './certificate.ts';
import type { InputReader } from './input-reader.ts';
import { shown } from './origin.ts';

/** How to reach Microsoft; `undefined` as a whole where none of its credentials is given. */
export interface MicrosoftInputs {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: CredentialInputs;
}

/** With what the application proves who it is; `federated`: with a token that GitHub gives the run for this audience. */
export type CredentialInputs =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificate: ClientCertificate }
  | { readonly kind: 'federated'; readonly audience: string };

const tenantPattern = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+)$/i;
const guidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The cloud that the tenant is in. */
export function readCloud(reader: InputReader): Cloud {
  const given = getInput('cloud') || 'global';
  if (isCloudName(given)) return clouds[given];
  reader.fault(`\`cloud\` is ${shown(given)}; it takes ${Object.keys(clouds).join(', ')}.`);
  return clouds.global;
}

/** @param needed whether a run in this mode cannot do without */
export function readMicrosoft(reader: InputReader, needed: boolean, { oidcAudience }: Cloud): MicrosoftInputs | undefined {
  const credential = readCredential(reader, oidcAudience);
  const complete = reader.complete(['tenant-id', 'client-id'], needed || credential?.kind !== 'federated');
  const tenantId = getInput('tenant-id');
  const clientId = getInput('client-id');
  if (tenantId !== '' && !tenantPattern.test(tenantId)) {
    reader.fault(`\`tenant-id\` is ${shown(tenantId)}; it takes the tenant’s id (a GUID) or one of its verified domains.`);
  }
  if (clientId !== '' && !guidPattern.test(clientId)) {
    reader.fault(`\`client-id\` is ${shown(clientId)}; it takes the application (client) id of the app registration, a GUID.`);
  }
  return complete && credential !== undefined ? { tenantId, clientId, credential } : undefined;
}

/** The credential that is given, else GitHub is to vouch for the run; `undefined` where something is wrong with it. */
function readCredential(reader: InputReader, oidcAudience: string): CredentialInputs | undefined {
  const secret = getInput('client-secret');
  const certificate = getInput('client-certificate');
  const password = getInput('client-certificate-password');
  if (secret !== '' && certificate !== '') {
    reader.fault('`client-secret` is given together with `client-certificate`; give the one that is to be used.');
    return undefined;
  }
  if (certificate !== '') return readCertificate(reader, certificate, password);
  if (password !== '') {
    reader.missing('client-certificate');
    return undefined;
  }
  if (secret !== '') return { kind: 'secret', secret };
  return { kind: 'federated', audience: getInput('oidc-audience') || oidcAudience };
}

function readCertificate(reader: InputReader, text: string, password: string): CredentialInputs | undefined {
  const certificate = certificateIn(reader, () => readClientCertificate(text, password));
  return certificate && { kind: 'certificate', certificate };
}

function isCloudName(text: string): text is CloudName {
  return Object.hasOwn(clouds, text);
}
