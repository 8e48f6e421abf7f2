import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'fields of the user’s own that the instance lacks are told on their lines, before any record is read',
  world: { people: 3 },
  inputs: { mode: 'apply' },
  givenUp: 'microsoft',
  syncFile: `version: 1
sync-keys: [email]
defaults: { role: 25, positon: Employee }
fields:
  cost_centre: employeeId
  shoe_size: { value: 42 }
`,
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(run.requests.filter(({ service, path }) => service === 'oomnitza' && path === '/api/v3/users')).toEqual([]);
    const marked = run.annotations.filter(({ file }) => file !== undefined);
    expect(marked.map(({ line, col }) => [line, col])).toEqual([[3, 23], [5, 3], [6, 3]]);
    expect(marked[1]?.message).toContain('Did you mean `cost_center`?');
  },
} satisfies Scenario;
