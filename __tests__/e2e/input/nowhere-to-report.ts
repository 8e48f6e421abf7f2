import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a run that could not report fails before it reads anything, with one clear message',
  inputs: { mode: 'plan', 'report-directory': 'taken/by-a-file' },
  workspace: { 'taken/by-a-file': 'x', '.github/oomnitza-user-sync.yml': 'version: 1\nsync-keys: [email]\n' },
  withoutSummary: 'file',
  arrange: ({ tenant }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'invalid-input', 'create-count': '', 'csv-path': '', 'plan-path': '' });
    expect(run.annotations).toHaveLength(1);
    expect(run.annotations[0]?.message).toContain('`report-directory`');
    expect(run.summary).toContain('report-directory');
  },
} satisfies Scenario;
