import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { asSyncError, SyncError } from '../errors.ts';
import { annotateProblems, failRun, inGroup, logLine, logWarning, setOutputs, showSummary, uploadArtifact, type Outputs } from '../github/index.ts';
import { disclosed, disclosedFailure, disclosedText, renderCsv, renderLogSummary, renderPlanJson, renderSummary, type RunFacts, type RunReport } from '../report/index.ts';
import { defaultReportDirectory } from '../inputs/index.ts';
import type { Secrets } from '../secrets.ts';
import { comment } from './comment.ts';
import { tellContacts } from './contacts.ts';
import type { Run } from './run.ts';

const uploadTimeoutMs = 120_000;

const fileNames = { csv: 'changes.csv', plan: 'plan.json', suggestion: 'suggested-sync-file.yml' } as const;

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
 * Reports a run, whatever became of it: files, artifact, summary, log, annotations, outputs, contacts. A part that cannot be
 * published is told of and keeps none of the others back. Everything but the files on the runner gets the report as far as
 * it may be shown.
 *
 * The files of a large plan take longer than GitHub leaves to a run that is to end, so there they come after all that is told.
 */
export async function publish(run: Run): Promise<void> {
  const published: Published = {};
  const facts = factsOf(run);
  const shown = disclosed(facts, run.personalData);
  const files = once(() => writeFiles(run, shown.personalData === 'full' ? shown : disclosed(facts, 'full'), published));
  const artifact = once(() => attempt(run, () => upload(run, shown, published)));
  if (!run.signal.aborted) await Promise.race([files(), aborted(run.signal)]);
  if (!run.signal.aborted) await artifact();
  if (run.signal.aborted) {
    Object.assign(published, pathsOf(run));
    if (run.failure === undefined) logLine('All that this run was to do was done before it was to end.');
  }
  await tell(run, shown, published);
  const told = run.failure;
  await tellContacts(run);
  await files();
  await artifact();
  if (run.failure !== told) reportFailure(run, shown.syncFile);
  // Later lines of the file of outputs replace earlier ones.
  if (run.failure !== told || (run.signal.aborted && published.artifactId !== undefined)) setOutputs(outputsOf(run, published));
}

function once(step: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined;
  return () => (begun ??= step());
}

async function aborted(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => { signal.addEventListener('abort', resolve, { once: true }); });
}

async function writeFiles(run: Run, report: RunReport, published: Published): Promise<void> {
  await attempt(run, () => writePlanFiles(run, report, published));
  await attempt(run, () => writeSuggestion(run, published));
}

/** Summary, log, annotations and outputs. */
async function tell(run: Run, shown: RunReport, published: Published): Promise<void> {
  const report = { ...shown, failure: shownFailure(run), artifactUrl: published.artifactUrl ?? null };
  const markdown = renderSummary(report);
  await attempt(run, async () => {
    published.summaryPath = await writeReportFile(directoryOf(run), 'summary.md', markdown);
  });
  await showSummary(markdown);
  await comment(run, report);
  for (const line of renderLogSummary(report)) logLine(line);
  if (published.summaryPath !== undefined) logLine(`The files of this run are in ${directoryOf(run)}`);
  if (published.csvPath !== undefined && run.personalData !== 'full') logLine('changes.csv and plan.json there hold everything, names and values included: let them not leave the runner by another step.');
  reportFailure(run, report.syncFile);
  setOutputs(outputsOf(run, published));
}

function outputsOf(run: Run, published: Published): Outputs {
  return {
    ...published,
    ...(run.mode === undefined ? {} : { mode: run.mode }),
    ...(run.plan === undefined ? {} : { counts: run.plan.counts, planDigest: run.plan.digest, failCount: failCount(run) }),
    failureReason: run.failure?.reason ?? '',
  };
}

/** What cannot be published fails a run that was good so far, and never hides why another one failed. */
async function attempt(run: Run, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    const failure = asSyncError(thrown);
    run.failure ??= failure;
    if (run.failure.message !== failure.message) logWarning(disclosedText(failure.message, run.personalData));
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

/** Where the files of the run will be. */
function pathsOf(run: Run): Published {
  const pathTo = (name: string): string => join(directoryOf(run), name);
  return {
    ...(run.plan === undefined ? {} : { csvPath: pathTo(fileNames.csv), planPath: pathTo(fileNames.plan) }),
    ...(run.suggestion === undefined ? {} : { suggestionPath: pathTo(fileNames.suggestion) }),
  };
}

/** @param text a large one in pieces, so that it is never held as a whole */
async function writeReportFile(directory: string, name: string, text: string | Iterable<string>): Promise<string> {
  await reporting(mkdir(directory, { recursive: true }));
  const path = join(directory, name);
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

async function writePlanFiles(run: Run, report: RunReport, published: Published): Promise<void> {
  if (report.plan === null) return;
  [published.csvPath, published.planPath] = await writePlan(directoryOf(run), report);
}

async function writePlan(directory: string, { plan, results, personalData }: RunReport): Promise<[csvPath: string, planPath: string]> {
  return [
    await writeReportFile(directory, fileNames.csv, renderCsv(plan, results)),
    await writeReportFile(directory, fileNames.plan, renderPlanJson(plan, results, personalData)),
  ];
}

/** Whoever can read the repository can download an artifact, so it holds no more than may be shown. */
async function filesToUpload(run: Run, shown: RunReport, { csvPath, planPath, suggestionPath }: Published): Promise<[string, ...string[]] | undefined> {
  const isPlanned = csvPath !== undefined && planPath !== undefined;
  if (shown.personalData === 'none') {
    if (isPlanned || suggestionPath !== undefined) logLine('No artifact is uploaded, since `personal-data` is `none`.');
    return undefined;
  }
  // Nothing in it is about anybody.
  if (suggestionPath !== undefined) return [suggestionPath];
  if (!isPlanned) return undefined;
  if (shown.personalData === 'full') return [csvPath, planPath];
  return await writePlan(join(directoryOf(run), 'masked'), shown);
}

async function writeSuggestion(run: Run, published: Published): Promise<void> {
  if (run.suggestion === undefined) return;
  published.suggestionPath = await writeReportFile(directoryOf(run), fileNames.suggestion, run.suggestion.text);
}

/** Without an artifact the files are still on the runner, so this is no reason to fail. */
async function upload(run: Run, shown: RunReport, published: Published): Promise<void> {
  const { inputs, event } = run;
  if (inputs === undefined || event === undefined || inputs.artifactName === '') return;
  if (run.interruption.late.aborted) {
    logWarning(`The artifact was not uploaded (the run had to end). The files are in ${directoryOf(run)}`);
    return;
  }
  const files = await filesToUpload(run, shown, published);
  if (files === undefined) return;
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

function factsOf(run: Run): RunFacts {
  return {
    mode: run.mode ?? null,
    syncFile: run.mode === 'suggest' || run.mode === 'watchdog' ? '' : (run.syncFile ?? run.inputs?.syncFile ?? ''),
    event: run.event?.name ?? '',
    enabled: run.enabled,
    failure: null,
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
    artifactUrl: null,
  };
}

/** The failure of a run can be that it could not be published. */
function shownFailure({ failure, secrets, personalData }: Run): SyncError | null {
  return disclosedFailure(failure === undefined ? null : withoutSecrets(failure, secrets), personalData);
}

function reportFailure(run: Run, syncFile: string): void {
  const failure = shownFailure(run);
  if (failure === null) return;
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
