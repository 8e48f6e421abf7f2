import { invalidSyncFile, type SaasTarget, type SyncFile } from '../config/index.ts';
import { hasSaasApplication, readAssigned, type Oomnitza } from '../oomnitza/index.ts';
import type { SaasBasis } from '../plan/index.ts';
import type { Run } from './run.ts';

/**
 * Who is assigned to the SaaS application that the sync file names; `undefined` where it names none.
 *
 * @throws SyncError `invalid-sync-file` where the instance does not have it
 */
export async function readAssignments(oomnitza: Oomnitza, { saas }: SyncFile): Promise<SaasBasis | undefined> {
  if (saas === undefined) return undefined;
  const assigned = await readAssigned(oomnitza, saas.application);
  if (assigned === undefined) throw noSuchApplication(saas);
  // Whoever has no external id stored gets it; else one that could not be stored once would be missing for good.
  return { application: saas.application, assigned: assigned.everybody.difference(assigned.withoutId) };
}

/**
 * Checks the application without reading who is assigned to it.
 *
 * @throws SyncError `invalid-sync-file` where the sync file names a SaaS application that the instance does not have
 */
export async function checkApplication(run: Run, oomnitza: Oomnitza, { saas }: SyncFile): Promise<void> {
  if (saas === undefined) return;
  if (!(await hasSaasApplication(oomnitza, saas.application))) throw noSuchApplication(saas);
  run.checks.push({ name: 'SaaS application', detail: `the instance has the application ${saas.application}` });
}

function noSuchApplication({ application, position }: SaasTarget): Error {
  const message = `The instance has no SaaS application \`${application}\`.`;
  return invalidSyncFile([{ message, hint: 'Write the id of an application that the instance has or, where it has none, remove `saas`.', position }]);
}
