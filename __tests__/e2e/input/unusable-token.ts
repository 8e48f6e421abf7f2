import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a token that cannot be sent, as it was pasted in part or over two lines, is a wrong input',
  inputs: { mode: 'apply', 'oomnitza-api-token': 'abcdef…uvwxyz' },
  verify: async ({ run, again }) => {
    const lines = await again({ label: 'two lines', inputs: { 'oomnitza-api-token': 'first-line-of-it\nsecond-line-of-it' } });
    for (const { outputs, annotations, requests } of [run, lines]) {
      expect(outputs['failure-reason']).toBe('invalid-input');
      expect(annotations[0]?.message).toContain('`oomnitza-api-token`');
      expect(requests).toEqual([]);
    }
  },
} satisfies Scenario;
