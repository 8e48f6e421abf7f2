import { getInput } from '@actions/core';
import { ClientCertificateFault, readClientCertificate, readTlsCertificate, type ClientCertificate, type TlsCertificate } from './client-certificate.ts';
import { clouds, type Cloud, type CloudName } from './clouds.ts';
import { SyncError } from './errors.ts';
import { originIn, shown } from './origin.ts';

export const modes = ['auto', 'validate', 'plan', 'apply'] as const;
export type Mode = (typeof modes)[number];

/** By which of its APIs Oomnitza is written to. */
export const oomnitzaApis = ['rest', 'bulk'] as const;
export type OomnitzaApi = (typeof oomnitzaApis)[number];

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

/** The inputs of the action, each checked and of the type that its use needs. */
export interface Inputs {
  readonly mode: Mode;
  readonly syncFile: string;
  readonly authorityHost: URL;
  readonly graphUrl: URL;
  readonly graphScope: string;
  readonly microsoft: MicrosoftInputs | undefined;
  readonly oomnitza: OomnitzaInputs | undefined;
  readonly oomnitzaApi: OomnitzaApi;
  /** What the bulk API calls the sender. */
  readonly connectorName: string;
  /** Fields that the instance marks as not editable are to be written nevertheless. */
  readonly ignoreMetaRestriction: boolean;
  /** User principal names, mail addresses or Entra ids of the only users to sync; empty: everybody. */
  readonly only: readonly string[];
  /** The one user to tell about; empty: none. */
  readonly explain: string;
  readonly maxFailures: number;
  readonly concurrency: number;
  /** Empty: nothing is uploaded. */
  readonly artifactName: string;
  /** `undefined`: what the repository has set. */
  readonly artifactRetentionDays: number | undefined;
  readonly reportDirectory: string;
  readonly githubToken: string;
}

/**
 * Reads all inputs.
 *
 * @param onSecret told of the secret ones before anything else is looked at
 * @param untrusted why GitHub gives this run no secrets, where it gives none
 * @throws SyncError `invalid-input` that names everything that is wrong at once
 */
export function readInputs(environment: Readonly<Record<string, string | undefined>>, onSecret: (secret: string) => void, untrusted?: string): Inputs {
  for (const secret of ['client-secret', 'client-certificate', 'client-certificate-password', 'oomnitza-api-token', 'oomnitza-password', 'oomnitza-client-certificate', 'github-token']) {
    if (getInput(secret) !== '') onSecret(getInput(secret));
  }
  const reader = new InputReader(untrusted !== undefined);
  const mode = reader.mode();
  const cloud = reader.cloud();
  const graphUrl = reader.origin('graph-url', cloud.graphUrl);
  const explain = reader.explain(mode);
  const inputs: Inputs = {
    mode: explain !== '' && mode === 'auto' ? 'plan' : mode,
    syncFile: getInput('sync-file') || '.github/oomnitza-user-sync.yml',
    authorityHost: reader.origin('authority-host', cloud.authorityHost),
    graphUrl,
    graphScope: getInput('graph-scope') || `${graphUrl.origin}/.default`,
    microsoft: reader.microsoft(mode !== 'validate', cloud),
    oomnitza: reader.oomnitza(mode !== 'validate'),
    oomnitzaApi: reader.oomnitzaApi(),
    connectorName: reader.connectorName(),
    ignoreMetaRestriction: reader.yesOrNo('oomnitza-ignore-meta-restriction'),
    only: reader.list('only'),
    explain,
    maxFailures: reader.wholeNumber('max-failures', 0, Number.MAX_SAFE_INTEGER) ?? 0,
    concurrency: reader.wholeNumber('concurrency', 1, 32) ?? 8,
    artifactName: reader.artifactName(),
    artifactRetentionDays: reader.wholeNumber('artifact-retention-days', 1, 400),
    reportDirectory: getInput('report-directory') || defaultReportDirectory(environment),
    githubToken: getInput('github-token'),
  };
  reader.throwIfWrong(untrusted);
  return inputs;
}

/** Where the files of a run go when nothing else is asked for; steps of one job do not share it. */
export function defaultReportDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  return `${environment['RUNNER_TEMP'] || '.'}/oomnitza-user-sync/${environment['GITHUB_ACTION'] || 'run'}`;
}

const tenantPattern = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+)$/i;
const guidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** The most that the parts of a mail address come to (RFC 5321, 4.5.3.1); user principal names are shorter. */
const maxNameLength = 320;

/** Reads inputs one by one and gathers what is wrong with them. */
class InputReader {
  readonly #withoutSecrets: boolean;
  readonly #wrong: string[] = [];
  readonly #missing: string[] = [];

  constructor(withoutSecrets: boolean) {
    this.#withoutSecrets = withoutSecrets;
  }

  mode(): Mode {
    const given = getInput('mode');
    const mode = modes.find((candidate) => candidate === given);
    if (mode === undefined && given !== '') this.#wrong.push(`\`mode\` is ${shown(given)}; it takes ${modes.join(', ')}.`);
    return mode ?? 'auto';
  }

  cloud(): Cloud {
    const given = getInput('cloud') || 'global';
    if (isCloudName(given)) return clouds[given];
    this.#wrong.push(`\`cloud\` is ${shown(given)}; it takes ${Object.keys(clouds).join(', ')}.`);
    return clouds.global;
  }

  /** What `core.getBooleanInput` takes; `false` where nothing is given. */
  yesOrNo(name: string): boolean {
    const given = getInput(name);
    if (given !== '' && !/^(?:true|True|TRUE|false|False|FALSE)$/.test(given)) {
      this.#wrong.push(`\`${name}\` is ${shown(given)}; it takes true or false.`);
    }
    return given.toLowerCase() === 'true';
  }

  /** Entries by comma or line, each once. */
  list(name: string): readonly string[] {
    const entries = getInput(name).split(/[,\r\n]/).map((entry) => entry.trim());
    this.#limit(name, entries);
    return [...new Set(entries.filter((entry) => entry !== ''))];
  }

  explain(mode: Mode): string {
    const given = getInput('explain');
    if (given === '') return '';
    if (mode === 'apply') this.#wrong.push('`explain` cannot stand beside `mode: apply`: it tells about one user and writes nothing.');
    if (mode === 'validate') this.#wrong.push('`explain` cannot stand beside `mode: validate`, which reads nobody.');
    if (getInput('only') !== '') this.#wrong.push('`explain` cannot stand beside `only`: it reads one user alone.');
    if (/[,\r\n]/.test(given)) this.#wrong.push(`\`explain\` is ${shown(given)}; it takes one user principal name, mail address or Entra id.`);
    this.#limit('explain', [given]);
    return given;
  }

  /** No name is longer, and Graph would refuse the address of the request instead (431). */
  #limit(name: string, entries: readonly string[]): void {
    const long = entries.find((entry) => entry.length > maxNameLength);
    if (long !== undefined) this.#wrong.push(`\`${name}\` has ${shown(long)}, of ${long.length} characters; a user principal name or mail address has ${maxNameLength} at most.`);
  }

  wholeNumber(name: string, least: number, most: number): number | undefined {
    const given = getInput(name);
    if (given === '') return undefined;
    const number = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (number >= least && number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    this.#wrong.push(`\`${name}\` is ${shown(given)}; it takes a whole number ${range}.`);
    return undefined;
  }

  /** An https address without path, query or user information. */
  origin(name: string, fallback: string): URL {
    const origin = originIn(getInput(name) || fallback);
    if (origin instanceof URL) return origin;
    this.#wrong.push(`\`${name}\` is ${origin}; it takes an address such as ${fallback}: https, without a path.`);
    return new URL(fallback);
  }

  artifactName(): string {
    // An input that is left out has the default of action.yml, so empty is really meant.
    const given = getInput('artifact-name');
    if (/[":<>|*?\r\n\\/]/.test(given)) {
      this.#wrong.push(`\`artifact-name\` is ${shown(given)}; it may not contain any of " : < > | * ? \\ / or a line break.`);
    }
    return given;
  }

  /** @param needed whether a run in this mode cannot do without */
  microsoft(needed: boolean, { oidcAudience }: Cloud): MicrosoftInputs | undefined {
    const credential = this.#credential(oidcAudience);
    const complete = this.#complete(['tenant-id', 'client-id'], needed || credential?.kind !== 'federated');
    const tenantId = getInput('tenant-id');
    const clientId = getInput('client-id');
    if (tenantId !== '' && !tenantPattern.test(tenantId)) {
      this.#wrong.push(`\`tenant-id\` is ${shown(tenantId)}; it takes the tenant’s id (a GUID) or one of its verified domains.`);
    }
    if (clientId !== '' && !guidPattern.test(clientId)) {
      this.#wrong.push(`\`client-id\` is ${shown(clientId)}; it takes the application (client) id of the app registration, a GUID.`);
    }
    if (this.#withoutSecrets && !needed && credential?.kind === 'federated') return undefined;
    return complete && credential !== undefined ? { tenantId, clientId, credential } : undefined;
  }

  /** The credential that is given, else GitHub is to vouch for the run; `undefined` where something is wrong with it. */
  #credential(oidcAudience: string): CredentialInputs | undefined {
    const secret = getInput('client-secret');
    const certificate = getInput('client-certificate');
    const password = getInput('client-certificate-password');
    if (secret !== '' && certificate !== '') {
      this.#wrong.push('`client-secret` is given together with `client-certificate`; give the one that is to be used.');
      return undefined;
    }
    if (certificate !== '') return this.#certificate(certificate, password);
    if (password !== '') {
      this.#missing.push('client-certificate');
      return undefined;
    }
    if (secret !== '') return { kind: 'secret', secret };
    return { kind: 'federated', audience: getInput('oidc-audience') || oidcAudience };
  }

  #certificate(text: string, password: string): CredentialInputs | undefined {
    const certificate = this.#read(() => readClientCertificate(text, password));
    return certificate && { kind: 'certificate', certificate };
  }

  /** What a reader of certificates gives; `undefined` where something is wrong with one. */
  #read<Certificate>(reader: () => Certificate): Certificate | undefined {
    try {
      return reader();
    } catch (thrown) {
      if (!(thrown instanceof ClientCertificateFault)) throw thrown;
      this.#wrong.push(thrown.message);
      return undefined;
    }
  }

  oomnitza(needed: boolean): OomnitzaInputs | undefined {
    const names = ['oomnitza-url', 'oomnitza-api-token', 'oomnitza-username', 'oomnitza-password', 'oomnitza-client-certificate'];
    const wanted = needed || names.some((name) => getInput(name) !== '');
    const complete = this.#complete(['oomnitza-url'], wanted);
    const url = this.origin('oomnitza-url', 'https://example.oomnitza.com');
    const signIn = wanted ? this.#oomnitzaSignIn() : undefined;
    const pem = getInput('oomnitza-client-certificate');
    const certificate = pem === '' ? undefined : this.#read(() => readTlsCertificate(pem));
    return complete && signIn !== undefined ? { url, signIn, certificate } : undefined;
  }

  #oomnitzaSignIn(): OomnitzaSignIn | undefined {
    const token = getInput('oomnitza-api-token');
    const username = getInput('oomnitza-username');
    const password = getInput('oomnitza-password');
    if (token !== '' && (username !== '' || password !== '')) {
      this.#wrong.push(`\`oomnitza-api-token\` is given together with \`oomnitza-${username === '' ? 'password' : 'username'}\`; give the token, or user name and password.`);
      return undefined;
    }
    // No request could be made with it, and the error that says so would quote it.
    if (/[^\t\u0020-\u007E\u0080-\u00FF]/.test(token)) {
      this.#wrong.push('`oomnitza-api-token` holds characters that no token has, such as a line break. Check the repository secret behind it.');
    }
    if (token !== '') return { kind: 'token', token };
    if (username === '' && password === '') {
      this.#missing.push('oomnitza-api-token');
      return undefined;
    }
    return this.#complete(['oomnitza-username', 'oomnitza-password'], true) ? { kind: 'password', username, password } : undefined;
  }

  oomnitzaApi(): OomnitzaApi {
    const given = getInput('oomnitza-api');
    const api = oomnitzaApis.find((candidate) => candidate === given);
    if (api === undefined && given !== '') this.#wrong.push(`\`oomnitza-api\` is ${shown(given)}; it takes ${oomnitzaApis.join(', ')}.`);
    return api ?? 'rest';
  }

  connectorName(): string {
    const given = getInput('oomnitza-connector-name');
    // It is part of an address, in which these would mean something else.
    if (/[\p{Cc}/\\?#]/u.test(given)) this.#wrong.push(`\`oomnitza-connector-name\` is ${shown(given)}; it takes the name of a connector, such as Azureusers.`);
    return given || 'Azureusers';
  }

  /** Whether all of them are given; some without the others are as wrong as a needed one that is missing. */
  #complete(names: readonly string[], needed: boolean): boolean {
    const missing = names.filter((name) => getInput(name) === '');
    // What is left of a side without its secrets is no slip where GitHub gives none.
    const isSlip = missing.length < names.length && !this.#withoutSecrets;
    if (missing.length > 0 && (needed || isSlip)) {
      this.#missing.push(...missing);
    }
    return missing.length === 0;
  }

  throwIfWrong(untrusted: string | undefined): void {
    const wrong = [...this.#missing.map((name) => `\`${name}\` is missing${otherWays[name] ?? ''}.`), ...this.#wrong];
    const [first, ...more] = wrong;
    if (first === undefined) return;
    const secrets =
      this.#missing.length === 0
        ? ''
        : untrusted === undefined
          ? ' What comes from a repository secret is empty where the secret does not exist, or where this event may not read it.'
          : ` This is ${untrusted}, to which GitHub gives no secrets: use \`mode: validate\` there, which checks the sync file alone.`;
    const hint = `Correct the \`with:\` block of the workflow step.${secrets}`;
    if (more.length === 0) throw new SyncError('invalid-input', `The input ${first}`, { hint });
    throw new SyncError('invalid-input', `${wrong.length} inputs are wrong.`, { details: wrong, hint });
  }
}

/** What may be given in place of an input that is missing. */
const otherWays: Readonly<Partial<Record<string, string>>> = { 'oomnitza-api-token': ', and so are `oomnitza-username` and `oomnitza-password` that could take its place' };

function isCloudName(text: string): text is CloudName {
  return Object.hasOwn(clouds, text);
}
