import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const department = 'R&D #1 100% + "Ö" https://x.example/?a=b O\'Neill';

export default {
  title: 'a filter arrives as it is written, whatever characters it holds, on the first page and the next',
  inputs: { mode: 'plan' },
  syncFile: `version: 1
sync-keys: [email]
source:
  filter: >-
    department eq '${department.replaceAll("'", "''")}'
`,
  arrange: ({ tenant }) => {
    for (let number = 1; number <= 1000; number += 1) tenant.addUser({ displayName: `Person ${number}`, department });
    tenant.addUser({ displayName: 'Somebody Else', department: 'R&D #1 100% + ' });
  },
  verify: ({ run }) => {
    expect(run.outputs['directory-count']).toBe('1000');
  },
} satisfies Scenario;
