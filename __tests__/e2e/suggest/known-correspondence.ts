import { expect } from '@jest/globals';
import { unzip } from '../../../sandbox/index.ts';
import { fillKnownCorrespondence, truth, unrelated } from '../../support/known-correspondence.ts';
import { linesOf } from '../../support/suggested-lines.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a suggested sync file says what the values prove, calls all else a guess, and can be planned with as it is',
  world: { people: 120, skips: 3, oomnitzaCoverage: 0 },
  inputs: { mode: 'suggest', 'artifact-name': 'first-sync' },
  arrange: (sandbox) => {
    fillKnownCorrespondence(sandbox);
    sandbox.instance.addField({ name: 'induction_track', optional: false });
    return undefined;
  },
  verify: async ({ sandbox: { tenant, github }, run, again, keep }) => {
    expect(run.outputs).toMatchObject({ mode: 'suggest', 'failure-reason': '' });
    expect(run.files()).toEqual(['suggested-sync-file.yml', 'summary.md']);
    const text = run.file('suggested-sync-file.yml');
    keep('suggested-sync-file.yml', text);
    expect(run.summary).toContain(`\`\`\`yaml\n${text.trimEnd()}\n\`\`\``);
    const artifact = github.artifact('first-sync-oomnitza-user-sync-1');
    expect([...unzip(artifact?.content ?? Buffer.alloc(0))].map(([name, content]) => [name, content.toString()])).toEqual([['suggested-sync-file.yml', text]]);

    const lines = linesOf(text);
    // The identity stands above the fields.
    const identity = /# agrees for \d+ of \d+ matched people\nidentity: (\w+)\n/.exec(text)?.[1];
    const proven = Object.entries(truth).filter(([field, source]) => (lines.get(field)?.source === source && lines.get(field)?.isGuess === false) || (field === identity && source === 'id'));
    expect(proven.length / Object.keys(truth).length).toBeGreaterThanOrEqual(0.9);
    expect([...lines].filter(([field, { source, isGuess }]) => truth[field] !== source && !isGuess)).toEqual([]);
    expect(text).toContain('# Not matched, and Oomnitza says that it creates nobody without: induction_track.');
    for (const field of unrelated) expect(lines.has(field)).toBe(false);
    const personal = [...tenant.users.values()].flatMap(({ id, userPrincipalName, mail, displayName, employeeId }) => [id, userPrincipalName, mail, displayName, employeeId]);
    expect(personal.filter((value) => typeof value === 'string' && (text + run.log).includes(value))).toEqual([]);

    // Records that are this far behind exceed the usual limits, rightly.
    const plan = await again({ label: 'a plan with it', syncFile: `${text}limits: { updates: none }\n`, inputs: { mode: 'plan', 'artifact-name': '' } });
    expect(plan.outputs).toMatchObject({ 'failure-reason': '', 'conflict-count': '0' });
    expect(plan.annotations).toEqual([]);
    expect(plan.summary).toContain('demands of new people what neither a rule nor <code>defaults</code> gives: induction&#95;track.');
    const beside = await again({ label: 'beside a sync file', syncFile: 'version: 2', inputs: { 'artifact-name': '' } });
    expect(beside.log).toContain('is there already. It was not read');
    expect(beside.file('suggested-sync-file.yml')).toBe(text);
  },
} satisfies Scenario;
