import { setSecret } from '@actions/core';
import { parseSyncFile, type SyncFile } from './config/index.ts';
import { asSyncError, type SyncError } from './errors.ts';
import { connectRepository, logLine, logWarning, readEvent, refuseApply, resolveMode, type Repository, type ResolvedMode, type RunEvent } from './github/index.ts';
import { settleProxy } from './http/index.ts';
import { givenSecrets, type Inputs } from './inputs/index.ts';
import type { Plan } from './plan/index.ts';
import { maskable } from './secrets.ts';
import { writePlan } from './steps/apply.ts';
import { findGround, formerPath, type Ground } from './steps/base.ts';
import { holdToExpected, openExpectedPlan } from './steps/expected-plan.ts';
import { explain } from './steps/explain.ts';
import { givenInputs, isPlanning } from './steps/given-inputs.ts';
import { holdLimits } from './steps/hold-limits.ts';
import { tellOffline } from './steps/offline.ts';
import { planFile } from './steps/plan-file.ts';
import { planProposal, proposeNothing, type Changed } from './steps/propose.ts';
import { decidePersonalData } from './steps/personal-data.ts';
import { prepareReportDirectory, publish } from './steps/publish.ts';
import { Run } from './steps/run.ts';
import { suggest } from './steps/suggest.ts';
import { demand, findSyncFile, workspaceFolder, type FoundSyncFile } from './steps/sync-file.ts';
import { noticeUnfilled } from './steps/unfilled.ts';
import { validate } from './steps/validate.ts';
import { watch } from './steps/watchdog.ts';

/** One run of the action, from its inputs to its report. It never rejects: a failure is part of the report. */
export async function run(): Promise<void> {
  const run = new Run();
  try {
    await sync(run);
  } catch (thrown) {
    // A run that is to end fails in many ways; why it is to end comes first.
    run.failure = run.interruption.reason ?? asSyncError(thrown);
  }
  await publish(run);
  run.interruption.close();
}

async function sync(run: Run): Promise<void> {
  const onSecret = (secret: string): void => {
    for (const form of maskable(secret)) setSecret(form);
    run.secrets.add(secret);
  };
  const event = (run.event = await readEvent(process.env));
  for (const secret of givenSecrets()) onSecret(secret);
  // Before the inputs are read: a run that fails for them still tells GitHub.
  settleProxy(process.env, onSecret);
  const { inputs, lacking } = givenInputs(event);
  run.inputs = inputs;
  run.interruption.endAfter(inputs.timeoutMinutes);
  const repository = connectRepository(event, inputs.githubToken, run.signal);
  await decidePersonalData(run, inputs, event, repository);
  await prepareReportDirectory(run);
  const { mode } = inputs;
  if (mode === 'suggest') {
    run.mode = mode;
    await suggest(run, inputs, onSecret);
  } else if (mode === 'watchdog') {
    run.mode = mode;
    await run.phase('Watching', () => watch(run, inputs, event));
  } else {
    await syncPeople(run, { inputs, lacking, asked: mode, event, repository, onSecret });
  }
}

/** What a run has before it looks at its sync file. */
interface Started {
  readonly inputs: Inputs;
  /** What is wrong with inputs that may not be needed. */
  readonly lacking: SyncError | undefined;
  readonly asked: ResolvedMode | 'auto';
  readonly event: RunEvent;
  readonly repository: Repository;
  readonly onSecret: (secret: string) => void;
}

async function syncPeople(run: Run, started: Started): Promise<void> {
  const { inputs, lacking, asked, event, repository, onSecret } = started;
  refuseApply(asked, event);
  const found = await findSyncFile(inputs, event, repository);
  run.syncFile = found.path;
  const ground = await groundOf(inputs, event, found, repository);
  if (ground?.kind === 'untouched') {
    await proposeNothing(run, event, ground);
    return;
  }
  run.renamedFrom = formerPath(ground, found.path);
  if (lacking !== undefined) throw lacking;
  tellOffline(run, event);
  const file = demand(found);
  const syncFile = parseSyncFile(file.text);
  run.enabled = syncFile.enabled;
  const expected = event.untrusted !== undefined ? undefined : await openExpectedPlan(workspaceFolder(), inputs);

  const { mode, because, warning } = await resolveMode(asked, event, file, repository);
  run.mode = mode;
  if (because !== '') (warning ? logWarning : logLine)(`Mode ${mode}: ${because}.`);

  if (mode === 'validate') {
    await run.phase('Checking', () => validate(run, inputs, syncFile, onSecret));
    return;
  }
  const plan = (run.plan = await planned(run, started, syncFile, ground));
  noticeUnfilled(run, plan);
  holdLimits(run, inputs, syncFile, plan);
  if (syncFile.enabled) holdToExpected(run, inputs, expected, plan);
  if (mode === 'apply') await run.phase('Writing', () => writePlan(run, inputs, syncFile, plan, onSecret));
}

/** What a proposal is held against; `undefined` where nothing is proposed, or the run is asked for something else. */
async function groundOf(inputs: Inputs, { proposal, untrusted }: RunEvent, file: FoundSyncFile, repository: Repository): Promise<Ground | undefined> {
  const isAsked = untrusted !== undefined || isPlanning(inputs);
  return proposal !== undefined && isAsked ? await findGround(proposal, file, repository) : undefined;
}

async function planned(run: Run, { inputs, event: { proposal }, onSecret }: Started, syncFile: SyncFile, ground: Changed | undefined): Promise<Plan> {
  if (syncFile.enabled && inputs.explain !== '') return await explain(run, inputs, syncFile, onSecret);
  if (proposal === undefined || ground === undefined) return await planFile({ run, inputs, onSecret }, syncFile);
  const { plan, comparison } = await planProposal({ run, inputs, onSecret, proposal, ground }, syncFile);
  run.comparison = comparison;
  return plan;
}
