import { keepComment, logWarning, refusalOf } from '../github/index.ts';
import { commentMarker, hasSomethingToSay, renderComment, type RunReport } from '../report/index.ts';
import type { Run } from './run.ts';

/** Tells the pull request what became of the run. That it cannot be told is a warning and no failure. */
export async function comment(run: Run, report: RunReport): Promise<void> {
  const { event, inputs } = run;
  const pullRequest = event?.proposal?.pullRequest;
  if (event === undefined || inputs === undefined || pullRequest === undefined || run.signal.aborted) return;
  if (inputs.comment === 'never' || inputs.mode === 'validate' || inputs.mode === 'apply' || inputs.explain !== '') return;
  // GitHub lets such a run read alone, whatever the workflow says.
  if (event.untrusted !== undefined && event.name !== 'pull_request_target') return;
  try {
    await keepComment(event, inputs.githubToken, run.signal, {
      pullRequest,
      marker: commentMarker(report.syncFile),
      body: renderComment(report, event.runUrl),
      create: inputs.comment === 'always' || hasSomethingToSay(report),
    });
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    const status = refusalOf(thrown);
    const mayLackPermission = status === 403 || status === 404;
    logWarning(`The pull request was not commented on (${run.secrets.redact(words)}).${mayLackPermission ? ' Add the line `pull-requests: write` to the `permissions` of the job, or set `comment: never`.' : ''}`);
  }
}
