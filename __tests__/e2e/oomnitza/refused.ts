import { expect } from '@jest/globals';
import { CREDENTIALS } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a token that is refused, or may not read people, is told with what to change',
  world: { people: 3 },
  inputs: { mode: 'apply', 'oomnitza-api-token': 'a-token-that-was-revoked' },
  givenUp: 'microsoft',
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect(run.outputs['failure-reason']).toBe('authentication');
    expect(run.annotations[0]?.message).toContain('`oomnitza-api-token`');
    instance.tokens.get(CREDENTIALS.apiToken)?.delete('read');
    const blind = await again({ label: 'no right to read', inputs: { 'oomnitza-api-token': CREDENTIALS.apiToken } });
    expect(blind.outputs['failure-reason']).toBe('permission');
  },
} satisfies Scenario;
