import { expect } from '@jest/globals';
import { statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a create that was not carried out is tried again, and done once',
  waits: true,
  inputs: { mode: 'apply' },
  writes: true,
  arrange: ({ tenant, faults }) => {
    for (const name of ['Ada Byron', 'Grace Hopper', 'Mary Shelley']) tenant.addUser({ displayName: name });
    faults.add({ service: 'oomnitza', method: 'POST', drop: 'before' });
    faults.add({ service: 'oomnitza', method: 'POST', after: 1, status: 503, headers: { 'Retry-After': '0' } });
    faults.add({ service: 'oomnitza', method: 'POST', after: 2, status: 429, headers: { 'Retry-After': '0' } });
  },
  verify: ({ sandbox: { instance }, run }) => {
    expect([...instance.records.values()].map(({ email }) => email)).toEqual(['ada.byron@contoso.com', 'grace.hopper@contoso.com', 'mary.shelley@contoso.com']);
    expect(Object.keys(statusesOf(run))).toEqual(['applied']);
  },
} satisfies Scenario;
