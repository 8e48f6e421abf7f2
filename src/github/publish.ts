import { setOutput, summary } from '@actions/core';
import type { FailureReason } from '../errors.ts';
import type { PlanCounts } from '../plan/index.ts';
import { logWarning } from './log.ts';

/** The outputs of the action that are known; the others stay empty. */
export interface Outputs {
  readonly mode?: string;
  readonly counts?: PlanCounts;
  readonly failCount?: number;
  readonly planDigest?: string;
  readonly csvPath?: string;
  readonly planPath?: string;
  readonly summaryPath?: string;
  readonly suggestionPath?: string;
  readonly artifactId?: string;
  readonly artifactUrl?: string;
  readonly failureReason: FailureReason | '';
}

/** Sets every output: those that are not known to an empty text. */
export function setOutputs(outputs: Outputs): void {
  const { counts } = outputs;
  const changes = counts && counts.create + counts.update + counts.suspend + counts.restore;
  const values = {
    mode: outputs.mode,
    'has-changes': changes === undefined ? undefined : changes > 0,
    'directory-count': counts?.directory,
    'scope-count': counts?.scope,
    'create-count': counts?.create,
    'update-count': counts?.update,
    'suspend-count': counts?.suspend,
    'restore-count': counts?.restore,
    'unchanged-count': counts?.unchanged,
    'skip-count': counts?.skip,
    'conflict-count': counts?.conflict,
    'fail-count': outputs.failCount,
    'leaver-count': counts?.leaver,
    'plan-digest': outputs.planDigest,
    'csv-path': outputs.csvPath,
    'plan-path': outputs.planPath,
    'summary-path': outputs.summaryPath,
    'suggestion-path': outputs.suggestionPath,
    'artifact-id': outputs.artifactId,
    'artifact-url': outputs.artifactUrl,
    'failure-reason': outputs.failureReason,
  };
  for (const [name, value] of Object.entries(values)) setOutput(name, value === undefined ? '' : String(value));
}

/** Shows Markdown on the page of the run; a runner that cannot is told of in the log. */
export async function showSummary(markdown: string): Promise<void> {
  try {
    await summary.addRaw(markdown, true).write();
  } catch (thrown) {
    logWarning(`The summary could not be shown on the page of the run: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
