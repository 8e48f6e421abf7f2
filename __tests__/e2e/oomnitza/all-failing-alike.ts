import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import { statusesOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

export default {
  title: 'when the first fifty writes fail alike the rest is not attempted, whatever max-failures says',
  inputs: { mode: 'apply', 'max-failures': '1000' },
  writes: true,
  syncFile: 'version: 1\nsync-keys: [email]\npreset: none\ndefaults: { role: 99 }\nfields: { email: mail, username: userPrincipalName }\n',
  arrange: (sandbox) => {
    // With them the option would be missed before anything is written.
    sandbox.instance.behaviour.metadata = false;
    addPeople(sandbox, 60);
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': 'record-failures', 'fail-count': '50' });
    expect(writesOf(run)).toHaveLength(50);
    expect(statusesOf(run)).toEqual({ failed: 150, 'not-attempted': 30 });
    expect(run.annotations[0]?.message).toContain("Field 'role' has no option 99.");
    // Once each: as the annotation, as what happened, and beside the number of changes.
    const times = (text: string): number => text.split('has no option 99').length - 1;
    expect([run.annotations.length, times(run.log), times(run.summary)]).toEqual([1, 2, 2]);
    expect(run.log).toContain('  failed: create person.01@contoso.com, create person.02@contoso.com, create person.03@contoso.com and 47 more\n');
  },
} satisfies Scenario;
