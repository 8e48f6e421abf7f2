import type { DirectoryUser } from './entra/directory-user.ts';
import type { ServiceName } from './http/exchange.ts';
import type { FieldValues } from './oomnitza/record.ts';
import { standardValues } from './oomnitza/seed.ts';

/** What a sandbox is made of. Everything has a default. */
export interface SandboxOptions {
  /** People in the directory. */
  readonly people?: number;
  /** The same seed makes the same people and records. */
  readonly seed?: number;
  /** Time from the arrival of a request to its answer. */
  readonly latencyMs?: number;
  /** Share of the people with a mail address that have an Oomnitza record, 0 to 1. */
  readonly oomnitzaCoverage?: number;
  /** Share of those records that differ from the directory, 0 to 1. */
  readonly difference?: number;
  /** Records that are there twice, with the same email. */
  readonly conflicts?: number;
  /** People without a mail address. */
  readonly skips?: number;
  /** The most records that Oomnitza puts on a page. */
  readonly oomnitzaPageLimit?: number;
  /** Oomnitza describes its fields. */
  readonly metadata?: boolean;
  /** Oomnitza tells how many records there are. */
  readonly totals?: boolean;
  /** Oomnitza demands a client certificate in TLS: `sandbox.clientCertificates` says which. */
  readonly clientCertificate?: boolean;
  /** Application permissions granted to the application. */
  readonly permissions?: readonly string[];
  /** What a record in sync with a directory user holds. Default: what the standard mapping gives. */
  readonly syncedValues?: (user: DirectoryUser) => FieldValues;
  /** A proxy stands before the services. */
  readonly proxy?: ProxyOptions | undefined;
}

/** The proxy before the services. */
export interface ProxyOptions {
  /**
   * Names by which services are known, the first of which is that of their addresses. Nobody but the proxy can resolve
   * them, so that what reaches such a service has come through the proxy.
   */
  readonly hosts?: Readonly<Partial<Record<ServiceName, readonly [string, ...string[]]>>>;
  /** `user:password` that it asks for, percent-encoded. */
  readonly credentials?: string;
}

/** The defaults: a small company whose records lag behind a little. */
export const DEFAULT_OPTIONS: Required<SandboxOptions> = {
  people: 50,
  seed: 20260101,
  latencyMs: 0,
  oomnitzaCoverage: 0.9,
  difference: 0.1,
  conflicts: 0,
  skips: 0,
  oomnitzaPageLimit: 500,
  metadata: true,
  totals: true,
  clientCertificate: false,
  permissions: ['User.Read.All'],
  syncedValues: standardValues,
  proxy: undefined,
};
