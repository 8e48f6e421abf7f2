import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findDeviations, PEOPLE, startDemoSandbox } from './demo/scenario.ts';
import { SYNC_FILE_CONTENT } from './demo/sync-file.ts';
import type { Sandbox } from './index.ts';
import { runAction, type RunResult } from './runner.ts';
import { styled } from './terminal/inline.ts';
import { renderMarkdown } from './terminal/markdown.ts';

const OUTPUT = join(process.cwd(), 'demo-output');
const problems: string[] = [];

function expect(condition: boolean, problem: string): void {
  if (!condition) problems.push(problem);
}

/** Runs the action in one mode, shows what it says, and keeps its files. */
async function step(sandbox: Sandbox, number: number, mode: string, title: string): Promise<RunResult> {
  console.log(`\n${styled('bold', `━━ ${number}. ${title} (mode: ${mode}) `.padEnd(78, '━'))}\n`);
  const run = await runAction({ sandbox, syncFile: SYNC_FILE_CONTENT, inputs: { mode } });
  const folder = join(OUTPUT, `${number}-${mode}`);
  mkdirSync(folder, { recursive: true });
  if (existsSync(run.reportDirectory)) cpSync(run.reportDirectory, folder, { recursive: true });
  writeFileSync(join(folder, 'log.txt'), run.log);
  console.log(renderMarkdown(run.summary).trim());
  const writes = run.requests.filter(({ service, method }) => service === 'oomnitza' && method !== 'GET').length;
  const seconds = (run.wallMs / 1000).toFixed(1);
  const ending = run.exitCode === 0 ? styled('green', 'success') : styled('red', `exit code ${String(run.exitCode)}`);
  console.log(`\n${ending} in ${seconds} s · ${run.requests.length} requests, ${writes} of them writes · ${relative('.', folder)}/`);
  if (run.exitCode !== 0) console.log(`\n${run.log}\n${run.stderr}`);
  expect(run.exitCode === 0, `step ${number} ended with ${String(run.exitCode)}`);
  expect(mode === 'apply' || writes === 0, `step ${number} wrote to Oomnitza`);
  return run;
}

const sandbox = await startDemoSandbox();
try {
  rmSync(OUTPUT, { recursive: true, force: true });
  const before = new Map(sandbox.instance.records);
  const count = (name: string, run: RunResult): number => Number(run.outputs[`${name}-count`]);
  console.log(
    `A simulated company: ${PEOPLE.toLocaleString('en')} people in Microsoft Entra, ${before.size.toLocaleString('en')} of them in Oomnitza,\n` +
      'served over HTTPS on this machine. The action runs as GitHub would run it.',
  );

  const plan = await step(sandbox, 1, 'plan', 'What would change');
  expect(plan.outputs['has-changes'] === 'true', 'the first plan has no changes');

  const apply = await step(sandbox, 2, 'apply', 'Writing it');
  expect(apply.outputs['fail-count'] === '0', `${apply.outputs['fail-count'] ?? '?'} changes could not be written`);
  expect(apply.outputs['plan-digest'] === plan.outputs['plan-digest'], 'what was applied is not what was planned');
  const created = sandbox.instance.records.size - before.size;
  expect(created === count('create', plan), `${created} records were created, ${count('create', plan)} were planned`);
  problems.push(...findDeviations(sandbox, before));

  const again = await step(sandbox, 3, 'plan', 'Nothing left to do');
  expect(again.outputs['has-changes'] === 'false', 'the second plan still has changes');
} finally {
  await sandbox.close();
}

console.log();
if (problems.length === 0) {
  console.log(styled('green', '✔ Planned, applied, and nothing left to do.'), `All files are in ${relative('.', OUTPUT)}/.`);
} else {
  console.log(styled('red', '✘ Not as it should be:'));
  for (const problem of problems.slice(0, 20)) console.log(`  - ${problem}`);
  if (problems.length > 20) console.log(`  - and ${problems.length - 20} more`);
  process.exitCode = 1;
}
