import { clockUntil, lookUpUsers } from '../directory/index.ts';
import { createProgress } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import type { Plan } from '../plan/index.ts';
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
  const candidates = intake.candidates();
  if (candidates.length === 0) return await run.phase('Planning', () => Promise.resolve(intake.finish()));
  const presence = await run.phase('Looking up missing users', () => {
    const { signal } = run;
    const { graph } = toMicrosoft({ inputs, signal, run }, onSecret);
    const progress = createProgress('Looking up', 'users');
    return lookUpUsers(graph, candidates, clockUntil(signal), (done) => { progress(done, candidates.length); });
  });
  return await run.phase('Planning', () => Promise.resolve(intake.finish(presence)));
}
