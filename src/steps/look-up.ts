import { clockUntil, lookUpUsers, type Presence } from '../directory/index.ts';
import { createProgress } from '../github/index.ts';
import type { Plan } from '../plan/index.ts';
import { reserve } from '../reserved.ts';
import { giveBackAfter } from '../thrift.ts';
import { toMicrosoft } from './connect.ts';
import type { Intake } from './intake.ts';
import type { Draft, Reading } from './read.ts';
import type { Run } from './run.ts';
import { seeSharers } from './sharers.ts';

/**
 * Finishes a plan. Before that, users whose records are there but who were not read are looked up one by one: they may have left,
 * or the sync file is no longer about them. Then it is looked for others who may have the records of those who would be suspended.
 *
 * @throws SyncError where it could not be told of each of them where they are
 */
export async function finishPlan(reading: Reading): Promise<Plan> {
  const { run, intake } = reading;
  const presence = await lookUp(reading, [reading]);
  await seeSharers(reading, reading, presence);
  const plan = await run.phase('Planning', () => Promise.resolve(finished(intake, presence, run)));
  await giveBackAfter(plan);
  return plan;
}

/**
 * Finishes two plans that were made of the same data; whom both of them miss is looked up once.
 *
 * @throws TypeError where nothing was read for a second one
 */
export async function finishBoth(reading: Reading): Promise<readonly [Plan, Plan]> {
  const { run, intake, base } = reading;
  if (base === undefined) throw new TypeError('two plans take two sync files');
  const presence = await lookUp(reading, [reading, base]);
  for (const draft of [reading, base]) await seeSharers(reading, draft, presence);
  const plans = await run.phase('Planning', () => Promise.resolve([finished(intake, presence, run), finished(base.intake, presence)] as const));
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

async function lookUp(reading: Reading, drafts: readonly Draft[]): Promise<ReadonlyMap<string, Presence>> {
  const { run, onSecret } = reading;
  const candidates = [...new Set(drafts.flatMap(({ intake }) => intake.candidates()))];
  if (candidates.length === 0) return new Map();
  return await run.phase('Looking up missing users', () => {
    const { graph } = toMicrosoft(reading, onSecret);
    const progress = createProgress('Looking up', 'users');
    return lookUpUsers(graph, candidates, clockUntil(run.signal), (done) => { progress(done, candidates.length); });
  });
}
