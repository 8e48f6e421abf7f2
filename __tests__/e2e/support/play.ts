import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../../sandbox/index.ts';
import { runAction, type RunResult } from '../../../sandbox/runner.ts';
import { compileCache } from '../../support/compile-cache.ts';
import { compareWithGolden, isUpdating, updateGolden } from './golden.ts';
import { checkPromises } from './promises.ts';
import { quickInputs, type Circumstances, type Scenario } from './scenario.ts';
import { transcriptOf } from './transcript.ts';

/** Makes a test of every scenario in a folder beside this one. */
export async function playAll(topic: string): Promise<void> {
  const folder = join(import.meta.dirname, '..', topic);
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -'.ts'.length));
  for (const name of names.sort()) {
    const module: unknown = await import(join(folder, `${name}.ts`));
    if (!isScenarioModule(module)) throw new Error(`${topic}/${name}.ts has no scenario as its default export`);
    const scenario = module.default;
    const run = scenario.waits ? test.concurrent : test;
    run(scenario.title, () => play(scenario, join(folder, `${name}.golden.txt`)));
  }
}

function isScenarioModule(module: unknown): module is { readonly default: Scenario } {
  const scenario: unknown = Reflect.get(Object(module), 'default');
  return typeof Reflect.get(Object(scenario), 'title') === 'string' && typeof Reflect.get(Object(scenario), 'verify') === 'function';
}

async function play(scenario: Scenario, goldenFile: string): Promise<void> {
  const sandbox = await startSandbox({ people: 0, ...scenario.world });
  const sections: string[] = [];
  try {
    const first = combine(scenario, (await scenario.arrange?.(sandbox)) ?? {});
    const perform = async (circumstances: Circumstances): Promise<RunResult> => {
      const run = await runChecked(sandbox, circumstances);
      sections.push(transcriptOf(sandbox, run, circumstances));
      return run;
    };
    const run = await perform(first);
    await scenario.verify({
      sandbox,
      run,
      again: (circumstances = {}) => perform(combine(lasting(first), circumstances)),
      keep: (heading, text) => void sections.push(`── ${heading}\n${sandbox.stable(text).trimEnd()}`),
    });
    expect(sandbox.faults.pending).toBe(0);
  } finally {
    await sandbox.close();
    if (isUpdating) updateGolden(goldenFile, `${sections.join('\n')}\n`);
  }
  compareWithGolden(goldenFile, `${sections.join('\n')}\n`);
}

function combine(base: Circumstances, more: Circumstances): Circumstances {
  return { ...base, ...more, inputs: { ...base.inputs, ...more.inputs } };
}

/** What holds for further runs too, unless they say otherwise. */
function lasting({ syncFile, workspace, event, env, inputs }: Circumstances): Circumstances {
  const lasting = { syncFile, workspace, event, env, inputs };
  return Object.fromEntries(Object.entries(lasting).filter(([, value]) => value !== undefined));
}

async function runChecked(sandbox: Sandbox, circumstances: Circumstances): Promise<RunResult> {
  const { syncFile, workspace, event, env, run: job, signal, timeoutMs } = circumstances;
  const run = await runAction({
    sandbox,
    inputs: { ...quickInputs, ...circumstances.inputs },
    ...(syncFile === undefined ? {} : { syncFile }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(event === undefined ? {} : { event }),
    env: { ...compileCache, ...env },
    ...(job === undefined ? {} : { run: job }),
    ...(signal === undefined ? {} : { signal }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  checkPromises(sandbox, run, circumstances);
  return run;
}
