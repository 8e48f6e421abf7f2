import { expect } from '@jest/globals';
import { csvRowsOf, statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

export default {
  title: 'records that Oomnitza refuses are reported in its words, and keep no other record from being written',
  inputs: { mode: 'apply', concurrency: '8' },
  writes: true,
  syncFile: 'version: 1\nsync-keys: [email]\nfields: { employee_type: employeeType }\n',
  arrange: ({ tenant, instance }) => {
    // With them the option would be missed before anything is written.
    instance.behaviour.metadata = false;
    tenant.addUser({ displayName: 'Ada Byron' });
    tenant.addUser({ displayName: 'Bad Option', employeeType: 'Wizard' });
    tenant.addUser({ displayName: 'Name Taken' });
    instance.addRecord({ email: 'someone.else@contoso.com', username: 'NAME.TAKEN@contoso.com' });
    tenant.addUser({ displayName: 'Zoe Last', employeeType: 'INT' });
  },
  verify: async ({ sandbox: { instance }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'fail-count': '2', 'create-count': '4' });
    expect([...instance.records.values()].map(({ email }) => email).sort()).toEqual(['ada.byron@contoso.com', 'someone.else@contoso.com', 'zoe.last@contoso.com']);
    const failed = csvRowsOf(run).filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ message }) => message))).toEqual(
      new Set([`Oomnitza answered 400: Field 'employee_type' has no option "Wizard".`, `Oomnitza answered 409: Another user has the username 'name.taken@contoso.com'.`]),
    );
    expect(run.summary).toMatch(/Could not be written: 2/);
    expect(Object.keys(statusesOf(run)).sort()).toEqual(['applied', 'failed']);

    const tolerant = await again({ label: 'max-failures: 2', inputs: { 'max-failures': '2' }, writes: true });
    expect(tolerant.outputs).toMatchObject({ 'failure-reason': '', 'fail-count': '2' });
    expect(writesOf(tolerant).map(({ status }) => status).sort()).toEqual([400, 409]);
    const strict = await again({ label: 'max-failures: 1', inputs: { 'max-failures': '1' }, writes: true });
    expect(strict.outputs['failure-reason']).toBe('record-failures');
  },
} satisfies Scenario;
