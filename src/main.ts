import { setSecret } from '@actions/core';
import { openSyncFile, parseSyncFile, type SyncFile } from './config/index.ts';
import { asSyncError } from './errors.ts';
import { connectRepository, logLine, logWarning, readEvent, resolveMode } from './github/index.ts';
import { settleProxy } from './http/index.ts';
import { readInputs, type Inputs } from './inputs/index.ts';
import type { Plan } from './plan/index.ts';
import { maskable } from './secrets.ts';
import { writePlan } from './steps/apply.ts';
import { explain } from './steps/explain.ts';
import { decidePersonalData } from './steps/personal-data.ts';
import { prepareReportDirectory, publish } from './steps/publish.ts';
import { Intake } from './steps/intake.ts';
import { readBothSides } from './steps/read.ts';
import { readDirectory } from './steps/read-directory.ts';
import { Run } from './steps/run.ts';
import { validate } from './steps/validate.ts';

/** One run of the action, from its inputs to its report. It never rejects: a failure is part of the report. */
export async function main(): Promise<void> {
  const run = new Run();
  try {
    await sync(run);
  } catch (thrown) {
    run.failure = asSyncError(thrown);
  }
  await publish(run);
  run.close();
}

async function sync(run: Run): Promise<void> {
  const onSecret = (secret: string): void => {
    for (const form of maskable(secret)) setSecret(form);
    run.secrets.add(secret);
  };
  const event = (run.event = await readEvent(process.env));
  const inputs = (run.inputs = readInputs(process.env, onSecret, event.untrusted));
  settleProxy(process.env, onSecret);
  const repository = connectRepository(event, inputs.githubToken, run.signal);
  await decidePersonalData(run, inputs, event, repository);
  await prepareReportDirectory(run);
  const file = await openSyncFile(process.env['GITHUB_WORKSPACE'] ?? process.cwd(), inputs.syncFile);
  run.syncFile = file.path;
  const syncFile = parseSyncFile(file.text);
  run.enabled = syncFile.enabled;

  const { mode, because, warning } = await resolveMode(inputs.mode, event, file, repository);
  run.mode = mode;
  if (because !== '') (warning ? logWarning : logLine)(`Mode ${mode}: ${because}.`);

  if (mode === 'validate') {
    await run.phase('Checking', () => validate(run, inputs, syncFile, onSecret));
    return;
  }
  const plan = (run.plan = await planned(run, inputs, syncFile, onSecret));
  if (mode === 'apply') await run.phase('Writing', () => writePlan(run, inputs, syncFile, plan, onSecret));
}

async function planned(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void): Promise<Plan> {
  if (syncFile.enabled && inputs.explain !== '') return await explain(run, inputs, syncFile, onSecret);
  const intake = syncFile.enabled ? await run.phase('Reading', () => readBothSides(run, inputs, syncFile, onSecret, readDirectory)) : await nobody(syncFile);
  return await run.phase('Planning', () => Promise.resolve(intake.finish()));
}

/** What a switched-off sync reads. */
async function nobody(syncFile: SyncFile): Promise<Intake> {
  const intake = new Intake();
  await intake.open({ ...syncFile, current: [] }, (record) => record);
  return intake;
}
