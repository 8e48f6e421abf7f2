import { usableRules, type FieldRule, type SyncFile } from '../config/index.ts';
import { readUsers } from '../directory/index.ts';
import { SyncError } from '../errors.ts';
import { createProgress } from '../github/index.ts';
import type { Inputs } from '../inputs.ts';
import { compileMapping, type DesiredRecord } from '../mapping/index.ts';
import { probe, readFieldNames, readRecords, type CurrentRecord, type FieldNames } from '../oomnitza/index.ts';
import { toMicrosoft, toOomnitza } from './connect.ts';
import type { Run } from './run.ts';

/** Both sides, read to their ends. The values of both kinds of records come in the order of the rules. */
export interface BothSides {
  /** Those whose fields the instance has. */
  readonly rules: readonly FieldRule[];
  readonly desired: readonly DesiredRecord[];
  readonly current: readonly CurrentRecord[];
}

/**
 * Reads directory and Oomnitza at the same time; when one fails the other is given up.
 *
 * @throws SyncError where either side could not be read to its end, or the sync file does not fit the instance
 */
export async function readBothSides(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void): Promise<BothSides> {
  const failed = new AbortController();
  const side = { run, inputs, syncFile, signal: AbortSignal.any([run.signal, failed.signal]), onSecret };
  try {
    const [target, desired] = await Promise.all([readTarget(side), readDirectory(side)]);
    return withUsableRules(side, target, desired);
  } catch (thrown) {
    failed.abort(thrown);
    throw thrown;
  }
}

interface Side {
  readonly run: Run;
  readonly inputs: Inputs;
  readonly syncFile: SyncFile;
  readonly signal: AbortSignal;
  readonly onSecret: (secret: string) => void;
}

interface Target {
  readonly fields: FieldNames;
  readonly records: readonly CurrentRecord[];
}

async function readTarget({ run, inputs, syncFile, signal }: Side): Promise<Target> {
  const oomnitza = toOomnitza(inputs, signal);
  await probe(oomnitza);
  const names = await readFieldNames(oomnitza);
  if (names === undefined) run.notice('This Oomnitza instance does not tell which fields it has, so the sync file is checked against the people read instead.');
  // Before thousands of records are read in vain.
  else usableRules(syncFile, names);
  const { records, fields } = await readRecords(oomnitza, {
    fields: syncFile.rules.map(({ field }) => field),
    concurrency: inputs.concurrency,
    onProgress: createProgress('Reading Oomnitza', 'people'),
    notice: (sentence) => { run.notice(sentence); },
  });
  return { records, fields: names ?? fields };
}

async function readDirectory({ run, inputs, syncFile, signal, onSecret }: Side): Promise<readonly DesiredRecord[]> {
  const { graph } = await toMicrosoft(inputs, signal, onSecret);
  const mapping = compileMapping(syncFile.rules);
  const query = { properties: mapping.properties, filter: syncFile.source.filter };
  const progress = createProgress('Reading Microsoft Entra', 'users');
  let desired: DesiredRecord[] = [];
  for await (const page of readUsers(graph, query, (sentence) => { run.notice(sentence); })) {
    if (page.first) desired = [];
    for (const user of page.users) desired.push(mapping.apply(user));
    progress(desired.length, undefined);
  }
  const { minUsers } = syncFile.source;
  if (desired.length < minUsers) {
    throw new SyncError('directory-incomplete', `Microsoft Entra gave ${desired.length} users, fewer than the ${minUsers} that \`source.min-users\` asks for.`, {
      hint: 'If that is right, lower `source.min-users`; if not, check `source.filter` and `tenant-id`.',
    });
  }
  return desired;
}

/** Leaves out the preset's rules for fields that the instance does not have. */
function withUsableRules({ run, syncFile }: Side, target: Target, desired: readonly DesiredRecord[]): BothSides {
  const { rules } = syncFile;
  // Without metadata and without a single person nothing is known of the fields.
  const usable = target.fields.size === 0 ? rules.map((_rule, index) => index) : usableRules(syncFile, target.fields);
  if (usable.length === rules.length) return { rules, desired, current: target.records };
  const left = rules.filter((_rule, index) => !usable.includes(index)).map(({ field }) => field);
  run.notice(`Left out of the preset, because the instance has no such field: ${left.join(', ')}.`);
  const pick = <Value>(values: readonly Value[]): Value[] => values.filter((_value, index) => usable.includes(index));
  return {
    rules: pick(rules),
    desired: desired.map((record) => ({ ...record, values: pick(record.values), flaws: renumbered(record.flaws, usable) })),
    current: target.records.map((record) => ({ ...record, values: pick(record.values) })),
  };
}

function renumbered(flaws: DesiredRecord['flaws'], usable: readonly number[]): DesiredRecord['flaws'] {
  return flaws.filter(({ rule }) => usable.includes(rule)).map((flaw) => ({ ...flaw, rule: usable.indexOf(flaw.rule) }));
}
