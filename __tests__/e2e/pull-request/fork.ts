import { expect } from '@jest/globals';
import { fromFork, readsOf, SYNC_FILE } from '../support/proposals.ts';
import type { Scenario } from '../support/scenario.ts';

const nothing = { 'tenant-id': '', 'client-id': '', 'client-secret': '', 'oomnitza-url': '', 'oomnitza-api-token': '' };

export default {
  title: 'a pull request from a fork or of Dependabot gets its sync file checked, and neither side is asked for anything',
  world: { people: 3 },
  inputs: { mode: 'auto', ...nothing },
  event: { name: 'pull_request', payload: fromFork },
  verify: async ({ sandbox, run, again }) => {
    expect(run.outputs).toMatchObject({ mode: 'validate', 'failure-reason': '' });
    expect(run.summary).toMatch(/This is a pull request from a fork: .*draft pull request.*workflow(?:_|&#95;)dispatch.*mode: plan/);
    const given = sandbox.inputs();
    const runs = [
      run,
      // A repository can be set to send its secrets to forks, and a variable is no secret.
      await again({ label: 'with credentials, and mode: plan', inputs: { ...given, mode: 'plan' } }),
      await again({ label: 'Dependabot', event: { name: 'pull_request' }, env: { GITHUB_ACTOR: 'dependabot[bot]' } }),
    ];
    for (const next of runs) {
      const { exitCode, outputs, annotations } = next;
      expect({ exitCode, mode: outputs['mode'], annotations, reads: readsOf(next) }).toEqual({ exitCode: 0, mode: 'validate', annotations: [], reads: [] });
    }
    const said = await again({ label: 'a comment that asks for it to be applied', event: { name: 'issue_comment' }, inputs: { ...given, mode: 'apply' } });
    expect([said.outputs['failure-reason'], readsOf(said)]).toEqual(['invalid-input', []]);
    const wrong = await again({ label: 'with a mistake', syncFile: 'version: 1\nsync-keys: [emial]\n' });
    expect(readsOf(wrong)).toEqual([]);
    expect(wrong.annotations).toContainEqual(expect.objectContaining({ file: SYNC_FILE, line: 2, col: 13 }));
    expect(wrong.summary).toContain('This is a pull request from a fork');
    // It was wrong before, and is not the fork's fault.
    const wrongFile = 'version: 1\nsync-keys: [emial]\n';
    sandbox.github.propose({ [SYNC_FILE]: wrongFile }, { 'README.md': '1' });
    const alone = await again({ label: 'that leaves a wrong sync file alone', syncFile: wrongFile });
    expect(alone).toMatchObject({ exitCode: 0, annotations: [] });
    const own = await again({ label: 'a branch of the repository without credentials', event: { name: 'pull_request' } });
    expect(own.outputs['failure-reason']).toBe('invalid-input');
  },
} satisfies Scenario;
