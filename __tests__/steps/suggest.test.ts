import { afterEach, describe, expect, test } from '@jest/globals';
import { parseSyncFile } from '../../src/config/index.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.ts';
import { fillKnownCorrespondence, truth, unrelated } from '../support/known-correspondence.ts';
import { linesOf } from '../support/suggested-lines.ts';
import { runMain, type MainOptions, type MainResult } from './run-main.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

async function start(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({ oomnitzaCoverage: 0, ...options });
  sandbox.trust();
}

function suggestion(options: MainOptions = {}): Promise<MainResult> {
  return runMain(sandbox, { syncFile: null, ...options, inputs: { mode: 'suggest', ...options.inputs } });
}

describe('a suggested sync file', () => {
  test('has what the values prove, and calls all else a guess', async () => {
    await start({ people: 560, skips: 4 });
    fillKnownCorrespondence(sandbox);
    const run = await suggestion();
    const text = run.file('suggested-sync-file.yml');
    void 0;
    const lines = linesOf(text);
    const found = Object.entries(truth).filter(([field, source]) => lines.get(field)?.source === source && !lines.get(field)?.isGuess);
    console.log(found.length, Object.keys(truth).length, Object.entries(truth).filter((e)=>!found.includes(e)), run.summary.slice(0,500), run.log);
    expect(found.length / Object.keys(truth).length).toBeGreaterThanOrEqual(0.9);
    const unproven = [...lines].filter(([field, { source, isGuess }]) => truth[field] !== source && !isGuess);
    expect(unproven).toEqual([]);
    for (const field of unrelated) expect(lines.has(field)).toBe(false);
    expect(parseSyncFile(text).rules.map(({ field }) => field).toSorted()).toEqual([...lines.keys()].toSorted());
  });
});
