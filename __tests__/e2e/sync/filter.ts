import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'source.filter is evaluated by Graph: who does not match is neither read nor touched',
  inputs: { mode: 'apply' },
  writes: true,
  syncFile: "version: 1\nsync-keys: [email]\nsource:\n  filter: department eq 'IT' and accountEnabled eq true\n",
  arrange: ({ tenant }) => {
    tenant.addUser({ displayName: 'Ada Byron', department: 'IT' });
    tenant.addUser({ displayName: 'Grace Hopper', department: 'Navy' });
    tenant.addUser({ displayName: 'Alan Turing', department: 'IT', accountEnabled: false });
  },
  verify: ({ sandbox, run }) => {
    expect([...sandbox.instance.records.values()].map(({ email }) => email)).toEqual(['ada.byron@contoso.com']);
    expect(run.outputs['directory-count']).toBe('1');
  },
} satisfies Scenario;
