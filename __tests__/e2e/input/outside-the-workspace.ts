import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a sync file outside the workspace is refused, however the path gets there; inside, links are followed',
  inputs: { mode: 'validate', 'sync-file': '../elsewhere/sync.yml' },
  arrange: (sandbox) => {
    const { directory } = sandbox;
    const workspace = join(directory, 'checkout');
    for (const folder of [workspace, join(directory, 'elsewhere')]) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'sync.yml'), 'version: 1\nsync-keys: [email]\n');
    }
    symlinkSync('../elsewhere/sync.yml', join(workspace, 'file-link.yml'));
    symlinkSync('../elsewhere', join(workspace, 'folder-link'));
    symlinkSync('sync.yml', join(workspace, 'inner-link.yml'));
    const offline = Object.fromEntries(Object.keys(sandbox.inputs()).map((name) => [name, '']));
    return { workspace, inputs: offline };
  },
  verify: async ({ sandbox: { directory }, run, again }) => {
    const paths = [join(directory, 'elsewhere', 'sync.yml'), 'file-link.yml', 'folder-link/sync.yml'];
    const runs = [run];
    for (const path of paths) runs.push(await again({ label: path.replace(directory, '<sandbox>'), inputs: { 'sync-file': path } }));
    for (const { outputs, annotations } of runs) {
      expect(outputs['failure-reason']).toBe('invalid-input');
      expect(annotations[0]?.message).toContain('`sync-file`');
    }
    for (const path of ['inner-link.yml', './sync.yml', join(directory, 'checkout', 'sync.yml')]) {
      expect((await again({ label: path.replace(directory, '<sandbox>'), inputs: { 'sync-file': path } })).outputs['failure-reason']).toBe('');
    }
  },
} satisfies Scenario;
