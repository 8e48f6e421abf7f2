import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'an upload that fails is a warning that says where the files are; what was written to Oomnitza counts',
  inputs: { mode: 'apply', 'artifact-name': 'oomnitza-user-sync' },
  writes: true,
  arrange: ({ tenant, faults }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
    faults.add({ service: 'github', path: /CreateArtifact/, status: 403, body: { code: 'permission_denied', msg: 'not allowed' } });
  },
  verify: async ({ sandbox: { instance, faults }, run, again }) => {
    expect(instance.records.size).toBe(1);
    const runs = [run];
    faults.add({ service: 'github', path: '/artifact-storage', status: 403, body: '<Error><Code>AuthenticationFailed</Code></Error>' });
    runs.push(await again({ label: 'the storage refuses it' }));
    runs.push(await again({ label: 'no runtime token', env: { ACTIONS_RUNTIME_TOKEN: undefined } }));
    runs.push(await again({ label: 'no results service', env: { ACTIONS_RESULTS_URL: undefined } }));
    runs.push(await again({ label: 'GitHub Enterprise Server', env: { GITHUB_SERVER_URL: 'https://github.contoso.example' } }));
    for (const { outputs, annotations, reportDirectory } of runs) {
      expect(outputs).toMatchObject({ 'failure-reason': '', 'artifact-id': '', 'artifact-url': '' });
      expect(annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining(reportDirectory) }]);
    }
  },
} satisfies Scenario;
