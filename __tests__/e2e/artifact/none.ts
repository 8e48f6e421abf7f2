import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'with an empty name nothing is uploaded, and nobody is told that something is missing',
  inputs: { mode: 'plan', 'artifact-name': '' },
  arrange: ({ tenant }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: ({ sandbox: { github }, run }) => {
    expect(github.artifacts).toEqual([]);
    expect(run.requests.filter(({ service }) => service === 'github')).toEqual([]);
    expect(run.annotations).toEqual([]);
    expect(run.summary).not.toContain('artifact');
  },
} satisfies Scenario;
