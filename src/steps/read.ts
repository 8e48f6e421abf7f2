import { mayBeLabel, usableRules, withFieldNames, type InstanceFields, type SyncFile, type UsableRules } from '../config/index.ts';
import { asSyncError } from '../errors.ts';
import { createProgress } from '../github/index.ts';
import { graver } from '../gravity.ts';
import type { Inputs } from '../inputs/index.ts';
import { unknownField } from '../instance-field/index.ts';
import { compileFit } from '../mapping/index.ts';
import { probe, readFields, readRecords, type Oomnitza } from '../oomnitza/index.ts';
import { toOomnitza } from './connect.ts';
import { Intake } from './intake.ts';
import { leftOutSentences } from './left-out.ts';
import { locate } from './locate.ts';
import type { Run } from './run.ts';

/** What both sides are read for and with. */
export interface Reading {
  readonly run: Run;
  readonly inputs: Inputs;
  /** As written, which says what to ask of the directory. */
  readonly syncFile: SyncFile;
  /** The same in the instance's own names, by which users are mapped. */
  readonly resolved: Promise<SyncFile>;
  readonly signal: AbortSignal;
  readonly onSecret: (secret: string) => void;
  readonly intake: Intake;
}

/**
 * Reads directory and Oomnitza at the same time; when one fails the other is given up.
 *
 * @param readUsers reads users and hands them to the intake
 * @returns every user, held against every record
 * @throws SyncError where either side could not be read to its end, or the sync file does not fit the instance
 */
export async function readBothSides(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void, readUsers: (reading: Reading) => Promise<void>): Promise<Intake> {
  const failed = new AbortController();
  const intake = new Intake();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const oomnitza = toOomnitza({ run, inputs, signal }, onSecret);
  const instance = meetInstance(oomnitza, run, inputs, syncFile);
  const resolved = instance.then((met) => met.resolved);
  // The read of the target fails with it in any case; nobody else need be waiting for it.
  resolved.catch(() => undefined);
  const reading: Reading = { run, inputs, syncFile, resolved, signal, onSecret, intake };
  const givingUp = (thrown: unknown): never => {
    failed.abort(thrown);
    throw thrown;
  };
  const ends = await Promise.allSettled([readUsers(reading).catch(givingUp), readTarget(oomnitza, instance, reading).catch(givingUp)]);
  // The side that is given up ends with the failure of the other, unless it has come to one of its own by then.
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [asSyncError(end.reason)] : []));
  if (failures.length > 0) throw failures.reduce(graver);
  return intake;
}

async function readTarget(oomnitza: Oomnitza, instance: Promise<MetInstance>, { run, inputs, intake }: Reading): Promise<void> {
  const { resolved: syncFile, described } = await instance;
  const { records, fields } = await readRecords(oomnitza, {
    fields: syncFile.rules.map(({ field }) => field),
    concurrency: inputs.concurrency,
    onProgress: createProgress('Reading Oomnitza', 'people'),
    notice: (sentence) => { run.notice(sentence); },
  });
  run.people = records.length;
  if (records.length === 0) {
    run.notice('Oomnitza shows no person at all, not even the one whom the token belongs to. If it has any, give the role of that person the right to see people: as it is, everybody would be created.');
  }
  const known = described ?? fieldsByName(fields);
  const { columns, defaults } = usable(known, run, inputs, syncFile);
  const fit = compileFit(syncFile.rules, columns, known);
  const current = records.map((record) => {
    const values = fit.current(record.values);
    return values === record.values ? record : { ...record, values };
  });
  const rules = syncFile.rules.filter((_rule, index) => columns.includes(index));
  await intake.open({ ...syncFile, rules, defaults, current }, fit.desired);
}

/** A sync file and an instance that have met. */
interface MetInstance {
  /** What the instance tells of its fields, if it does. */
  readonly described: InstanceFields | undefined;
  /** The sync file in the instance's own names. */
  readonly resolved: SyncFile;
}

/** Reads the instance's fields, and holds the sync file against them before thousands of records are read in vain. */
async function meetInstance(oomnitza: Oomnitza, run: Run, inputs: Inputs, syncFile: SyncFile): Promise<MetInstance> {
  await probe(oomnitza);
  const [described, located] = await Promise.all([readFields(oomnitza), locate(oomnitza, syncFile)]);
  if (described === undefined) {
    run.notice('This Oomnitza instance does not tell which fields it has, so the sync file is checked against the people read instead.');
    return { described, resolved: (run.resolved = located) };
  }
  const resolved = (run.resolved = withFieldNames(located, described));
  usableRules(resolved, described, inputs.ignoreMetaRestriction);
  run.fields = described;
  return { described, resolved };
}

function fieldsByName(names: ReadonlySet<string>): InstanceFields {
  return new Map([...names].map((name) => [name, unknownField(name)]));
}

/** Leaves out the preset's rules for fields that the instance does not have or does not let anybody edit. */
function usable(fields: InstanceFields, run: Run, inputs: Inputs, syncFile: SyncFile): UsableRules {
  // Without metadata and without a single person nothing is known of the fields.
  const known = fields.size === 0 ? fieldsByName(new Set(syncFile.rules.flatMap(({ field }) => (mayBeLabel(field) ? [] : [field])))) : fields;
  const found = usableRules(syncFile, known, inputs.ignoreMetaRestriction);
  for (const sentence of leftOutSentences(found)) run.notice(sentence);
  return found;
}
