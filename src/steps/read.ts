import { mayBeLabel, usableRules, withFieldNames, type InstanceFields, type SyncFile, type UsableRules } from '../config/index.ts';
import { asSyncError } from '../errors.ts';
import { createProgress } from '../github/index.ts';
import { graver } from '../gravity.ts';
import type { Inputs } from '../inputs/index.ts';
import { unknownFields } from '../instance-field/index.ts';
import { compileFit } from '../mapping/index.ts';
import { probe, readFields, readRecords, type CurrentRecord, type Oomnitza } from '../oomnitza/index.ts';
import { Commons, fieldsBesideRules, type SaasBasis } from '../plan/index.ts';
import { toOomnitza } from './connect.ts';
import { Intake } from './intake.ts';
import { leftOutSentences } from './left-out.ts';
import { locate } from './locate.ts';
import { RecordView } from './record-view.ts';
import type { Run } from './run.ts';
import { readAssignments } from './saas.ts';

/** A sync file on its way to a plan. */
export interface Draft {
  /** As written, which says what to ask of the directory. */
  readonly syncFile: SyncFile;
  /** The same in the instance's own names, by which users are mapped. */
  readonly resolved: Promise<SyncFile>;
  readonly intake: Intake;
}

/** What both sides are read for and with. */
export interface Reading extends Draft {
  readonly run: Run;
  readonly inputs: Inputs;
  readonly signal: AbortSignal;
  readonly onSecret: (secret: string) => void;
  /** The sync file that the first one is held against, over the same data. */
  readonly base: Draft | undefined;
}

/**
 * Reads directory and Oomnitza at the same time; when one fails the other is given up.
 *
 * @param readUsers reads users and hands them to the intake
 * @param against a sync file to be planned over the same data
 * @returns what was read for; its intakes hold every user against every record
 * @throws SyncError where either side could not be read to its end, or the sync file does not fit the instance
 */
export async function readBothSides(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void, readUsers: (reading: Reading) => Promise<void>, against?: SyncFile): Promise<Reading> {
  const failed = new AbortController();
  const intake = new Intake();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const oomnitza = toOomnitza({ run, inputs, signal }, onSecret);
  const instance = meetInstance(oomnitza, run, inputs, syncFile);
  const resolved = instance.then((met) => met.resolved);
  // The read of the target fails with it in any case; nobody else need be waiting for it.
  resolved.catch(() => undefined);
  const base = against && { syncFile: against, resolved: instance.then(async ({ described }) => metAlso(oomnitza, inputs, against, described)), intake: new Intake() };
  base?.resolved.catch(() => undefined);
  const reading: Reading = { run, inputs, syncFile, resolved, signal, onSecret, intake, base };
  const givingUp = (thrown: unknown): never => {
    failed.abort(thrown);
    throw thrown;
  };
  const ends = await Promise.allSettled([readUsers(reading).catch(givingUp), readTarget(oomnitza, instance, reading).catch(givingUp)]);
  // The side that is given up ends with the failure of the other, unless it has come to one of its own by then.
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [asSyncError(end.reason)] : []));
  if (failures.length > 0) throw failures.reduce(graver);
  return reading;
}

async function readTarget(oomnitza: Oomnitza, instance: Promise<MetInstance>, { run, inputs, intake, base }: Reading): Promise<void> {
  const { resolved: syncFile, described, assignments } = await instance;
  const beside = await base?.resolved;
  const asked = [...new Set([...fieldsOf(syncFile), ...(beside === undefined ? [] : fieldsOf(beside))])];
  const { records, fields } = await readRecords(oomnitza, {
    fields: asked,
    concurrency: inputs.concurrency,
    onProgress: createProgress('Reading Oomnitza', 'people'),
    notice: (sentence) => { run.notice(sentence); },
  });
  run.people = records.length;
  if (records.length === 0) {
    run.notice('Oomnitza shows no person at all, not even the one whom the token belongs to. If it has any, give the role of that person the right to see people: as it is, everybody would be created.');
  }
  const known = described ?? unknownFields(fields);
  const opening = { run, inputs, known, commons: beside && new Commons() };
  await openIntake(intake, { ...opening, syncFile, records, assignments, notice: (sentence) => { run.notice(sentence); } });
  if (base === undefined || beside === undefined) return;
  const columns = fieldsOf(beside).map((field) => asked.indexOf(field));
  const isSame = beside.saas === undefined || beside.saas.application === syncFile.saas?.application;
  const others = isSame ? beside.saas && assignments : await readAssignments(oomnitza, beside);
  await openIntake(base.intake, { ...opening, syncFile: beside, records, columns, assignments: others, notice: () => undefined });
}

/** What a plan takes of a record: the fields of the rules, and behind them those that it looks at besides. */
function fieldsOf(syncFile: SyncFile): readonly string[] {
  return [...syncFile.rules.map(({ field }) => field), ...fieldsBesideRules(syncFile)];
}

/** What an intake is opened with. */
interface Opening {
  readonly run: Run;
  readonly inputs: Inputs;
  /** The fields of the instance. */
  readonly known: InstanceFields;
  /** In the instance's own names. */
  readonly syncFile: SyncFile;
  readonly records: readonly CurrentRecord[];
  /** Where the values are that a plan by the sync file takes; without it, they come first and in its order. */
  readonly columns?: readonly number[];
  readonly assignments: SaasBasis | undefined;
  readonly commons: Commons | undefined;
  readonly notice: (sentence: string) => void;
}

async function openIntake(intake: Intake, { run, inputs, known, syncFile, records, columns: places, assignments, commons, notice }: Opening): Promise<void> {
  const { columns, defaults } = usable(known, inputs, syncFile, notice);
  const fit = compileFit(syncFile.rules, columns, known);
  const columnsOf = (values: CurrentRecord['values']): CurrentRecord['values'] => fit.current(places?.map((place) => values[place] ?? null) ?? values);
  // Copies of the records would be there as well as what the other plan is made of.
  const view = commons && ((record: CurrentRecord): CurrentRecord => new RecordView(record, columnsOf));
  const fitted = (record: CurrentRecord): CurrentRecord => {
    const values = fit.current(record.values);
    return values === record.values ? record : { ...record, values };
  };
  const current = view === undefined ? records.map(fitted) : records;
  const rules = syncFile.rules.filter((_rule, index) => columns.includes(index));
  const alsoRead = fieldsBesideRules(syncFile);
  if (run.mode === 'apply') run.read = { fields: [...rules.map(({ field }) => field), ...alsoRead], records: current };
  const isPartial = inputs.only.length > 0 || inputs.explain !== '';
  await intake.open({ ...syncFile, rules, defaults, current, view, assignments, commons, alsoRead, isPartial, today: run.today }, fit.desired);
}

/** A sync file and an instance that have met. */
interface MetInstance {
  /** What the instance tells of its fields, if it does. */
  readonly described: InstanceFields | undefined;
  /** The sync file in the instance's own names. */
  readonly resolved: SyncFile;
  /** Who is assigned to the SaaS application of the sync file, if it names one. */
  readonly assignments: SaasBasis | undefined;
}

/** Reads the instance's fields, and holds the sync file against them before thousands of records are read in vain. */
async function meetInstance(oomnitza: Oomnitza, run: Run, inputs: Inputs, syncFile: SyncFile): Promise<MetInstance> {
  await probe(oomnitza);
  const [described, located, assignments] = await Promise.all([readFields(oomnitza), locate(oomnitza, syncFile), readAssignments(oomnitza, syncFile)]);
  if (described === undefined) {
    const unchecked = located.identity === undefined ? '' : ' Whether it keeps the values of `identity` unique is not known.';
    run.notice(`This Oomnitza instance does not tell which fields it has, so the sync file is checked against the people read instead.${unchecked}`);
    return { described, resolved: (run.resolved = located), assignments };
  }
  const resolved = (run.resolved = withFieldNames(located, described));
  usableRules(resolved, described, inputs.ignoreMetaRestriction);
  run.fields = described;
  return { described, resolved, assignments };
}

/** The base's sync file in the names of the instance that the head's has met; it fits it as well. */
async function metAlso(oomnitza: Oomnitza, inputs: Inputs, syncFile: SyncFile, described: InstanceFields | undefined): Promise<SyncFile> {
  const located = await locate(oomnitza, syncFile);
  if (described === undefined) return located;
  const resolved = withFieldNames(located, described);
  usableRules(resolved, described, inputs.ignoreMetaRestriction);
  return resolved;
}

/** Leaves out the preset's rules for fields that the instance does not have or does not let anybody edit. */
function usable(fields: InstanceFields, inputs: Inputs, syncFile: SyncFile, notice: (sentence: string) => void): UsableRules {
  // Without metadata and without a single person nothing is known of the fields.
  const known = fields.size === 0 ? unknownFields(syncFile.rules.flatMap(({ field }) => (mayBeLabel(field) ? [] : [field]))) : fields;
  const found = usableRules(syncFile, known, inputs.ignoreMetaRestriction);
  for (const sentence of leftOutSentences(found)) notice(sentence);
  return found;
}
