import { expect } from '@jest/globals';
import { readable } from '../support/readable.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'validate with credentials checks connections, permission and fields, and reads nobody on either side',
  world: { people: 3 },
  inputs: { mode: 'validate' },
  arrange: ({ instance }) => {
    instance.removeField('mail_nickname');
  },
  verify: async ({ run, again }) => {
    expect(run.requests.filter(({ path }) => path.endsWith('/users'))).toEqual([]);
    expect(readable(run.summary)).toMatch(/Microsoft Entra.*User\.Read\.All.*Oomnitza.*7 of the 8 mapped fields.*mail_nickname/s);
    const own = await again({ label: 'a field that the instance lacks', syncFile: 'version: 1\nsync-keys: [email]\nfields:\n  shoe_size: employeeId\n' });
    expect(own.annotations).toContainEqual(expect.objectContaining({ file: '.github/oomnitza-user-sync.yml', line: 4, col: 3 }));
    const token = await again({ label: 'a wrong API token', inputs: { 'oomnitza-api-token': 'a-token-that-was-revoked' } });
    expect(token.outputs['failure-reason']).toBe('authentication');
  },
} satisfies Scenario;
