import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const OTHER = '9d0f4a55-0000-4000-8000-5e9f4d1c7b80';

export default {
  title: 'validate tells which permission the app registration lacks, without reading anybody',
  world: { people: 3, permissions: [] },
  inputs: { mode: 'validate' },
  arrange: ({ tenant }) => {
    tenant.registerApp(OTHER, 'another-client-secret', 'Group.Read.All', 'Mail.Send');
    tenant.registerApp(OTHER.replace('9', '8'), 'another-client-secret', 'Directory.Read.All');
  },
  verify: async ({ run, again }) => {
    expect(run.outputs['failure-reason']).toBe('permission');
    expect(run.annotations[0]?.message).toContain('User.Read.All');
    const others = await again({ label: 'other permissions', inputs: { 'client-id': OTHER, 'client-secret': 'another-client-secret' } });
    expect(others.annotations[0]?.message).toContain('only Group.Read.All, Mail.Send');
    const more = await again({ label: 'Directory.Read.All', inputs: { 'client-id': OTHER.replace('9', '8'), 'client-secret': 'another-client-secret' } });
    expect(more.exitCode).toBe(0);
  },
} satisfies Scenario;
