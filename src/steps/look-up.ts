import { clockUntil, lookUpUsers, type Presence } from '../directory/index.ts';
import { createProgress } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import type { Plan } from '../plan/index.ts';
import { reserve } from '../reserved.ts';
import { giveBackAfter } from '../thrift.ts';
import { toMicrosoft } from './connect.ts';
import type { Intake } from './intake.ts';
import type { Run } from './run.ts';

/**
 * Finishes a plan. Before that, users whose records are there but who were not read are looked up one by one: they may have left,
 * or the sync file is no longer about them.
 *
 * @throws SyncError where it could not be told of each of them where they are
 */
export async function finishPlan(run: Run, inputs: Inputs, intake: Intake, onSecret: (secret: string) => void): Promise<Plan> {
  const presence = await lookUp(run, inputs, [intake], onSecret);
  const plan = await run.phase('Planning', () => Promise.resolve(finished(intake, presence, run)));
  await giveBackAfter(plan);
  return plan;
}

/** Finishes two plans that were made of the same data; whom both of them miss is looked up once. */
export async function finishBoth(run: Run, inputs: Inputs, head: Intake, base: Intake, onSecret: (secret: string) => void): Promise<readonly [Plan, Plan]> {
  const presence = await lookUp(run, inputs, [head, base], onSecret);
  const plans = await run.phase('Planning', () => Promise.resolve([finished(head, presence, run), finished(base, presence)] as const));
  await giveBackAfter(...plans);
  return plans;
}

/** Reports are made of the plan alone, and both sides take a lot of room. */
function finished(intake: Intake, presence: ReadonlyMap<string, Presence>, run?: Run): Plan {
  const plan = intake.finish(presence);
  const unmet = run === undefined ? [] : intake.namesOfNobody();
  if (unmet.length > 0) {
    const names = reserve(unmet.join(', '), unmet.length === 1 ? 'one name' : `${unmet.length} names`);
    run?.warn(`\`protect\` has ${names} that nobody in Oomnitza has, nor any user who would be created, so nobody is protected by that. Check how it is written.`);
  }
  intake.close();
  return plan;
}

async function lookUp(run: Run, inputs: Inputs, intakes: readonly Intake[], onSecret: (secret: string) => void): Promise<ReadonlyMap<string, Presence>> {
  const candidates = [...new Set(intakes.flatMap((intake) => intake.candidates()))];
  if (candidates.length === 0) return new Map();
  return await run.phase('Looking up missing users', () => {
    const { signal } = run;
    const { graph } = toMicrosoft({ inputs, signal, run }, onSecret);
    const progress = createProgress('Looking up', 'users');
    return lookUpUsers(graph, candidates, clockUntil(signal), (done) => { progress(done, candidates.length); });
  });
}
