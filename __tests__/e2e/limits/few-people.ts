import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { addPeople } from '../support/people.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

const syncFile = (more = ''): string => `version: 1\nsync-keys: [email]\n${more}`;

export default {
  title: 'below ten records percentages do not hold, and a count beside one does; from ten on both do, each by itself',
  inputs: { mode: 'plan' },
  syncFile: syncFile(),
  arrange: (sandbox) => {
    addPeople(sandbox, 9);
    sandbox.syncAll({ mail_nickname: 'old' });
  },
  verify: async ({ sandbox: { tenant, instance }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'update-count': '9', 'failure-reason': '' });
    const counted = await again({ label: 'nine, and eight are allowed', inputs: { mode: 'apply' }, syncFile: syncFile('limits: { updates: [30%, 8] }\n') });
    expect(counted.outputs['failure-reason']).toBe('limits-exceeded');
    expect(writesOf(counted)).toEqual([]);
    addSyncedRecord(instance, tenant.addUser({ displayName: 'Person 10' }), { mail_nickname: 'old' });
    for (const limit of ['[90%, 100]', '[100%, 9]']) {
      const beyond = await again({ label: `ten, and ${limit} are allowed`, inputs: { mode: 'apply' }, syncFile: syncFile(`limits: { updates: ${limit} }\n`) });
      expect(beyond.outputs).toMatchObject({ 'update-count': '10', 'failure-reason': 'limits-exceeded' });
      expect(writesOf(beyond)).toEqual([]);
    }
  },
} satisfies Scenario;
