import type { SyncFile } from '../config/index.ts';
import type { Plan } from '../plan/index.ts';
import { Intake } from './intake.ts';

/** The plan where nobody is read, as with a switched-off sync file. */
export async function emptyPlan(syncFile: SyncFile): Promise<Plan> {
  const intake = new Intake();
  await intake.open({ ...syncFile, current: [] }, (record) => record);
  return intake.finish();
}
