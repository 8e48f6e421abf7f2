import { applyPlan, type BulkWriter } from '../apply/index.ts';
import type { SyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import { createProgress, logLine } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import { createBulkWriter, createWriter, probe, type Oomnitza } from '../oomnitza/index.ts';
import { writeOrder, type Plan } from '../plan/index.ts';
import type { PersonalData } from '../report/index.ts';
import { toOomnitza } from './connect.ts';
import { observationSentences } from './observations.ts';
import type { Run } from './run.ts';
import { valuesRead } from './values-read.ts';

/**
 * Writes the plan to Oomnitza and leaves the results in the run.
 *
 * @throws SyncError where writing was stopped, or more changes failed than `max-failures` allows
 */
export async function writePlan(run: Run, inputs: Inputs, syncFile: SyncFile, plan: Plan, onSecret: (secret: string) => void): Promise<void> {
  const keys = (run.resolved ?? syncFile).syncKeys.map(({ field }) => field);
  const unique = [...run.fields.values()].flatMap((field) => (field.unique ? [field.name] : []));
  const writes = writeOrder(plan, new Set([...keys, ...unique, 'username', 'email']));
  const progress = createProgress('Writing', 'changes');
  const oomnitza = toOomnitza({ inputs, signal: run.stop, run }, onSecret);
  // A connection of its own, since one that reads ends at once when the run does; some instances want it introduced.
  if (writes.length > 0) await probe(oomnitza);
  const read = run.read && valuesRead(run.read, writes);
  run.read = undefined;
  const { results, stopped } = await applyPlan(writes, createWriter(oomnitza, keys, run.fields, read), {
    bulk: writes.length > 0 && inputs.oomnitzaApi === 'bulk' ? bulkWriter(run, inputs, oomnitza, keys) : undefined,
    concurrency: inputs.concurrency,
    signal: run.signal,
    redact: run.secrets.redact,
    onProgress: (done) => { progress(done, writes.length); },
  });
  run.results = results;
  for (const sentence of observationSentences(results.values())) run.notice(sentence);
  if (stopped !== undefined) throw stopped;
  // Where nothing stopped the writing, what was not attempted waited for something that failed.
  const failed = [...results].flatMap(([entry, { status }]) => (status === 'applied' ? [] : [entry]));
  const failures = failed.length;
  // A person may have several changes, an update and a suspend.
  const records = new Set(failed.map((entry) => entry.oomnitzaId ?? entry)).size;
  if (records > inputs.maxFailures) {
    const allowed = inputs.maxFailures === 0 ? '' : `, more than the ${inputs.maxFailures} that \`max-failures\` allows`;
    const of = records < failures ? `, of ${records} records,` : '';
    const changes = writes.length === 1 ? 'The only change' : `${failures} of ${writes.length} changes${of}`;
    throw new SyncError('record-failures', `${changes} could not be written${allowed}.`, {
      hint: `${whereReasonsAre(run.personalData)}${failures < writes.length ? ' All other changes were written.' : ''}`,
    });
  }
}

function whereReasonsAre(personalData: PersonalData): string {
  if (personalData === 'full') return 'The summary and changes.csv give the reason of each.';
  return `The summary counts them. The reason of each is in changes.csv in \`report-directory\`, on the runner alone, as \`personal-data\` is \`${personalData}\`.`;
}

function bulkWriter(run: Run, inputs: Inputs, oomnitza: Oomnitza, keyFields: readonly string[]): BulkWriter | undefined {
  run.notice('`oomnitza-api: bulk` is experimental: Oomnitza documents this API nowhere. Look at the first runs closely, and go back to `rest` should anything be wrong.');
  const { fields } = run;
  if (fields.size === 0) {
    run.notice('The bulk API knows fields by ids that only the metadata of the instance tell. As there are none, everything is written by the REST API.');
    return undefined;
  }
  return createBulkWriter(oomnitza, {
    connectorName: inputs.connectorName,
    fields,
    keyFields,
    people: run.people,
    concurrency: inputs.concurrency,
    notice: (sentence) => { run.notice(sentence); },
    say: logLine,
  });
}
