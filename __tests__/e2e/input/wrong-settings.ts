import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

/** Each alone: input, what it is given, what the message must name besides. */
const wrong: readonly (readonly [input: string, value: string, named: string])[] = [
  ['mode', 'aply', 'validate, plan, apply'],
  ['max-failures', '-1', '-1'],
  ['max-failures', 'ten', 'ten'],
  ['concurrency', '0', 'from 1 to 32'],
  ['concurrency', '33', 'from 1 to 32'],
  ['concurrency', '2.5', 'from 1 to 32'],
  ['artifact-name', 'people: today', 'people: today'],
  ['artifact-retention-days', 'forever', 'forever'],
];

export default {
  title: 'each wrong setting is named, with what it got and what it takes, before anybody is asked',
  inputs: { mode: 'Apply' },
  verify: async ({ run, again }) => {
    expect(run.outputs['failure-reason']).toBe('invalid-input');
    expect(run.requests).toEqual([]);
    for (const [input, value, named] of wrong) {
      const { outputs, annotations, requests } = await again({ label: `${input}: ${value}`, inputs: { mode: 'apply', [input]: value } });
      expect(outputs['failure-reason']).toBe('invalid-input');
      expect(requests).toEqual([]);
      expect(annotations).toHaveLength(1);
      expect(annotations[0]?.message).toContain(`\`${input}\``);
      expect(annotations[0]?.message).toContain(named);
    }
  },
} satisfies Scenario;
