import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a runner that shows no summaries is told of in the log; the file is there, and the run succeeds',
  inputs: { mode: 'plan', 'report-directory': 'reports/today' },
  env: { GITHUB_STEP_SUMMARY: undefined },
  withoutSummary: 'page',
  arrange: ({ tenant }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('');
    expect(run.outputs['summary-path']).toBe(`${run.workspace}/reports/today/summary.md`);
    expect(run.annotations).toMatchObject([{ level: 'warning' }]);
    expect(run.file('summary.md')).toContain('### People to create: 1');
  },
} satisfies Scenario;
