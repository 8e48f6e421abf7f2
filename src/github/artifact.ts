import { basename, dirname, extname } from 'node:path';

/** Files to keep with the run. */
export interface ArtifactUpload {
  /** As the user chose it; the name on GitHub gets the sync file and the attempt added. */
  readonly name: string;
  readonly syncFile: string;
  /** Number of the run's attempt. */
  readonly attempt: string;
  /** All in one folder. */
  readonly files: readonly [string, ...string[]];
  /** `undefined`: what the repository has set. */
  readonly retentionDays: number | undefined;
  /** After this long the upload is given up. */
  readonly timeoutMs: number;
}

/** Jobs of a matrix and re-runs share the artifacts of one run, and a name can be used once, so each gets its own. */
export function artifactName({ name, syncFile, attempt }: Pick<ArtifactUpload, 'name' | 'syncFile' | 'attempt'>): string {
  const stem = basename(syncFile, extname(syncFile)).replaceAll(/[":<>|*?\r\n\\/]/g, '_');
  return `${name}-${stem}-${attempt}`;
}

/**
 * Uploads an artifact of the run.
 *
 * @returns its id, as the page of the run uses it
 * @throws Error where this is no run on GitHub, on GitHub Enterprise Server, or where the upload fails
 */
export async function uploadArtifact(upload: ArtifactUpload): Promise<string> {
  // The library is more than half of the bundle, and a run without an artifact needs none of it.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const options = upload.retentionDays === undefined ? {} : { retentionDays: upload.retentionDays };
  const uploaded = new DefaultArtifactClient().uploadArtifact(artifactName(upload), [...upload.files], dirname(upload.files[0]), options);
  const { id } = await within(upload.timeoutMs, uploaded);
  if (id === undefined) throw new Error('GitHub gave no id for it');
  return String(id);
}

/** The library cannot be told to stop, so an upload that takes too long goes on unheeded. */
async function within<Value>(timeoutMs: number, upload: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(new Error(`it took longer than ${timeoutMs / 1000} s`)); }, timeoutMs);
  });
  try {
    return await Promise.race([upload, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
