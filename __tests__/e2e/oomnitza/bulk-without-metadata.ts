import { expect } from '@jest/globals';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

export default {
  title: 'without metadata, and so without internal ids, everything is written by REST, and the run says so',
  world: { metadata: false },
  inputs: { mode: 'apply', 'oomnitza-api': 'bulk' },
  writes: true,
  arrange: ({ tenant }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: ({ run }) => {
    expect(writesOf(run).map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/v3/users']);
    expect(readable(run.summary)).toMatch(/everything is written by the REST API/);
  },
} satisfies Scenario;
