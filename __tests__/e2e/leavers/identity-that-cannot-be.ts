import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'an identity that the instance does not keep unique, and a marker that holds no date, are problems on their lines',
  inputs: { mode: 'validate' },
  syncFile: `version: 1
identity: cost_center
source: { filter: accountEnabled eq true and userType eq 'Member' }
leavers:
  marker: Office
`,
  verify: async ({ run, again }) => {
    expect(run.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(run.annotations.filter(({ line }) => line !== undefined).map(({ level, line, message }) => `${level} ${String(line)} ${message}`)).toEqual([
      expect.stringMatching(/^warning 3 .*leaves out disabled users/),
      expect.stringMatching(/^error 2 .*cost_center.* unique/),
      expect.stringMatching(/^error 5 .*office.* holds no dates/),
    ]);
    const plan = await again({ label: 'before anything is read', inputs: { mode: 'plan' }, givenUp: 'microsoft' });
    expect(plan.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(plan.requests.filter(({ service, path }) => service === 'oomnitza' && path === '/api/v3/users')).toEqual([]);
  },
} satisfies Scenario;
