import { expect } from '@jest/globals';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'every problem of the sync file is told at once, on its very line',
  inputs: { mode: 'apply', 'sync-file': './.github/oomnitza-user-sync.yml' },
  syncFile: `version: 2
enabeld: true
source:
  min-users: "5"
sync-keys: [email, emial]
preference: create
fields:
  role: jobTitle
  office: { source: hireDate, value: x }
  department: { source: "business phones" }
`,
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(run.requests).toEqual([]);
    const marked = run.annotations.filter(({ file }) => file !== undefined);
    expect(new Set(marked.map(({ file }) => file))).toEqual(new Set(['.github/oomnitza-user-sync.yml']));
    expect(marked.map(({ line, col }) => `${String(line)}:${String(col)}`)).toEqual(['1:10', '2:1', '4:14', '5:20', '6:13', '8:3', '9:21', '9:38', '10:34']);
    for (const { message } of marked) expect(readable(run.summary)).toContain(message.split('`').at(1));
  },
} satisfies Scenario;
