import { expect } from '@jest/globals';
import { planOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a list that changes while it is read is read again, so that nobody is overlooked',
  world: { people: 30, oomnitzaCoverage: 1, difference: 0, oomnitzaPageLimit: 10 },
  inputs: { mode: 'plan' },
  arrange: ({ faults, instance }) => {
    // A record of the first page is deleted after that page was read: everybody behind it moves up by one.
    const gone = instance.sortedBy('user_id')[0]?.user_id ?? '';
    faults.add({
      service: 'oomnitza',
      path: '/api/v3/users?',
      replace: (page) => {
        instance.removeRecord(gone);
        return page;
      },
    });
  },
  verify: ({ sandbox: { instance, tenant }, run }) => {
    const missing = [...tenant.users.values()].filter(({ mail }) => instance.holders('email', mail).length === 0);
    expect(planOf(run).changes).toMatchObject([{ action: 'create', userPrincipalName: missing[0]?.userPrincipalName }]);
    expect(run.log).toContain('reading it again');
  },
} satisfies Scenario;
