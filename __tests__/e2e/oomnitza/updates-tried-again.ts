import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'updates get through 429, 503, gateways that gave up and connections that broke: those that were carried out are not sent again',
  waits: true,
  inputs: { mode: 'apply' },
  writes: true,
  arrange: ({ tenant, instance, faults }) => {
    for (const name of ['Ada', 'Bea', 'Cleo', 'Dora']) addSyncedRecord(instance, tenant.addUser({ displayName: `${name} Person`, department: 'Navy' }), { department: 'Army' });
    const update = { service: 'oomnitza', method: 'PATCH', headers: { 'Retry-After': '0' } } as const;
    faults.add({ ...update, status: 429 });
    faults.add({ ...update, after: 1, status: 503 });
    faults.add({ ...update, after: 2, status: 504, commit: true });
    faults.add({ ...update, after: 2, drop: 'after' });
  },
  verify: ({ sandbox: { instance }, run }) => {
    expect([...instance.records.values()].map(({ department }) => department)).toEqual(['Navy', 'Navy', 'Navy', 'Navy']);
    expect(Object.keys(statusesOf(run))).toEqual(['applied']);
    expect(run.log.match(/all calls wait/g)).toHaveLength(1);
  },
} satisfies Scenario;
