import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a path that leads out of the workspace is refused also where no file is there, and tells nothing of what is there',
  inputs: { mode: 'apply', 'sync-file': 'folder-link/secret-plan.yaml' },
  arrange: ({ directory }) => {
    const workspace = join(directory, 'checkout');
    for (const folder of [workspace, join(directory, 'elsewhere')]) mkdirSync(folder);
    writeFileSync(join(directory, 'elsewhere', 'secret-plan.yml'), 'x');
    symlinkSync('../elsewhere', join(workspace, 'folder-link'));
    return { workspace };
  },
  verify: ({ run }) => {
    expect(run.log).not.toContain('secret-plan.yml');
    expect(run.outputs['failure-reason']).toBe('invalid-input');
  },
} satisfies Scenario;
