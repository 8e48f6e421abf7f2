import { expect } from '@jest/globals';
import { csvRowsOf, planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'enabled: false succeeds with counts of zero, and neither side is read',
  world: { people: 5 },
  inputs: { mode: 'apply' },
  syncFile: 'version: 1\nenabled: false\nsync-keys: [email]\n',
  verify: ({ run }) => {
    expect(run.requests).toEqual([]);
    expect(run.summary).toContain('Switched off');
    expect(csvRowsOf(run)).toEqual([]);
    expect(planOf(run).changes).toEqual([]);
  },
} satisfies Scenario;
