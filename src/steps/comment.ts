import { connectRepository, keepComment, logWarning, mayLackPermission, type Repository } from '../github/index.ts';
import { readCommentInputs } from '../inputs/index.ts';
import { commentedPath, hasSomethingToSay, renderComment, subjectOf, type RunReport } from '../report/index.ts';
import type { Run } from './run.ts';
import { toldPath } from './sync-file.ts';
import { tellingLimit } from './telling-limit.ts';

const limitSeconds = 30;
const silentModes = ['validate', 'apply', 'suggest', 'watchdog'];

/**
 * Tells the pull request what became of the run, also where its inputs are wrong or it had to end: what an earlier run said
 * would stand there otherwise. That it cannot be told is a warning and no failure.
 */
export async function comment(run: Run, report: RunReport): Promise<void> {
  const { event } = run;
  const proposal = event?.proposal;
  const { comment: rule, githubToken, syncFile, mode, explain } = readCommentInputs();
  if (event === undefined || proposal?.pullRequest === undefined) return;
  if (rule === 'never' || silentModes.includes(mode) || explain !== '') return;
  // GitHub lets such a run read alone, whatever the workflow says, or does not tell whose files it has.
  if (event.untrusted !== undefined && event.name !== 'pull_request_target') return;
  const path = await toldPath(run, syncFile);
  const { renamedFrom } = run;
  const signal = tellingLimit(run, limitSeconds);
  try {
    const repository = connectRepository(event, githubToken, signal);
    await keepComment(event, githubToken, signal, {
      pullRequest: proposal.pullRequest,
      subjectOf: (body) => subjectOf(body, { path, renamedFrom }),
      isLeftBehind: (body) => isLeftBehind(body, proposal.commit, repository),
      body: renderComment({ ...report, syncFile: path }, event.runUrl, { commit: proposal.commit, renamedFrom }),
      // Mostly another run has taken its place.
      create: report.failure?.reason !== 'cancelled' && (rule === 'always' || hasSomethingToSay(report)),
    });
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    logWarning(`The pull request was not commented on (${run.secrets.redact(words)}).${mayLackPermission(thrown) ? ' Add the line `pull-requests: write` to the `permissions` of the job, or set `comment: never`.' : ''}`);
  }
}

/** Whether the sync file of a comment is gone: as long as it is there, or may be, another run brings that comment up to date. */
async function isLeftBehind(body: string, commit: string | undefined, repository: Repository): Promise<boolean> {
  try {
    const path = commentedPath(body);
    return path !== undefined && commit !== undefined && (await repository.fileAt(path, commit)) === undefined;
  } catch {
    return false;
  }
}
