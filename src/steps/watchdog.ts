import { connectIssues, workflowHistory, type RunEvent } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import { lateIssue, latenessChanged, latenessOver } from '../report/index.ts';
import { latenessOf } from './lateness.ts';
import type { Run } from './run.ts';
import { settle, tell } from './tell.ts';

/**
 * Looks after another workflow: tells the contacts when none of its runs has succeeded for too long, and when one has again.
 *
 * @throws SyncError where GitHub does not let it look or tell: a watchdog that cannot bark has to fail
 */
export async function watch(run: Run, { watch: { workflow, maxAgeHours }, contacts, githubToken }: Inputs, event: RunEvent): Promise<void> {
  const at = new Date();
  const since = new Date(at.getTime() - maxAgeHours * 3_600_000);
  const history = await workflowHistory(event, githubToken, workflow, since, run.signal);
  const issues = connectIssues(event, githubToken, run.signal);
  const subject = `workflow ${workflow}`;
  const lateness = latenessOf(history, since);
  const found = { workflow, maxAgeHours, at, lastSuccess: history.lastSuccess };
  if (lateness === undefined) {
    if (history.state !== 'active') run.notice('The workflow is switched off, so no further run will start. Enable it under Actions.');
    run.watched = { ...found, lateness, told: await settle(issues, subject, latenessOver(history.lastSuccess?.url)) };
    return;
  }
  const late = { ...found, lateness };
  const told = await tell(issues, { subject, cause: lateness.cause, contacts, at, issue: (trouble) => lateIssue(late, contacts.map(({ name }) => name), trouble), changed: latenessChanged(late) });
  run.watched = { ...late, told };
}
