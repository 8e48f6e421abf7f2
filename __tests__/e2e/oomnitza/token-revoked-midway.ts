import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import { planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

export default {
  title: 'a token that is revoked in the middle of writing stops it at once; what was done is reported, and done',
  inputs: { mode: 'apply' },
  writes: true,
  arrange: (sandbox) => {
    addPeople(sandbox, 8);
    sandbox.faults.add({ service: 'oomnitza', method: 'POST', after: 3, times: Infinity, status: 401, body: { message: 'Token revoked' } });
  },
  verify: async ({ sandbox: { instance, faults }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'authentication', 'fail-count': '1' });
    expect(planOf(run).changes.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied', 'failed', 'not-attempted', 'not-attempted', 'not-attempted', 'not-attempted']);
    expect(writesOf(run)).toHaveLength(4);
    expect(instance.records.size).toBe(3);
    faults.clear();
    faults.add({ service: 'oomnitza', method: 'POST', after: 1, times: Infinity, status: 403, body: { message: 'Read only now' } });
    const forbidden = await again({ label: 'a right that is taken away', writes: true });
    expect(forbidden.outputs['failure-reason']).toBe('permission');
    expect(writesOf(forbidden)).toHaveLength(2);
    faults.clear();
    expect((await again({ label: 'all is well again', writes: true })).outputs).toMatchObject({ 'failure-reason': '', 'create-count': '4' });
    expect(instance.records.size).toBe(8);
  },
} satisfies Scenario;
