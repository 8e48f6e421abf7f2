import { expect } from '@jest/globals';
import type { RunResult } from '../../../sandbox/runner.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

const needed = ['tenant-id', 'client-id', 'oomnitza-url', 'oomnitza-api-token'];
const others = ['mode', 'cloud', 'authority-host', 'graph-url', 'max-failures', 'concurrency', 'artifact-name', 'artifact-retention-days', 'watch-workflow', 'max-age'];

/** Each input is named wherever a person may look, in log and summary on a line of its own. */
function expectAll({ outputs, annotations, summary, log }: RunResult, names: readonly string[]): void {
  expect(outputs['failure-reason']).toBe('invalid-input');
  expect(annotations).toHaveLength(1);
  const message = annotations[0]?.message ?? '';
  for (const name of names) {
    expect(message).toContain(`\`${name}\` is`);
    expect(log).toMatch(new RegExp(`^ *- \`${name}\` is`, 'm'));
    expect(readable(summary)).toMatch(new RegExp(`^- ${name} is`, 'm'));
  }
  expect(message).not.toMatch(/[↵…]/);
}

export default {
  title: 'all that is missing or wrong is told at once, and nothing is cut off',
  inputs: { mode: 'apply', ...Object.fromEntries(needed.map((name) => [name, ''])) },
  verify: async ({ run, again }) => {
    const more = await again({ label: 'and all others are wrong', inputs: Object.fromEntries(others.map((name) => [name, '?'])) });
    expectAll(run, needed);
    expectAll(more, [...needed, ...others]);
  },
} satisfies Scenario;
