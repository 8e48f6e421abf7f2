import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a run that is cancelled while it uploads its artifact still shows its summary before it is killed',
  waits: true,
  inputs: { mode: 'apply', 'artifact-name': 'oomnitza-user-sync' },
  writes: true,
  signal: { name: 'SIGINT', whenRequests: (requests) => requests.all.at(-1)?.service === 'github' },
  arrange: ({ tenant, faults }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
    faults.add({ service: 'github', path: /CreateArtifact/, hang: true });
  },
  verify: ({ sandbox: { instance }, run }) => {
    expect(run.sinceSignalMs).toBeLessThan(7000);
    expect(instance.records.size).toBe(1);
    expect(run.summary).toContain('Applied 1 change: 1 created');
    expect(run.annotations.map(({ message }) => message).join()).toContain('The artifact was not uploaded');
  },
} satisfies Scenario;
