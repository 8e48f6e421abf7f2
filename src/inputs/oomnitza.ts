import { getInput } from '@actions/core';
import { readTlsCertificate, type TlsCertificate } from '../client-certificate.ts';
import { certificateIn } from './certificate.ts';
import type { InputReader } from './input-reader.ts';
import { shown } from './origin.ts';

/** By which of its APIs Oomnitza is written to. */
export const oomnitzaApis = ['rest', 'bulk'] as const;
export type OomnitzaApi = (typeof oomnitzaApis)[number];

/** How to reach Oomnitza; `undefined` as a whole where nothing of it is given. */
export interface OomnitzaInputs {
  readonly url: URL;
  readonly signIn: OomnitzaSignIn;
  /** Presented to the instance in TLS. */
  readonly certificate: TlsCertificate | undefined;
}

/** With what a run signs in to Oomnitza. */
export type OomnitzaSignIn =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'password'; readonly username: string; readonly password: string };

/** @param needed whether a run in this mode cannot do without */
export function readOomnitza(reader: InputReader, needed: boolean): OomnitzaInputs | undefined {
  const names = ['oomnitza-url', 'oomnitza-api-token', 'oomnitza-username', 'oomnitza-password', 'oomnitza-client-certificate'];
  const wanted = needed || names.some((name) => getInput(name) !== '');
  const complete = reader.complete(['oomnitza-url'], wanted);
  const url = reader.origin('oomnitza-url', 'https://example.oomnitza.com');
  const signIn = wanted ? readSignIn(reader) : undefined;
  const pem = getInput('oomnitza-client-certificate');
  const certificate = pem === '' ? undefined : certificateIn(reader, () => readTlsCertificate(pem));
  return complete && signIn !== undefined ? { url, signIn, certificate } : undefined;
}

function readSignIn(reader: InputReader): OomnitzaSignIn | undefined {
  const token = getInput('oomnitza-api-token');
  const username = getInput('oomnitza-username');
  const password = getInput('oomnitza-password');
  if (token !== '' && (username !== '' || password !== '')) {
    reader.fault(`\`oomnitza-api-token\` is given together with \`oomnitza-${username === '' ? 'password' : 'username'}\`; give the token, or user name and password.`);
    return undefined;
  }
  // No request could be made with it, and the error that says so would quote it.
  if (/[^\t\u0020-\u007E\u0080-\u00FF]/.test(token)) {
    reader.fault('`oomnitza-api-token` holds characters that no token has, such as a line break. Check the repository secret behind it.');
  }
  if (token !== '') return { kind: 'token', token };
  if (username === '' && password === '') {
    reader.missing('oomnitza-api-token');
    return undefined;
  }
  return reader.complete(['oomnitza-username', 'oomnitza-password'], true) ? { kind: 'password', username, password } : undefined;
}

/** What the bulk API calls the sender. */
export function readConnectorName(reader: InputReader): string {
  const given = getInput('oomnitza-connector-name');
  // It is part of an address, in which these would mean something else.
  if (/[\p{Cc}/\\?#]/u.test(given)) reader.fault(`\`oomnitza-connector-name\` is ${shown(given)}; it takes the name of a connector, such as Azureusers.`);
  return given || 'Azureusers';
}
