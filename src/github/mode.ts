import { SyncError } from '../errors.ts';
import type { RunEvent } from './event.ts';
import type { Repository } from './repository.ts';
import { sameText } from './same-text.ts';

export type ResolvedMode = 'validate' | 'plan' | 'apply';

/** Where a mode comes from. */
export interface ModeDecision {
  readonly mode: ResolvedMode;
  /** Why `auto` came to it, as a sentence; empty where the mode was asked for. */
  readonly because: string;
  /** The reason is something that a user should look at. */
  readonly warning: boolean;
}

/**
 * Decides what the run does. `auto` applies on a schedule, and on a push or a manual run of the default branch, and
 * there only with the sync file that the default branch has now: a re-run of an old commit must not bring an old
 * mapping back. Where neither side may be asked, the sync file is checked and nothing else.
 *
 * @param syncFile path from the root of the repository, and the file's text
 */
export async function resolveMode(
  requested: ResolvedMode | 'auto',
  event: RunEvent,
  syncFile: { readonly path: string; readonly text: string },
  repository: Pick<Repository, 'defaultBranch' | 'textAt'>,
): Promise<ModeDecision> {
  if (event.untrusted !== undefined) return { mode: 'validate', because: `this is ${event.untrusted}, of which the sync file alone is checked`, warning: false };
  if (requested !== 'auto') return { mode: requested, because: '', warning: false };
  if (!['schedule', 'push', 'workflow_dispatch'].includes(event.name)) {
    return plan(`the event ${event.name} only plans`);
  }
  try {
    const branch = event.defaultBranch ?? (await repository.defaultBranch());
    if (event.name !== 'schedule' && event.ref !== `refs/heads/${branch}`) return plan(`${event.ref} is not the default branch`);
    const tip = await repository.textAt(syncFile.path, branch);
    if (tip === undefined) return { ...plan(`the branch ${branch} has no ${syncFile.path}`), warning: true };
    if (!sameText(tip, syncFile.text)) return { ...plan(`the branch ${branch} has another ${syncFile.path} by now; to apply that one, start a new run from the branch`), warning: true };
    return { mode: 'apply', because: `this is a ${event.name} run with the sync file of the branch ${branch}`, warning: false };
  } catch (thrown) {
    if (thrown instanceof SyncError) throw thrown;
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    const because = `GitHub could not be asked whether the sync file is the default branch’s (${words}), so it is taken to be`;
    return { mode: 'apply', because, warning: true };
  }
}

/** @throws SyncError `invalid-input` for `apply` on a proposal */
export function refuseApply(requested: ResolvedMode | 'auto', { name, proposal }: RunEvent): void {
  if (requested !== 'apply' || proposal === undefined) return;
  throw new SyncError('invalid-input', `The input \`mode\` is "apply", which is refused on the event ${name}: what a pull request proposes is not reviewed yet.`, {
    hint: 'Use `mode: plan` or `mode: auto` in this workflow, and apply from a schedule, a push to the default branch or by hand.',
  });
}

function plan(because: string): ModeDecision {
  return { mode: 'plan', because, warning: false };
}
