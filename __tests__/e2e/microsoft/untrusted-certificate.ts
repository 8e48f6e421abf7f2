import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a certificate that the runner does not trust is told at once, with what to do',
  inputs: { mode: 'validate', 'oomnitza-url': '', 'oomnitza-api-token': '' },
  env: { NODE_EXTRA_CA_CERTS: undefined },
  verify: async ({ sandbox, run, again }) => {
    const oomnitza = await again({ label: 'Oomnitza', inputs: { ...sandbox.inputs(), 'tenant-id': '', 'client-id': '', 'client-secret': '' } });
    expect(run.outputs['failure-reason']).toBe('directory-incomplete');
    expect(oomnitza.outputs['failure-reason']).toBe('target-unavailable');
    for (const { annotations, log } of [run, oomnitza]) {
      expect(annotations[0]?.message).toContain('NODE_EXTRA_CA_CERTS');
      expect(log).not.toContain('trying again');
    }
  },
} satisfies Scenario;
