import { expect } from '@jest/globals';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'preset fields that the instance lacks are left out with a notice',
  inputs: { mode: 'apply' },
  writes: true,
  arrange: ({ tenant, instance }) => {
    instance.removeField('mail_nickname');
    instance.removeField('account_enabled');
    tenant.addUser({ displayName: 'Ada Byron', department: 'Research' });
  },
  verify: ({ run }) => {
    expect(bodiesOf(run, 'POST')).toEqual([
      { department: 'Research', email: 'ada.byron@contoso.com', first_name: 'Ada', last_name: 'Byron', position: 'Employee', role: 25, username: 'ada.byron@contoso.com' },
    ]);
    for (const place of [run.log, readable(run.summary)]) expect(place).toMatch(/Left out of the preset.*account_enabled, mail_nickname/s);
  },
} satisfies Scenario;
