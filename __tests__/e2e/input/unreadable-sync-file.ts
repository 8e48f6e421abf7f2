import { expect } from '@jest/globals';
import type { Circumstances, Scenario } from '../support/scenario.ts';

const levels = 'abcdefghi'.split('');
const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]', ...levels.map((name, index) => `${name}1: &${name}1 [${Array(9).fill(index === 0 ? '*a0' : `*${levels[index - 1] ?? ''}1`).join(', ')}]`)].join('\n');

const cases: readonly (readonly [label: string, circumstances: Circumstances])[] = [
  ['a folder', { inputs: { 'sync-file': '.github' } }],
  ['a slip in the name', { inputs: { 'sync-file': '.github/oomnitza-user-sync.yaml' } }],
  ['a workspace without a checkout', { syncFile: null }],
  ['empty', { syncFile: '' }],
  ['comments alone', { syncFile: '# version: 1\n' }],
  ['huge', { syncFile: `version: 1\nsync-keys: [email]\n#${'x'.repeat(2_000_000)}\n` }],
  ['not YAML', { syncFile: '{"version": 1,\n\t"sync-keys": [email\n' }],
  ['a picture', { syncFile: '\u0089PNG\r\n\u001a\n\u0000\u0000' }],
  ['an alias bomb', { syncFile: `version: 1\n${bomb}\n` }],
  ['nested without end', { syncFile: `version: ${'['.repeat(50_000)}` }],
  ['two documents', { syncFile: 'version: 1\nsync-keys: [email]\n---\nversion: 1\n' }],
];

export default {
  title: 'a sync file that cannot be read says why, quickly, and nobody is asked',
  inputs: { mode: 'apply', 'sync-file': 'people.yml' },
  verify: async ({ run, again }) => {
    const runs = [run];
    for (const [label, circumstances] of cases) {
      runs.push(await again({ label, ...circumstances, inputs: { 'sync-file': '.github/oomnitza-user-sync.yml', ...circumstances.inputs } }));
    }
    for (const { outputs, requests, wallMs } of runs) {
      expect(outputs['failure-reason']).toBe('invalid-sync-file');
      expect(requests).toEqual([]);
      expect(wallMs).toBeLessThan(10_000);
    }
  },
} satisfies Scenario;
