import { expect } from '@jest/globals';
import { addSyncedRecord } from '../../../sandbox/index.ts';
import { addPeople } from '../support/people.ts';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

export default {
  title: 'a reviewed plan is applied, and no other: what was added, is gone or is different is told, and nothing is written',
  inputs: { mode: 'plan' },
  syncFile: 'version: 1\nsync-keys: [email]\n',
  arrange: ({ tenant, instance }) => {
    for (const name of ['Ada', 'Bea', 'Cleo']) addSyncedRecord(instance, tenant.addUser({ displayName: `${name} Person`, department: 'Navy' }), { department: 'Army' });
  },
  verify: async ({ sandbox, run, again, keep }) => {
    const { instance } = sandbox;
    const reviewed = { workspace: { 'reviewed/plan.json': run.file('plan.json') }, inputs: { mode: 'apply', 'expected-plan': 'reviewed/plan.json' } };
    const [ada, bea, cleo] = instance.records.values().toArray();
    if (ada === undefined || bea === undefined || cleo === undefined) throw new Error('there are no records');

    instance.updateRecord(ada.user_id, { department: 'Air <b>Force</b>' });
    instance.updateRecord(bea.user_id, { department: 'Navy' });
    addPeople(sandbox, 3);
    const refused = await again({ ...reviewed, label: 'another plan by now' });
    expect(refused.outputs).toMatchObject({ 'failure-reason': 'plan-changed', 'create-count': '3', 'update-count': '2', 'fail-count': '0' });
    const summary = readable(refused.summary);
    keep('what differs', summary.slice(summary.indexOf('**Planned now'), summary.indexOf('### In numbers')));
    // Two values of the updates, and eight of each who is new.
    expect(summary.split('\n').filter((line) => /^\| \S+ \| (?:create|update) \|/.test(line))).toHaveLength(26);
    expect(summary).toContain(run.outputs['plan-digest']);
    expect(summary).toContain(refused.outputs['plan-digest']);
    const lines = refused.log.split('\n');
    const start = lines.indexOf('Where the plan is not the expected one:');
    expect(lines.slice(start).filter((line) => /^ {2}(?:added|gone|changed): /.test(line))).toHaveLength(18);
    expect(lines[start + 19]).toMatch(/^ {2}and \d+ more differences; the summary has them$/);

    expect((await again({ ...reviewed, inputs: { ...reviewed.inputs, mode: 'plan' }, label: 'a plan tells it as well' })).outputs['failure-reason']).toBe('plan-changed');
    const digest = refused.outputs['plan-digest'] ?? '';
    const both = { workspace: { 'plan.json': refused.file('plan.json') }, inputs: { mode: 'apply', 'expected-plan': 'plan.json' } };
    await again({ ...both, inputs: { ...both.inputs, 'expected-plan-digest': run.outputs['plan-digest'] ?? '' }, label: 'the file is right, the digest is not' });
    const applied = await again({ ...both, inputs: { ...both.inputs, 'expected-plan-digest': digest.toUpperCase() }, writes: true, label: 'the reviewed plan' });
    expect(writesOf(applied)).toHaveLength(5);
    expect(instance.record(ada.user_id).department).toBe('Navy');

    const late = await again({ inputs: { mode: 'apply', 'expected-plan-digest': digest }, label: 'all of it is done' });
    expect(late.outputs).toMatchObject({ 'failure-reason': 'plan-changed', 'has-changes': 'false' });
    await again({ syncFile: 'version: 1\nenabled: false\nsync-keys: [email]\n', inputs: { mode: 'apply', 'expected-plan-digest': digest }, label: 'a sync that is switched off' });
  },
} satisfies Scenario;
