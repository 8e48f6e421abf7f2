import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'an expected plan that is no plan, was edited, or lies outside the workspace ends the run before anybody is asked',
  inputs: { mode: 'plan' },
  arrange: (sandbox) => {
    addPeople(sandbox, 1);
    const workspace = join(sandbox.directory, 'workspace');
    mkdirSync(join(workspace, '.github'), { recursive: true });
    writeFileSync(join(workspace, '.github/oomnitza-user-sync.yml'), 'version: 1\nsync-keys: [email]\n');
    return { workspace };
  },
  verify: async ({ sandbox, run, again }) => {
    const plan = run.file('plan.json');
    const inside = (name: string): string => join(sandbox.directory, 'workspace', name);
    writeFileSync(join(sandbox.directory, 'plan.json'), plan);
    symlinkSync('../plan.json', inside('link.json'));
    writeFileSync(inside('edited.json'), plan.replaceAll('person.01@', 'somebody.else@'));
    writeFileSync(inside('text.json'), 'Ada Byron, ada@contoso.com');
    symlinkSync('real.json', inside('inner.json'));
    writeFileSync(inside('real.json'), plan);
    for (const path of ['missing.json', '../plan.json', 'link.json', 'edited.json', 'text.json']) {
      const refused = await again({ inputs: { 'expected-plan': path }, label: path });
      expect(refused.outputs['failure-reason']).toBe('invalid-input');
      expect(refused.requests).toEqual([]);
      expect(refused.log).not.toContain('Ada Byron');
    }
    await again({ inputs: { 'expected-plan': 'inner.json' }, label: 'a link inside the workspace' });
  },
} satisfies Scenario;
