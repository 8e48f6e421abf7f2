import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { asSyncError, SyncError } from '../errors.ts';
import { annotateProblems, failRun, inGroup, logLine, logWarning, setOutputs, showSummary, uploadArtifact } from '../github/index.ts';
import { renderCsv, renderLogSummary, renderPlanJson, renderSummary, type RunReport } from '../report/index.ts';
import { defaultReportDirectory } from '../inputs/index.ts';
import type { Secrets } from '../secrets.ts';
import { comment } from './comment.ts';
import type { Run } from './run.ts';

const uploadTimeoutMs = 120_000;

/** Where things ended up; what was not made is left out. */
interface Published {
  csvPath?: string;
  planPath?: string;
  suggestionPath?: string;
  summaryPath?: string;
  artifactId?: string;
  artifactUrl?: string;
}

/**
 * Reports a run, whatever became of it: files, artifact, summary, log, annotations, outputs. A part that cannot be
 * published is told of and keeps none of the others back.
 */
export async function publish(run: Run): Promise<void> {
  const published: Published = {};
  await attempt(run, () => writePlanFiles(run, published));
  await attempt(run, () => writeSuggestion(run, published));
  await attempt(run, () => upload(run, published));
  const report = reportOf(run, published);
  const markdown = renderSummary(report);
  await attempt(run, async () => {
    published.summaryPath = await writeReportFile(run, 'summary.md', markdown);
  });
  await showSummary(markdown);
  await comment(run, report);
  for (const line of renderLogSummary(report)) logLine(line);
  if (published.summaryPath !== undefined) logLine(`The files of this run are in ${directoryOf(run)}`);
  if (report.failure !== null) reportFailure(report.failure, report.syncFile);
  setOutputs({
    ...published,
    ...(run.mode === undefined ? {} : { mode: run.mode }),
    ...(run.plan === undefined ? {} : { counts: run.plan.counts, planDigest: run.plan.digest, failCount: failCount(run) }),
    failureReason: run.failure?.reason ?? '',
  });
}

/** What cannot be published fails a run that was good so far, and never hides why another one failed. */
async function attempt(run: Run, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    const failure = asSyncError(thrown);
    run.failure ??= failure;
    if (run.failure.message !== failure.message) logWarning(failure.message);
  }
}

function directoryOf(run: Run): string {
  return resolve(run.inputs?.reportDirectory ?? defaultReportDirectory(process.env));
}

/**
 * Makes the folder of the reports, so that a run that could not report fails before it does anything.
 *
 * @throws SyncError `invalid-input`
 */
export async function prepareReportDirectory(run: Run): Promise<void> {
  await reporting(mkdir(directoryOf(run), { recursive: true }));
}

async function writeReportFile(run: Run, name: string, text: string): Promise<string> {
  await prepareReportDirectory(run);
  const path = join(directoryOf(run), name);
  await reporting(writeFile(path, text));
  return path;
}

async function reporting(step: Promise<unknown>): Promise<void> {
  try {
    await step;
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SyncError('invalid-input', `The report cannot be written to \`report-directory\`: ${words}.`, {
      hint: 'Give a folder that the runner may write to, or leave the input out.',
      cause: thrown,
    });
  }
}

async function writePlanFiles(run: Run, published: Published): Promise<void> {
  if (run.plan === undefined) return;
  published.csvPath = await writeReportFile(run, 'changes.csv', renderCsv(run.plan, run.results));
  published.planPath = await writeReportFile(run, 'plan.json', renderPlanJson(run.plan, run.results));
}

async function writeSuggestion(run: Run, published: Published): Promise<void> {
  if (run.suggestion === undefined) return;
  published.suggestionPath = await writeReportFile(run, 'suggested-sync-file.yml', run.suggestion.text);
}

/** The files that the artifact keeps; `undefined` where there is nothing to keep, or not all of it. */
function filesToKeep({ csvPath, planPath, suggestionPath }: Published): readonly [string, ...string[]] | undefined {
  if (suggestionPath !== undefined) return [suggestionPath];
  return csvPath === undefined || planPath === undefined ? undefined : [csvPath, planPath];
}

/** Without an artifact the files are still on the runner, so this is no reason to fail. */
async function upload(run: Run, published: Published): Promise<void> {
  const { inputs, event } = run;
  const files = filesToKeep(published);
  if (inputs === undefined || event === undefined || inputs.artifactName === '' || files === undefined) return;
  try {
    const id = await inGroup('Uploading the artifact', () =>
      uploadArtifact({
        name: inputs.artifactName,
        syncFile: inputs.syncFile,
        attempt: event.attempt,
        files,
        retentionDays: inputs.artifactRetentionDays,
        onGitHubCom: event.onGitHubCom,
        timeoutMs: uploadTimeoutMs,
        signal: run.interruption.late,
      }),
    );
    published.artifactId = id;
    if (event.runUrl !== undefined) published.artifactUrl = `${event.runUrl}/artifacts/${id}`;
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    logWarning(`The artifact was not uploaded (${words}). The files are in ${directoryOf(run)}`);
  }
}

function reportOf(run: Run, published: Published): RunReport {
  return {
    mode: run.mode ?? null,
    syncFile: run.mode === 'suggest' || run.mode === 'watchdog' ? '' : (run.syncFile ?? run.inputs?.syncFile ?? ''),
    event: run.event?.name ?? '',
    enabled: run.enabled,
    failure: run.failure === undefined ? null : withoutSecrets(run.failure, run.secrets),
    plan: run.plan ?? null,
    results: run.results,
    checks: run.checks,
    phases: run.phases,
    notices: run.notices,
    comparison: run.comparison ?? null,
    explanation: run.explanation ?? null,
    suggestion: run.suggestion ?? null,
    watched: run.watched ?? null,
    mismatch: run.mismatch ?? null,
    artifactUrl: published.artifactUrl ?? null,
  };
}

function reportFailure(failure: SyncError, syncFile: string): void {
  if (failure.problems.length > 0) annotateProblems(syncFile, failure.problems);
  failRun([failure.message, ...failure.details, failure.hint].filter((sentence) => sentence !== '').map(asSentence).join(' '));
}

function failCount(run: Run): number {
  return [...run.results.values()].filter(({ status }) => status === 'failed').length;
}

/** Words of a server may end in anything, and another sentence follows. */
function asSentence(text: string): string {
  return /[.!?)]$/.test(text) ? text : `${text}.`;
}

/** Libraries quote as well what they were given; their words are not known to pass through {@link Secrets}. */
function withoutSecrets(failure: SyncError, { redact }: Secrets): SyncError {
  const { reason, problems, details } = failure;
  return new SyncError(reason, redact(failure.message), { hint: redact(failure.hint), details: details.map(redact), problems, cause: failure });
}
