import { expect } from '@jest/globals';
import { statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

export default {
  title: 'a create whose answer is lost is looked up, not sent again: there is one record, and it counts as applied',
  inputs: { mode: 'apply' },
  writes: true,
  arrange: ({ tenant, faults }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
    tenant.addUser({ displayName: 'Miles O’Brien', mail: "miles.o'brien@contoso.com" });
    faults.add({ service: 'oomnitza', method: 'POST', drop: 'after' });
    faults.add({ service: 'oomnitza', method: 'POST', status: 502, commit: true, body: '<html>Bad Gateway</html>' });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect([...instance.records.values()].map(({ email }) => email)).toEqual(['ada.byron@contoso.com', "miles.o'brien@contoso.com"]);
    expect(writesOf(run)).toHaveLength(2);
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'fail-count': '0' });
    expect(Object.keys(statusesOf(run))).toEqual(['applied']);
    expect((await again({ label: 'the next run' })).outputs['has-changes']).toBe('false');
  },
} satisfies Scenario;
