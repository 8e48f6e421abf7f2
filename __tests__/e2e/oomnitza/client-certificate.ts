import { expect } from '@jest/globals';
import { testCertificate } from '../../support/client-certificate.ts';
import { addPeople } from '../support/people.ts';
import type { Scenario } from '../support/scenario.ts';

const direct = { HTTPS_PROXY: undefined };

export default {
  title: 'an instance that demands a client certificate gets it, straight and through a proxy; without one, or with another, it says so',
  world: { clientCertificate: true, proxy: {} },
  // Closed connections are tried again, with waits between.
  waits: true,
  inputs: { mode: 'apply' },
  writes: true,
  arrange: async (sandbox) => {
    addPeople(sandbox, 2);
    const certificate = await testCertificate('ec');
    sandbox.clientCertificates.trust(certificate.certificate);
    return { inputs: { 'oomnitza-client-certificate': certificate.pem } };
  },
  verify: async ({ sandbox: { clientCertificates, instance, proxy }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'create-count': '2' });
    expect(instance.records.size).toBe(2);
    const tunnels = proxy?.tunnels.length ?? 0;
    expect(tunnels).toBeGreaterThan(0);

    const straight = await again({ label: 'without a proxy', env: direct });
    expect(straight.outputs).toMatchObject({ 'failure-reason': '', 'unchanged-count': '2' });
    expect(proxy?.tunnels).toHaveLength(tunnels);

    const other = await testCertificate();
    const refused = [
      await again({ label: 'no certificate', env: direct, inputs: { 'oomnitza-client-certificate': '' } }),
      await again({ label: 'another certificate', env: direct, inputs: { 'oomnitza-client-certificate': other.pem } }),
    ];
    for (const { outputs, annotations } of refused) {
      expect(outputs['failure-reason']).toBe('authentication');
      expect(annotations[0]?.message).toContain('`oomnitza-client-certificate`');
    }
    clientCertificates.refusal = 'close';
    const closed = await again({ label: 'the connection is closed', env: direct, inputs: { mode: 'validate', 'tenant-id': '', 'client-id': '', 'client-secret': '', 'oomnitza-client-certificate': '' } });
    expect(closed.outputs['failure-reason']).toBe('target-unavailable');
    expect(closed.annotations[0]?.message).toContain('`oomnitza-client-certificate`');

    const damaged = await again({ label: 'no key', inputs: { 'oomnitza-client-certificate': other.certificate } });
    expect([damaged.outputs['failure-reason'], damaged.requests]).toEqual(['invalid-input', []]);
  },
} satisfies Scenario;
