import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const nothing = { 'tenant-id': '', 'client-id': '', 'client-secret': '', 'oomnitza-url': '', 'oomnitza-api-token': '' };

export default {
  title: 'validate without credentials checks the sync file at once and asks nobody',
  inputs: { mode: 'validate', 'artifact-name': 'oomnitza-user-sync', ...nothing },
  event: { name: 'pull_request' },
  verify: async ({ run, again }) => {
    expect(run.requests).toEqual([]);
    expect(run.wallMs).toBeLessThan(8000);
    expect(run.summary).toContain('The sync file is valid');
    const wrong = await again({ label: 'with a mistake', syncFile: 'version: 1\nsync-keys: [emial]\n' });
    expect(wrong.requests).toEqual([]);
    expect(wrong.annotations).toContainEqual(expect.objectContaining({ file: '.github/oomnitza-user-sync.yml', line: 2, col: 13 }));
  },
} satisfies Scenario;
