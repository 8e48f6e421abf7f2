import type { SyncFile } from '../config/index.ts';
import type { Inputs } from '../inputs/index.ts';
import type { Plan } from '../plan/index.ts';
import { Intake } from './intake.ts';
import { finishPlan } from './look-up.ts';
import { readBothSides } from './read.ts';
import { readDirectory } from './read-directory.ts';
import type { Run } from './run.ts';

/** What a sync file is planned with. */
export interface Planning {
  readonly run: Run;
  readonly inputs: Inputs;
  readonly onSecret: (secret: string) => void;
}

/** Reads both sides for one sync file and plans; where that is switched off nobody is read. */
export async function planFile({ run, inputs, onSecret }: Planning, syncFile: SyncFile): Promise<Plan> {
  if (!syncFile.enabled) return await emptyPlan(syncFile);
  return await finishPlan(await run.phase('Reading', () => readBothSides(run, inputs, syncFile, onSecret, readDirectory)));
}

/** The plan where nobody is read. */
export async function emptyPlan(syncFile: SyncFile): Promise<Plan> {
  const intake = new Intake();
  await intake.open({ ...syncFile, current: [], alsoRead: [], isPartial: true, today: '' }, (record) => record);
  return intake.finish();
}
