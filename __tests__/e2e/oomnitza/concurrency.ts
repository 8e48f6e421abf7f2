import { expect } from '@jest/globals';
import type { RunResult } from '../../../sandbox/runner.ts';
import type { Scenario } from '../support/scenario.ts';

/** The most calls to Oomnitza that were under way at one time. */
function mostAtOnce({ requests }: RunResult): number {
  const calls = requests.filter(({ service }) => service === 'oomnitza');
  return Math.max(...calls.map(({ startedAt }) => calls.filter((other) => other.startedAt <= startedAt && (other.endedAt ?? Infinity) > startedAt).length));
}

export default {
  title: 'never more calls are under way than concurrency allows, on no more connections, and no fewer when there is work',
  world: { people: 60, oomnitzaCoverage: 0.5, difference: 0.5, oomnitzaPageLimit: 5, latencyMs: 20 },
  inputs: { mode: 'apply', concurrency: '4' },
  writes: true,
  syncFile: 'version: 1\nsync-keys: [email]\nlimits: { creates: none, updates: none }\n',
  verify: async ({ sandbox, run, again }) => {
    expect(mostAtOnce(run)).toBe(4);
    expect(sandbox.mostConnections()).toBeLessThanOrEqual(4);
    const reads = await again({ label: 'one at a time', inputs: { concurrency: '1' } });
    expect(mostAtOnce(reads)).toBe(1);
  },
} satisfies Scenario;
