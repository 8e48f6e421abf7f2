import { expect } from '@jest/globals';
import { CREDENTIALS } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'half of the credentials are as wrong in validate as everywhere',
  inputs: { mode: 'validate', 'client-id': '' },
  verify: async ({ run, again }) => {
    const runs = [run, await again({ label: 'an address without a token', inputs: { 'client-id': CREDENTIALS.clientId, 'oomnitza-api-token': '' } })];
    for (const { outputs, requests } of runs) {
      expect(outputs['failure-reason']).toBe('invalid-input');
      expect(requests).toEqual([]);
    }
    expect(runs.map(({ annotations }) => /`([a-z-]+)` is missing/.exec(annotations[0]?.message ?? '')?.[1])).toEqual(['client-id', 'oomnitza-api-token']);
  },
} satisfies Scenario;
