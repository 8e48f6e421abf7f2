import { expect } from '@jest/globals';
import { statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a create that never gets through is a failed record after some attempts, and the others are written',
  waits: true,
  inputs: { mode: 'apply' },
  writes: true,
  arrange: ({ tenant, faults }) => {
    for (const name of ['Ada Byron', 'Grace Hopper']) tenant.addUser({ displayName: name });
    const isAda = ({ content }: { readonly content: unknown }): boolean => JSON.stringify(content ?? '').includes('Ada');
    faults.add({ service: 'oomnitza', method: 'POST', match: isAda, drop: 'before', times: Infinity });
  },
  verify: ({ sandbox: { instance }, run }) => {
    expect([...instance.records.values()].map(({ email }) => email)).toEqual(['grace.hopper@contoso.com']);
    expect(run.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'fail-count': '1' });
    expect(Object.keys(statusesOf(run)).sort()).toEqual(['applied', 'failed']);
  },
} satisfies Scenario;
