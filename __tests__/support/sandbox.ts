import tls from 'node:tls';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.ts';
import './one-realm.ts';

/**
 * Starts a sandbox that this process trusts, and no other: all sandboxes' certificates have the same name, so that one
 * of an earlier test file would be taken for the issuer of this one.
 */
export async function trustedSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  tls.setDefaultCACertificates([...tls.rootCertificates, sandbox.ca]);
  return sandbox;
}
