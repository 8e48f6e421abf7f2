import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a filter that Graph takes only as an advanced query is sent as one, on every page',
  inputs: { mode: 'plan' },
  syncFile: "version: 1\nsync-keys: [email]\nsource:\n  filter: userType ne 'Guest'\n",
  arrange: ({ tenant }) => {
    for (let number = 1; number <= 1000; number += 1) tenant.addUser({ displayName: `Person ${number}` });
    tenant.addUser({ displayName: 'A Guest', userType: 'Guest' });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '1000' });
    const pages = run.requests.filter(({ service, status }) => service === 'graph' && status === 200);
    expect(pages.map(({ headers }) => headers['consistencylevel'])).toEqual(['eventual', 'eventual']);
  },
} satisfies Scenario;
