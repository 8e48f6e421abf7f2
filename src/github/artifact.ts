import { once } from 'node:events';
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
  /** Whether the run is on GitHub's own service, be it with data residency, and not on a server of the company's. */
  readonly onGitHubCom: boolean;
  /** `undefined`: what the repository has set. */
  readonly retentionDays: number | undefined;
  /** After this long the upload is given up. */
  readonly timeoutMs: number;
  /** Aborted: the upload is given up, since a run that is to end is killed before long. */
  readonly signal: AbortSignal;
}

/** Jobs of a matrix and re-runs share the artifacts of one run, and a name can be used once, so each gets its own. */
export function artifactName({ name, syncFile, attempt }: Pick<ArtifactUpload, 'name' | 'syncFile' | 'attempt'>): string {
  const stem = basename(syncFile, extname(syncFile)).replaceAll(/[":<>|*?\\/\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_');
  // The library prints the name as it is, and the runner takes a line with `##[…]` in it for a command.
  return [name, stem, attempt].map((part) => part.replaceAll('#[', '__')).join('-');
}

/**
 * Uploads an artifact of the run.
 *
 * @returns its id, as the page of the run uses it
 * @throws Error where this is no run on GitHub, on GitHub Enterprise Server, or where the upload fails
 */
export async function uploadArtifact(upload: ArtifactUpload): Promise<string> {
  // The library would add a warning of its own there, advising to try again.
  if (!upload.onGitHubCom) throw new Error('GitHub Enterprise Server has no place for artifacts of this kind');
  // Its way through a proxy that asks for a password uses a function that Node warns of, in the middle of the log.
  process.noDeprecation = true;
  // It keeps 8 MiB for each block under way.
  process.env['ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY'] ??= '2';
  // The library is more than half of the bundle, and a run without an artifact needs none of it.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const options = upload.retentionDays === undefined ? {} : { retentionDays: upload.retentionDays };
  const name = artifactName(upload);
  const uploaded = new DefaultArtifactClient().uploadArtifact(name, [...upload.files], dirname(upload.files[0]), options);
  const { id } = await unlessTooLong(uploaded.catch((thrown: unknown) => { throw unlessTaken(thrown, name); }), upload);
  if (id === undefined) throw new Error('GitHub gave no id for it');
  return String(id);
}

/** Sync files of one name in several folders, or several steps of a run with one sync file, come to the same name. */
function unlessTaken(thrown: unknown, name: string): unknown {
  if (!(thrown instanceof Error) || !/\b409\b|already exists/.test(thrown.message)) return thrown;
  return new Error(`the run has an artifact ${name} already; give each step, and each sync file of that name, an \`artifact-name\` of its own`, { cause: thrown });
}

/** The library cannot be told to stop, so an upload that takes too long goes on unheeded. */
async function unlessTooLong<Value>(uploaded: Promise<Value>, { timeoutMs, signal }: ArtifactUpload): Promise<Value> {
  const done = new AbortController();
  try {
    return await Promise.race([uploaded, tooLong(timeoutMs, signal, done.signal)]);
  } finally {
    done.abort();
  }
}

async function tooLong(timeoutMs: number, ended: AbortSignal, done: AbortSignal): Promise<never> {
  const deadline = AbortSignal.timeout(timeoutMs);
  await aborted(AbortSignal.any([deadline, ended, done]));
  throw new Error(deadline.aborted ? `it took longer than ${timeoutMs / 1000} s` : 'the run had to end');
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
