import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: '2,500 users come in three pages, with no property asked for but those that the mapping needs',
  world: { people: 2500, oomnitzaCoverage: 0.99, difference: 0.01, conflicts: 3, skips: 4 },
  inputs: { mode: 'plan', concurrency: '8' },
  syncFile: 'version: 1\nsync-keys: [email]\nfields: { cost_center: { source: onPremisesExtensionAttributes.extensionAttribute3, apply: on-create }, account_enabled: accountEnabled }\n',
  verify: ({ sandbox: { expected }, run }) => {
    expect(run.outputs).toMatchObject({
      'directory-count': '2500',
      'create-count': String(expected.creates),
      'update-count': String(expected.updates),
      'unchanged-count': String(expected.unchanged),
      'conflict-count': '3',
      'skip-count': '4',
    });
    expect(run.summary.length).toBeLessThan(60_000);
  },
} satisfies Scenario;
