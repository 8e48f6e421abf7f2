import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SyncError } from '../errors.ts';
import type { Inputs } from '../inputs/index.ts';
import { differenceOf, parseExpectedPlan, type ExpectedPlan } from '../plan-file/index.ts';
import type { Plan } from '../plan/index.ts';
import { pathInside, realPathOfNearest } from '../real-path.ts';
import type { Run } from './run.ts';

/** Node makes no longer text of a file. */
const maxBytes = 512 * 1024 * 1024;

const name = 'The file that `expected-plan` names';
const hint = 'Give the path of a reviewed `plan.json` from the root of the workspace; the step that fetches it has to come before this one.';

/**
 * Reads the plan that is expected, before anything else is done.
 *
 * @returns `undefined` where none is
 * @throws SyncError `invalid-input` where the path leads out of the workspace, or to no `plan.json`
 */
export async function openExpectedPlan(workspace: string, { expectedPlan }: Inputs): Promise<ExpectedPlan | undefined> {
  if (expectedPlan === '') return undefined;
  return parseExpectedPlan(await textInside(resolve(workspace), expectedPlan), name);
}

async function textInside(root: string, path: string): Promise<string> {
  try {
    const target = resolve(root, path);
    const realRoot = await realpath(root);
    // Also of a file that is not there, so that nothing is told of folders outside.
    if (pathInside(realRoot, await realPathOfNearest(target)) === undefined) throw wrong('leads out of the workspace');
    const real = await realpath(target);
    const stats = await stat(real);
    // Reading a pipe would wait for ever.
    if (!stats.isFile()) throw wrong('is no file');
    if (stats.size > maxBytes) throw wrong('is larger than any plan');
    return await readFile(real, 'utf8');
  } catch (thrown) {
    if (thrown instanceof SyncError) throw thrown;
    const code = String(Reflect.get(Object(thrown), 'code'));
    throw wrong(code === 'ENOENT' || code === 'ENOTDIR' ? 'is not in the workspace' : `cannot be read (${code})`, thrown);
  }

  function wrong(why: string, cause?: unknown): SyncError {
    return new SyncError('invalid-input', `The input \`expected-plan\` is ${JSON.stringify(path.slice(0, 200))}, which ${why}.`, { hint, cause });
  }
}

/**
 * Lets a plan pass that is the expected one, and takes down in the run where it is not.
 *
 * @throws SyncError `plan-changed`
 */
export function holdToExpected(run: Run, { expectedPlanDigest }: Inputs, expected: ExpectedPlan | undefined, plan: Plan): void {
  const digests = [...new Set([...(expected === undefined ? [] : [expected.digest]), ...(expectedPlanDigest === '' ? [] : [expectedPlanDigest])])];
  // It takes a while to make for a large plan, so not only after a signal.
  const { digest: planned } = plan;
  if (digests.every((digest) => digest === planned)) return;
  const difference = expected?.changes === undefined || expected.digest === planned ? undefined : differenceOf(expected.changes, plan.entries);
  run.mismatch = { expectedDigests: digests, difference };
  const numbers = difference === undefined ? '' : `: ${counted(difference.added.length)} added, ${counted(difference.gone.length)} gone, ${counted(difference.changed.length)} changed`;
  const isFile = expected !== undefined && expected.digest !== planned;
  const isDigest = expectedPlanDigest !== '' && expectedPlanDigest !== planned;
  const both = expected !== undefined && expectedPlanDigest !== '';
  const which = !both ? '' : isFile && isDigest ? ' by either input' : ` by \`${isFile ? 'expected-plan' : 'expected-plan-digest'}\`; the other input matches`;
  throw new SyncError('plan-changed', `The plan is not the one that was expected${which}${numbers}.`, {
    details: [...digests.map((digest) => `Digest expected: ${digest}`), `Digest of this plan: ${planned}`],
    hint: 'Something changed in the directory, in Oomnitza or in the sync file since that plan was made. Review the plan of this run, and give its `plan.json` or its digest. A plan that suspends with a `marker` holds for its day (UTC) only.',
  });
}

function counted(count: number): string {
  return count === 1 ? '1 value' : `${count} values`;
}
