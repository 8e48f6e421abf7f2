import { expect } from '@jest/globals';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

const names = Array.from({ length: 25 }, (_none, index) => `wrong_${index + 1}`);

export default {
  title: 'of many problems the first ones are annotations, ten errors at most; summary and log list all',
  inputs: { mode: 'apply' },
  syncFile: `version: 1\nsync-keys: [email]\nfields:\n${names.map((name) => `  ${name}: { sauce: mail }\n`).join('')}`,
  verify: ({ run }) => {
    for (let line = 4; line < 4 + names.length; line += 1) expect(run.log).toMatch(new RegExp(`line ${line}, column \\d+: Unknown key .sauce`));
    expect(readable(run.summary).match(/Unknown key sauce/g)).toHaveLength(25 + 1);
    // GitHub shows ten of a kind for a step and drops the others, so the one that sums up has to be among them.
    expect(run.annotations.filter(({ level }) => level === 'error')).toHaveLength(10);
    expect(run.annotations.at(-1)?.message).toContain('25 problems');
  },
} satisfies Scenario;
