import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import { planOf, statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf, writesOf } from '../support/writes.ts';

export default {
  title: 'a plan beyond a limit is reported in full and writes nothing, in plan mode too; override-limits says so loudly',
  inputs: { mode: 'plan' },
  syncFile: `version: 1
sync-keys: [email]
limits:
  updates: [30%, 4]
  creates: 1
`,
  arrange: (sandbox) => {
    addPeople(sandbox, 10);
    sandbox.syncAll({ mail_nickname: 'old' });
    for (const name of ['New One', 'New Two']) sandbox.tenant.addUser({ displayName: name });
  },
  verify: async ({ run, again, keep }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'limits-exceeded', 'create-count': '2', 'update-count': '10', 'has-changes': 'true' });
    expect(statusesOf(run)).toEqual({ planned: 26 });
    expect(Reflect.get(planOf(run), 'limits')).toEqual([
      { name: 'creates', limit: '1', base: 10, actual: 2, exceeded: true },
      { name: 'updates', limit: '30%, 4', base: 10, actual: 10, exceeded: true },
      { name: 'suspends', limit: '5%, 100', base: 10, actual: 0, exceeded: false },
      { name: 'restores', limit: '5%, 100', base: 10, actual: 0, exceeded: false },
      { name: 'shrink', limit: '50%', base: 0, actual: 0, exceeded: false },
    ]);
    keep('limits in the summary', run.summary.slice(run.summary.indexOf('### Limits')).split('\n\n').slice(0, 2).join('\n\n'));

    const refused = await again({ label: 'apply', inputs: { mode: 'apply' } });
    expect(writesOf(refused)).toEqual([]);
    expect(statusesOf(refused)).toEqual({ planned: 26 });
    const one = await again({ label: 'only one of them', inputs: { mode: 'apply', only: 'person.01@contoso.com, new.one@contoso.com, new.two@contoso.com' }, writes: true });
    expect(bodiesOf(one, 'POST')).toHaveLength(2);
    const overridden = await again({ label: 'overridden', inputs: { mode: 'apply', 'override-limits': 'true' }, writes: true });
    expect(overridden.outputs['failure-reason']).toBe('');
    expect(overridden.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('LIMITS OVERRIDDEN') }]);
    expect(bodiesOf(overridden, 'PATCH')).toHaveLength(9);
  },
} satisfies Scenario;
