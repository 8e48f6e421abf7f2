import { getInput } from '@actions/core';

/** Path of the sync file from the root of the repository, as it was given. */
export function readSyncFilePath(): string {
  return getInput('sync-file') || '.github/oomnitza-user-sync.yml';
}
