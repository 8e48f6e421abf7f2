import { SyncError } from '../errors.ts';

/** What was asked of GitHub. */
export interface Request {
  /** Completes "GitHub does not let this run …", such as "write issues". */
  readonly what: string;
  /** The line that allows it under `permissions`, such as `issues: write`. */
  readonly permission: string;
}

/** The HTTP status with which GitHub refused; `undefined` where it did not answer. */
export function refusalOf(thrown: unknown): number | undefined {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number' && 'response' in thrown && thrown.response !== undefined ? thrown.status : undefined;
}

/** Whether the token may lack a permission: GitHub also refuses with 403 what no permission would allow. */
export function mayLackPermission(thrown: unknown): boolean {
  const status = refusalOf(thrown);
  // A token that may see nothing of the kind is told that there is nothing.
  return status === 404 || (status === 403 && says(thrown, /not accessible/i));
}

/** Whether GitHub takes no comment, whoever asks, until somebody unlocks the conversation or the repository. */
export function isClosedToComments(thrown: unknown): boolean {
  return refusalOf(thrown) === 403 && says(thrown, /\b(?:locked|archived)\b/i);
}

/** Whether GitHub refuses what no permission would allow. Older servers call a limit of the rate an abuse detection mechanism. */
function isRuledOut(thrown: unknown): boolean {
  return refusalOf(thrown) === 403 && !mayLackPermission(thrown) && !says(thrown, /rate limit|abuse/i);
}

/**
 * A question that GitHub did not answer as hoped, in the words of the action: GitHub's own might say anything.
 *
 * @returns `permission`, `authentication` or `target-unavailable`; what is a SyncError already stays what it is
 */
export function asRefusal(thrown: unknown, { what, permission }: Request): SyncError {
  if (thrown instanceof SyncError) return thrown;
  const status = refusalOf(thrown);
  if (status === 401) {
    return new SyncError('authentication', `GitHub does not accept the token, so this run cannot ${what}.`, { hint: 'Leave `github-token` out, or give one that is still good.', cause: thrown });
  }
  if (status === 410) {
    return new SyncError('permission', 'Issues are switched off in this repository.', { hint: 'Switch them on under Settings, General, Features, or leave `contacts` out.', cause: thrown });
  }
  if (mayLackPermission(thrown) || isRuledOut(thrown)) {
    const hint = isRuledOut(thrown)
      ? 'No line under `permissions:` would allow it. Look whether the repository is archived, and whether the organization takes the token in `github-token` and the address of the runner.'
      : `Add the line \`${permission}\` under \`permissions:\` of the workflow or of the job. A token of your own in \`github-token\` needs the same.`;
    return new SyncError('permission', `GitHub does not let this run ${what} (it answered ${status}).`, { hint, cause: thrown });
  }
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  const [because, hint] =
    status === undefined ? [words, 'Check that the runner reaches GitHub, and that `github-token` is not empty.'] : [`it answered ${status}`, 'Run again later.'];
  return new SyncError('target-unavailable', `GitHub could not be asked to ${what} (${because}).`, { hint, cause: thrown });
}

function says(thrown: unknown, words: RegExp): boolean {
  return thrown instanceof Error && words.test(thrown.message);
}
