import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { entraAuthority } from './entra/authority.ts';
import { populate } from './entra/people.ts';
import { EntraTenant } from './entra/tenant.ts';
import { gitHubApi } from './github/api.ts';
import { idTokenPath } from './github/oidc.ts';
import { GitHubSide, type WorkflowRun } from './github/side.ts';
import type { GraphPaging } from './graph/list-users.ts';
import { microsoftGraph } from './graph/service.ts';
import { makeCertificate } from './http/certificate.ts';
import { ClientCertificates } from './http/client-certificates.ts';
import { Faults } from './http/faults.ts';
import { startProxy, type RunningProxy } from './http/proxy.ts';
import { RequestLog } from './http/request-log.ts';
import { startServer, type ServerContext } from './http/server.ts';
import type { ServiceName } from './http/exchange.ts';
import { OomnitzaInstance } from './oomnitza/instance.ts';
import { addSyncedRecord, seedInstance, type ExpectedPlan } from './oomnitza/seed.ts';
import type { FieldValues } from './oomnitza/record.ts';
import { oomnitzaApi } from './oomnitza/service.ts';
import { DEFAULT_OPTIONS, type SandboxOptions } from './options.ts';

export { authorityError } from './entra/authority-errors.ts';
export type { DirectoryUser, DirectoryValue, UserProperties } from './entra/directory-user.ts';
export type { DirectoryGroup, GroupSketch } from './entra/group.ts';
export type { DeviceProperties, ManagedDevice } from './entra/managed-device.ts';
export { EntraTenant, type FederatedCredential, type RegisteredApp } from './entra/tenant.ts';
export { COMMITS, PULL_REQUEST } from './github/commits.ts';
export type { Issue, IssueAuthor } from './github/issue-tracker.ts';
export { GitHubSide, type ChangedFile, type IssueComment, type UploadedArtifact, type WorkflowRun } from './github/side.ts';
export type { Attempt, PastRun, Workflow } from './github/workflows.ts';
export { unzip } from './github/unzip.ts';
export { Faults, type Fault, type FaultEffect } from './http/faults.ts';
export { describeRequest, RequestLog, type LoggedRequest, type RequestMatch } from './http/request-log.ts';
export type { ServiceName, ServiceRequest } from './http/exchange.ts';
export type { InstanceBehaviour } from './oomnitza/behaviour.ts';
export type { FieldDefinition, FieldSketch } from './oomnitza/fields.ts';
export { OomnitzaInstance } from './oomnitza/instance.ts';
export type { FieldValue, FieldValues, OomnitzaRecord } from './oomnitza/record.ts';
export { addSyncedRecord, standardValues, type ExpectedPlan } from './oomnitza/seed.ts';
export type { RunningProxy } from './http/proxy.ts';
export type { ProxyOptions, SandboxOptions } from './options.ts';

/** The application registration that is there from the start, and the API token. */
export const CREDENTIALS = {
  clientId: '3c8e0a54-71d9-4f06-b2ad-5e9f4d1c7b80',
  clientSecret: 'sBx8Q~sandbox-client-secret-0123456789abcd',
  apiToken: 'sandbox-oomnitza-api-token-0123456789abcdef',
} as const;

/** A running sandbox: four services over HTTPS on the loopback interface, and the state behind them. */
export interface Sandbox {
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** PEM file with the certificate to trust, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** The same certificate as text. */
  readonly ca: string;
  readonly tenant: EntraTenant;
  /** How Graph pages its lists. */
  readonly graph: GraphPaging;
  readonly instance: OomnitzaInstance;
  /** What Oomnitza takes in TLS, where it demands a client certificate. */
  readonly clientCertificates: ClientCertificates;
  readonly github: GitHubSide;
  readonly faults: Faults;
  readonly requests: RequestLog;
  /** The proxy before the services, where there is one. */
  readonly proxy: RunningProxy | undefined;
  /** What a plan comes to with the state of the start, the standard mapping and `sync-keys: [email]`. */
  readonly expected: ExpectedPlan;
  /** A folder that lives as long as the sandbox. */
  readonly directory: string;
  /** The action inputs that reach this sandbox. */
  inputs(overrides?: Readonly<Record<string, string>>): Record<string, string>;
  /** The environment in which a child process trusts and finds the services, as the job of a (new) run. */
  environment(run?: WorkflowRun): Record<string, string>;
  /** Makes this very process trust the certificate, for clients under test. */
  trust(): void;
  /** Adds a record in sync with each directory user who has none with the same username, but for what is given. */
  syncAll(differing?: FieldValues): void;
  /** The text with the addresses and folders of this sandbox replaced by names that every run shares, for snapshots. */
  stable(text: string): string;
  setLatency(milliseconds: number): void;
  /** The most connections to Oomnitza that were open at a time. */
  mostConnections(): number;
  close(): Promise<void>;
}

/** Starts a sandbox on free ports. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = { ...DEFAULT_OPTIONS, ...options };
  const tenant = new EntraTenant(settings.seed);
  tenant.registerApp(CREDENTIALS.clientId, CREDENTIALS.clientSecret, ...settings.permissions);
  populate(tenant, { people: settings.people, withoutMail: settings.skips, seed: settings.seed });

  const instance = new OomnitzaInstance(settings.seed);
  instance.tokens.set(CREDENTIALS.apiToken, new Set(['read', 'write']));
  instance.behaviour.pageLimit = settings.oomnitzaPageLimit;
  instance.behaviour.metadata = settings.metadata;
  instance.behaviour.totals = settings.totals;
  const expected = seedInstance(instance, tenant, {
    coverage: settings.oomnitzaCoverage,
    difference: settings.difference,
    conflicts: settings.conflicts,
    values: settings.syncedValues,
    seed: settings.seed,
  });
  // Sorting a large instance takes longer than a typical latency: not within the first request, then.
  instance.sortedBy('user_id');

  const hosts = settings.proxy?.hosts ?? {};
  const certificate = await makeCertificate(Object.values(hosts).flat());
  const directory = await mkdtemp(join(tmpdir(), 'oomnitza-sandbox-'));
  const caFile = join(directory, 'ca.pem');
  await writeFile(caFile, certificate.certificate);

  const github = new GitHubSide();
  const graph: GraphPaging = { tokenLifetimeMs: Infinity, emptyPageEvery: 0, devicesPerPage: 1000, signInsPerMinute: 10, spoilPart: () => undefined };
  const requests = new RequestLog();
  const faults = new Faults();
  const clientCertificates = new ClientCertificates();
  const context: ServerContext = { certificate, requests, faults, latencyMs: settings.latencyMs };
  // Answers contain the address of the service itself, which is known only once it listens.
  const urls: Record<ServiceName, string> = { authority: '', graph: '', oomnitza: '', github: '' };
  const services = {
    authority: entraAuthority(tenant, {
      authority: () => [urls.authority, ...(hosts.authority ?? []).map((host) => `https://${host}`)],
      resources: () => [urls.graph],
      issuers: () => new Map([[github.oidc.issuer, github.oidc.publicKeys]]),
    }),
    graph: microsoftGraph(tenant, graph, () => urls.graph),
    oomnitza: oomnitzaApi(instance),
    github: gitHubApi(github, () => urls.github),
  };
  const names = ['authority', 'graph', 'oomnitza', 'github'] as const;
  const servers = await Promise.all(
    names.map(async (name) => {
      const server = await startServer(name, services[name], context, name === 'oomnitza' && settings.clientCertificate ? clientCertificates : undefined);
      const [host] = hosts[name] ?? [];
      urls[name] = host === undefined ? server.url : `https://${host}`;
      return { name, ...server };
    }),
  );
  const resolve = (authority: string): string | undefined =>
    servers.find(({ name, url }) => `https://${authority}` === url || hosts[name]?.some((host) => authority === `${host}:443`))?.url;
  const proxy = settings.proxy && (await startProxy(resolve, settings.proxy.credentials));

  return {
    urls,
    caFile,
    ca: certificate.certificate,
    tenant,
    graph,
    instance,
    clientCertificates,
    github,
    faults,
    requests,
    proxy,
    expected,
    directory,
    inputs: (overrides = {}) => ({
      'tenant-id': tenant.tenantId,
      'client-id': CREDENTIALS.clientId,
      'client-secret': CREDENTIALS.clientSecret,
      'authority-host': urls.authority,
      'graph-url': urls.graph,
      'oomnitza-url': urls.oomnitza,
      'oomnitza-api-token': CREDENTIALS.apiToken,
      ...overrides,
    }),
    environment: (run = github.startRun()) => ({
      NODE_EXTRA_CA_CERTS: caFile,
      GITHUB_API_URL: urls.github,
      ACTIONS_RESULTS_URL: `${urls.github}/`,
      ACTIONS_RUNTIME_URL: `${urls.github}/`,
      ACTIONS_RUNTIME_TOKEN: run.runtimeToken,
      ...(github.permissions.has('id-token')
        ? { ACTIONS_ID_TOKEN_REQUEST_URL: `${urls.github}${idTokenPath(run)}`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: run.idTokenRequestToken }
        : {}),
      ...(proxy === undefined ? {} : { HTTPS_PROXY: proxy.url }),
    }),
    trust: () => {
      tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate.certificate]);
    },
    syncAll: (differing = {}) => {
      for (const user of tenant.users.values()) {
        if (instance.holders('username', user.userPrincipalName).length === 0) addSyncedRecord(instance, user, differing, settings.syncedValues);
      }
    },
    stable: (text) =>
      names
        .reduce((stable, name) => stable.replaceAll(urls[name], `https://${name}.sandbox`), text)
        .replaceAll(directory, '<sandbox>')
        .replaceAll(/<sandbox>\/run-\w+/g, '<run>'),
    setLatency: (milliseconds) => {
      context.latencyMs = milliseconds;
    },
    mostConnections: () => servers[names.indexOf('oomnitza')]?.mostConnections() ?? 0,
    close: async () => {
      await Promise.all([proxy?.close(), ...servers.map((server) => server.close())]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
