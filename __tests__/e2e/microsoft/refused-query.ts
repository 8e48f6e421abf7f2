import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a property or a filter that Graph does not know is told on its line of the sync file',
  world: { people: 3 },
  inputs: { mode: 'apply' },
  givenUp: 'oomnitza',
  syncFile: `version: 1
sync-keys: [email]
fields:
  office: { source: [officeLocation, contoso_officeCode] }
`,
  verify: async ({ run, again }) => {
    const filter = await again({ label: 'a filter', syncFile: "version: 1\nsync-keys: [email]\nsource:\n  filter: department is 'IT'\n" });
    const unknown = await again({ label: 'a filter on an unknown property', syncFile: "version: 1\nsync-keys: [email]\nsource: { filter: deportment eq 'IT' }\n" });
    for (const { outputs } of [run, filter, unknown]) expect(outputs['failure-reason']).toBe('invalid-sync-file');
    const places = [run, filter, unknown].map(({ annotations }) => annotations.map(({ file, line, col }) => (file === undefined ? '' : `${String(line)}:${String(col)}`)).join(''));
    expect(places).toEqual(['4:38', '4:11', '3:19']);
  },
} satisfies Scenario;
