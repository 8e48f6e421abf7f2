import { usesLocations, withLocations, type SyncFile } from '../config/index.ts';
import { readLocations, type Oomnitza } from '../oomnitza/index.ts';

/** The sync file with the locations of the instance, which are read only where it needs them. */
export async function locate(oomnitza: Oomnitza, syncFile: SyncFile): Promise<SyncFile> {
  return usesLocations(syncFile) ? withLocations(syncFile, await readLocations(oomnitza)) : syncFile;
}
