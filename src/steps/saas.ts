import { invalidSyncFile, type SaasTarget, type SyncFile } from '../config/index.ts';
import { hasSaasApplication, readAssigned, type Oomnitza } from '../oomnitza/index.ts';
import type { SaasBasis } from '../plan/index.ts';

/**
 * Who is assigned to the SaaS application that the sync file names; `undefined` where it names none.
 *
 * @throws SyncError `invalid-sync-file` where the instance does not have it
 */
export async function readAssignments(oomnitza: Oomnitza, { saas }: SyncFile): Promise<SaasBasis | undefined> {
  if (saas === undefined) return undefined;
  const assigned = await readAssigned(oomnitza, saas.application);
  if (assigned === undefined) throw noSuchApplication(saas);
  return { application: saas.application, assigned };
}

/** @throws SyncError `invalid-sync-file` where the sync file names a SaaS application that the instance does not have */
export async function checkApplication(oomnitza: Oomnitza, { saas }: SyncFile): Promise<void> {
  if (saas !== undefined && !(await hasSaasApplication(oomnitza, saas.application))) throw noSuchApplication(saas);
}

function noSuchApplication({ application, position }: SaasTarget): Error {
  const message = `The instance has no SaaS application \`${application}\`.`;
  return invalidSyncFile([{ message, hint: 'Write the id of an application that the instance has or, where it has none, remove `saas`.', position }]);
}
